"""What the office says of an indicator's levels, its baseline and targets, and who reports it."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.apps.followup.actions.reporters import ReporterFacts, add_reporter, change_reporter
from tillit.apps.followup.actions.rubric import decide_floor, describe_levels
from tillit.apps.followup.actions.targets import (
    BaselineFacts,
    TargetFacts,
    change_target,
    set_baseline,
    set_target,
    withdraw_target,
)
from tillit.apps.followup.models import Baseline, IndicatorVersion, Reporter, RubricLevel, Target
from tillit.apps.followup.models.words import INTERPOLATIONS
from tillit.apps.followup.queries.indicators import CLOSED, choices_for
from tillit.apps.followup.shares import shown
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Organ, Partnership
from tillit.core.indicators.measurability import QUALITATIVE
from tillit.web.accounts.acting import Actor, SignedInRequest, signed_in
from tillit.web.followup.drawing.figures import number, with_unit
from tillit.web.followup.indicator_bearing_forms import (
    BaselineForm,
    FloorForm,
    LevelsForm,
    ReporterForm,
    TargetForm,
    baseline_initial,
    kept,
    levels_initial,
    levels_said,
    target_initial,
)
from tillit.web.followup.indicator_upkeep import context_of, to_write, who
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships.occasion_forms import Press

READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@READS_AND_WRITES
def targets(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """Where an indicator stood, and where it should be, when."""
    here, actor, row = to_write(request, slug, key)
    if row.state == CLOSED:
        raise Http404
    version = row.version
    rubric = tuple(version.rubric.all()) if version.kind == QUALITATIVE else ()
    start = version.baselines.filter(CURRENT).select_related("version").first()
    rows = tuple(version.targets.filter(CURRENT).select_related("version"))
    context = {
        **context_of(here, row, slug),
        "start": _start_told(version, start),
        "aims": [(each, _aim_told(version, each), f"change-{each.pk}", f"withdraw-{each.pk}") for each in rows],
        "can_aim": version.direction != "neutral",
    }
    deeds = _bearing_deeds(actor, version, start, rows, rubric)
    to = reverse("followup:indicator_targets", args=[slug, key])
    return answer(request, "followup/indicator_targets.html", context, deeds, to=to)


def _bearing_deeds(
    actor: Actor,
    version: IndicatorVersion,
    start: Baseline | None,
    rows: Iterable[Target],
    rubric: tuple[RubricLevel, ...],
) -> dict[str, Deed]:
    shape = partial(TargetForm, version=version, rubric=rubric)
    deeds = {
        "baseline": Deed(
            partial(BaselineForm, version=version, rubric=rubric, initial=baseline_initial(start)),
            lambda said: set_baseline(version=version, facts=_baseline(version, said), **who(actor)),
            _("Utgångsvärdet är sparat."),
        )
    }
    if version.direction != "neutral":
        deeds["aim"] = Deed(
            partial(shape, initial={"interpolation": "linear"}),
            lambda said: set_target(version=version, facts=TargetFacts(**kept(version, said)), **who(actor)),
            _("Målvärdet är sparat."),
        )
    for each in rows:
        deeds[f"change-{each.pk}"] = Deed(
            partial(shape, initial=target_initial(each)),
            partial(_change, actor, version, each),
            _("Målvärdet är ändrat."),
        )
        deeds[f"withdraw-{each.pk}"] = Deed(Press, partial(_withdraw, actor, each), _("Målvärdet är borttaget."))
    return deeds


def _baseline(version: IndicatorVersion, said: Mapping[str, Any]) -> BaselineFacts:
    facts = kept(version, said)
    return BaselineFacts(**{**facts, "parts_unknown": bool(facts.get("parts_unknown"))})


def _change(actor: Actor, version: IndicatorVersion, row: Target, said: Mapping[str, Any]) -> object:
    facts = TargetFacts(**kept(version, said), source=row.source)
    return change_target(target=row, facts=facts, **who(actor))


def _withdraw(actor: Actor, row: Target, _said: Mapping[str, Any]) -> None:
    withdraw_target(target=row, **who(actor))


def _start_told(version: IndicatorVersion, row: Baseline | None) -> str:
    if row is None:
        return ""
    if row.day is None:
        return _("Finns inte: %(why)s") % {"why": row.na_reason}
    if row.level is not None:
        value = _("nivå %(n)s") % {"n": row.level}
    else:
        value = with_unit(shown(version, row.value) or 0, version.unit)
    if row.numerator is not None and row.denominator is not None:
        parts = {"value": value, "part": number(row.numerator), "whole": number(row.denominator)}
        value = _("%(value)s (%(part)s av %(whole)s)") % parts
    return _("%(value)s, %(day)s") % {"value": value, "day": row.day.isoformat()}


def _aim_told(version: IndicatorVersion, row: Target) -> str:
    if row.level is not None:
        return _("nivå %(n)s") % {"n": row.level}
    if row.low is not None and row.high is not None:
        ends = {
            "low": number(shown(version, row.low) or 0),
            "high": with_unit(shown(version, row.high) or 0, version.unit),
        }
        return _("%(low)s till %(high)s") % ends
    value = with_unit(shown(version, row.value) or 0, version.unit)
    return f"{value}, {INTERPOLATIONS[row.interpolation]}"


@signed_in
@READS_AND_WRITES
def levels(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """The five levels of a qualitative indicator; 404 for one that is measured in figures."""
    here, actor, row = to_write(request, slug, key)
    version = row.version
    if version.kind != QUALITATIVE or row.state == CLOSED:
        raise Http404
    rubric = tuple(version.rubric.all())
    deeds: dict[str, Deed] = {}
    if not row.is_observed:
        deeds["describe"] = Deed(
            partial(LevelsForm, initial=levels_initial(rubric)),
            lambda said: describe_levels(version=version, levels=levels_said(said), **who(actor)),
            _("Nivåerna är sparade."),
        )
        deeds["floor"] = Deed(
            partial(FloorForm, rubric=rubric, initial={"floor_level": version.floor_level}),
            lambda said: decide_floor(version=version, **said, **who(actor)),
            _("Den lägsta nivån är sparad."),
        )
    context = {**context_of(here, row, slug), "rubric": rubric}
    to = reverse("followup:indicator_levels", args=[slug, key])
    return answer(request, "followup/indicator_levels.html", context, deeds, to=to)


@signed_in
@READS_AND_WRITES
def reporters(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """Who reports an indicator."""
    here, actor, row = to_write(request, slug, key)
    if row.state == CLOSED:
        raise Http404
    rows = tuple(row.indicator.reporters.select_related("organisation", "organ"))
    chosen = choices_for(here.partnership, "party", "organ")
    initial = {"since": row.version.starts_on}

    def add(said: Mapping[str, Any]) -> object:
        facts = _reporter(here.partnership, said)
        return add_reporter(indicator=row.indicator, facts=facts, **who(actor))

    deeds = {"add": Deed(partial(ReporterForm, chosen=chosen, initial=initial), add, _("Rapportören är tillagd."))}
    for each in rows:
        initial = {name: getattr(each, name) for name in ("since", "until", "order")}
        deeds[f"change-{each.pk}"] = Deed(
            partial(ReporterForm, initial=initial), partial(_change_reporter, actor, each), _("Ändringen är sparad.")
        )
    context = {**context_of(here, row, slug), "reporters": [(each, f"change-{each.pk}") for each in rows]}
    to = reverse("followup:indicator_reporters", args=[slug, key])
    return answer(request, "followup/indicator_reporters.html", context, deeds, to=to)


def _reporter(partnership: Partnership, said: Mapping[str, Any]) -> ReporterFacts:
    sort, _sep, key = said["who"].partition(":")
    organisation = Organisation.objects.get(pk=key) if sort == "party" else None
    organ = Organ.objects.get(pk=key, partnership=partnership) if sort == "organ" else None
    days = {"since": said["since"], "until": said["until"], "order": said["order"] or 0}
    return ReporterFacts(organisation=organisation, organ=organ, **days)


def _change_reporter(actor: Actor, row: Reporter, said: Mapping[str, Any]) -> object:
    return change_reporter(reporter=row, **{**said, "order": said["order"] or 0}, **who(actor))
