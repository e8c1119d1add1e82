"""What an indicator means: changed while nothing is observed by it, afterwards by a new version with its reason (I-21).

A new version begins where a period begins, and the series and the path break there: baseline and targets are set anew.
One with the same definition is a decided rebase.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.written import figure, known, prose
from tillit.apps.followup.models import Indicator, IndicatorVersion, Observation, RubricLevel
from tillit.apps.followup.models.words import AGGREGATIONS, DIRECTIONS, FREQUENCIES, INDICATOR_KINDS
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.models import CURRENT
from tillit.core.indicators.judged import NEUTRAL, RANGE
from tillit.core.indicators.measurability import QUALITATIVE, QUANTITATIVE
from tillit.core.indicators.periods import period_of
from tillit.core.indicators.rollup import NONE, RATIO

FROZEN = (
    "starts_on",
    "kind",
    "definition",
    "numerator",
    "denominator",
    "unit",
    "direction",
    "aggregation",
    "cumulative",
    "frequency",
    "low",
    "high",
)
"""What is never changed once something is observed; the floor is decided by an act of its own."""
MOST_GRACE = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a version says. "" and None: nobody has said yet; what is missing is listed, not refused.

    `low` and `high`: what the indicator can be at all, as figures are kept (a ratio as a share).
    """

    starts_on: date
    kind: str = QUANTITATIVE
    definition: str = ""
    numerator: str = ""
    denominator: str = ""
    unit: str = ""
    direction: str = ""
    aggregation: str = NONE
    cumulative: bool = False
    frequency: str = ""
    grace_days: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    spc_enabled: bool = True
    counts_meetings: bool = False
    owner_role: str = ""
    owner_party: Organisation | None = None
    source_system: str = ""
    method: str = ""
    quality: str = ""
    rationale: str = ""
    decision_use: str = ""


@transaction.atomic
def change_definition(
    *,
    version: IndicatorVersion,
    definition: Definition,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
) -> IndicatorVersion:
    """Change what the latest version says.

    Once something is observed only what does not change the figures' meaning can be: who owns it, source, method,
    what is known of quality, reasons, days of grace.

    :raises Refused: it would change what has been observed: begin a new version; it contradicts baseline or targets
    """
    current = to_write(version, at)
    columns = columns_of(current.indicator, definition)
    changed = [name for name in FROZEN if getattr(current, name) != columns[name]]
    if changed and is_observed(current):
        raise Refused(
            _("Något är redan rapporterat enligt definitionen. Skapa en ny version från nästa period i stället."),
            field=changed[0],
        )
    if current.number > 1:
        _refuse_bad_start(current.indicator, current.number, definition)
    _refuse_lost(current, definition)
    for name, value in columns.items():
        setattr(current, name, value)
    current.save()
    audit.note("followup.indicator.redefined", subject=current.indicator, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def begin_version(
    *,
    indicator: Indicator,
    definition: Definition,
    reason: str,
    decision: str,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
) -> IndicatorVersion:
    """Begin a new version of an observed indicator; the levels of a qualitative one are taken along.

    :raises Refused: it does not begin where a period does, before the last one did, or in what is reported already;
        nobody says why or who decided it; nothing is observed yet, so that the version there can be changed
    """
    before = to_write(latest_of(indicator), at)
    if not is_observed(before):
        raise Refused(_("Inget är rapporterat enligt definitionen än. Ändra den i stället."), field="starts_on")
    said = _why(reason, decision)
    columns = columns_of(before.indicator, definition)
    _refuse_bad_start(before.indicator, before.number + 1, definition)
    made = IndicatorVersion.objects.create(
        indicator=before.indicator,
        number=before.number + 1,
        floor_level=before.floor_level if definition.kind == QUALITATIVE else None,
        created_by=by,
        created_at=at,
        **columns,
        **said,
    )
    _take_levels_along(before, made)
    told = {"number": made.number, "on": made.starts_on.isoformat()}
    audit.note("followup.version.begun", subject=made.indicator, by=by, at=at, acting_for=acting_for, **told)
    return made


def latest_of(indicator: Indicator) -> IndicatorVersion:
    """Return the version that is written on. One query."""
    return IndicatorVersion.objects.filter(indicator=indicator).select_related("indicator").latest("number")


def to_write(version: IndicatorVersion, at: datetime) -> IndicatorVersion:
    """Return a version to change, with its partnership held until the transaction ends.

    :raises Refused: the indicator is closed, or a later version has begun
    """
    locked(version.indicator.partnership)
    latest = latest_of(version.indicator)
    if latest.indicator.closed_on is not None and latest.indicator.closed_on <= day_of(at):
        raise Refused(_("Indikatorn följs inte längre. Öppna den igen först."))
    if latest.pk != version.pk:
        raise Refused(_("Det finns en senare version av indikatorn. Läs in sidan igen."))
    return latest


def is_observed(version: IndicatorVersion) -> bool:
    """Return whether anything is reported by a version, drafts too. One query."""
    return Observation.objects.filter(version=version).exists()


def columns_of(indicator: Indicator, said: Definition) -> dict[str, Any]:
    """Return the columns of a version. :raises Refused: something in it cannot be, or contradicts the rest"""
    _refuse_unknown(indicator, said)
    columns = {each.name: getattr(said, each.name) for each in fields(said)}
    for name in ("definition", "numerator", "denominator", "method", "quality", "rationale", "decision_use"):
        columns[name] = prose(columns[name], field=name)
    for name, most in (("unit", 40), ("owner_role", 120), ("source_system", 200)):
        columns[name] = line(columns[name], field=name, most=most, needed=False)
    for name in ("low", "high"):
        columns[name] = figure(columns[name], field=name)
    possible(said.starts_on, field="starts_on")
    if said.low is not None and said.high is not None and said.low >= said.high:
        raise Refused(
            _("Det lägsta möjliga måste ligga under det högsta. Byt plats på dem eller rätta ett."), field="high"
        )
    if said.grace_days is not None and not 0 <= said.grace_days <= MOST_GRACE:
        raise Refused(_("Skriv ett antal dagar mellan 0 och 366."), field="grace_days")
    if said.kind == QUALITATIVE:
        _refuse_figures(said)
    return columns


def _refuse_unknown(indicator: Indicator, said: Definition) -> None:
    known(said.kind, INDICATOR_KINDS, field="kind")
    known(said.direction, ("", *DIRECTIONS), field="direction")
    known(said.aggregation, AGGREGATIONS, field="aggregation")
    known(said.frequency, ("", *FREQUENCIES), field="frequency")
    if said.direction == NEUTRAL and indicator.goal_id is not None:
        raise Refused(
            _("En indikator som bara följs kan inte visa om ett mål nås. Välj en riktning, eller ta bort målet."),
            field="direction",
        )


def _refuse_figures(said: Definition) -> None:
    if said.aggregation != NONE:
        raise Refused(_("Nivåer i ord läggs aldrig ihop. Välj att de inte läggs ihop."), field="aggregation")
    if said.low is not None or said.high is not None:
        raise Refused(
            _("Nivåer går från 0 till 4. Ta bort gränserna."), field="low" if said.low is not None else "high"
        )
    if said.direction == RANGE:
        raise Refused(_("En nivå kan vara bättre högre eller lägre, inte inom ett spann."), field="direction")
    if said.cumulative:
        raise Refused(_("Nivåer i ord kan inte räknas upp under året."), field="cumulative")


def _refuse_bad_start(indicator: Indicator, number: int, said: Definition) -> None:
    """Let a later version pass that begins where a period does, after the one before it and all that it reported."""
    if not said.frequency:
        raise Refused(
            _("Välj hur ofta det mäts. Utan det går det inte att veta var en ny version kan börja."), field="frequency"
        )
    period = period_of(said.starts_on, said.frequency)
    if period.start != said.starts_on:
        days = {"first": period.start.isoformat(), "next": period.ahead(1).start.isoformat()}
        raise Refused(_("En ny version börjar med en hel period: %(first)s eller %(next)s.") % days, field="starts_on")
    earlier = indicator.versions.filter(number__lt=number)
    if earlier.filter(starts_on__gte=said.starts_on).exists():
        raise Refused(_("Versionen börjar före den förra. Välj en senare dag."), field="starts_on")
    taken = Observation.objects.filter(version__in=earlier, ends_on__gte=said.starts_on, superseded_at__isnull=True)
    last = taken.order_by("-ends_on").values_list("ends_on", flat=True).first()
    if last is not None:
        raise Refused(
            _("Perioden som slutar %(day)s är redan rapporterad enligt den gamla definitionen. Börja senare.")
            % {"day": last.isoformat()},
            field="starts_on",
        )


def _refuse_lost(current: IndicatorVersion, said: Definition) -> None:
    """Let a change pass by which no baseline, target or described level loses its meaning."""
    starts = current.baselines.filter(CURRENT, day__isnull=False)
    there = starts.exists() or current.targets.filter(CURRENT).exists()
    if said.kind != current.kind and (there or current.rubric.exists()):
        raise Refused(_("Utgångsvärde, mål eller nivåer hör till det andra slaget. Ta bort dem först."), field="kind")
    if (said.aggregation == RATIO) != (current.aggregation == RATIO) and there:
        raise Refused(
            _("Utgångsvärde och mål är skrivna för ett annat sätt att räkna. Ta bort dem först."), field="aggregation"
        )
    turned = said.direction == NEUTRAL or (said.direction == RANGE) != (current.direction == RANGE)
    if said.direction != current.direction and turned and current.targets.filter(CURRENT).exists():
        raise Refused(_("Målen passar inte den riktningen. Ta bort dem först."), field="direction")


def _why(reason: str, decision: str) -> dict[str, str]:
    said = {
        "change_reason": prose(reason, field="reason"),
        "decision": line(decision, field="decision", most=300, needed=False),
    }
    for field, text in zip(("reason", "decision"), said.values(), strict=True):
        if not text:
            raise Refused(
                _("En ny definition behöver både skäl och beslut. Skriv vem som beslutade och varför."), field=field
            )
    return said


def _take_levels_along(before: IndicatorVersion, made: IndicatorVersion) -> None:
    if made.kind == before.kind == QUALITATIVE:
        same = ("level", "label", "descriptor", "example")
        RubricLevel.objects.bulk_create(
            RubricLevel(version=made, **{name: getattr(each, name) for name in same}) for each in before.rubric.all()
        )
