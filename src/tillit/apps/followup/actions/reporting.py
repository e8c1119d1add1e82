"""A figure, or a level in words, is kept as a draft, sent in, and corrected when it was approved and turns out wrong.

Nothing is lost and nothing slips through: what D14 asks about is sent in only when the reporter stands by it and says
why, and the approver sees both. What has been sent in or approved is never written over: a new row takes its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.deviations import judge_anew
from tillit.apps.followup.actions.observation_evidence import Shown, carry_evidence, show_evidence
from tillit.apps.followup.asked import Slot, locked_through, version_to_report
from tillit.apps.followup.figures import Said, asked_about, columns_of, same_figures, whole
from tillit.apps.followup.models import IndicatorVersion, Observation, Reporter
from tillit.apps.followup.report_words import asked_told
from tillit.apps.followup.series import APPROVED
from tillit.apps.followup.thresholds import thresholds
from tillit.apps.parties.conditions import day_of, line
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT
from tillit.core.indicators.judged import median_low
from tillit.core.indicators.periods import Period
from tillit.core.indicators.rubric import lacks


class Held(Refused):
    """A figure is asked about (D14) and its reporter has not said that it is right; `reasons` are the core's codes."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__(asked_told(reasons), field="confirmed")


@dataclass(frozen=True, slots=True)
class _Begun:
    """A slot under lock, the version it is reported by, the row that stands there, and what is said as columns."""

    slot: Slot
    version: IndicatorVersion
    standing: Observation | None
    columns: Mapping[str, Any]
    said: Said
    today: date


@transaction.atomic
def save_draft(
    *,
    slot: Slot,
    said: Said,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
    shown: Shown | None = None,
) -> Observation:
    """Keep what is written so far. Half of it, or none, will do.

    :raises Refused: the period is not to be reported, or something is sent in for it already
    """
    here = _begin(slot, said, at)
    standing = here.standing
    if standing is not None and standing.status not in ("draft", "returned"):
        raise Refused(_("Perioden är redan inskickad. Skicka in på nytt om något ska ändras."))
    made = _write(here, by, at, status="draft", held=list(_asked(here, None)), confirmed=False)
    _show(made, shown, by, at, acting_for)
    audit.note("followup.observation.drafted", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def submit(
    *,
    slot: Slot,
    said: Said,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
    shown: Shown | None = None,
    seen: UUID | None = None,
    judge: bool = True,
) -> Observation:
    """Send in what is reported for a period, for somebody else to approve. The same again is as once.

    `judge`: run the rules, too; a report that comes is late no more.
    `seen`: the row that was there when it was written. Where another has been sent in meanwhile, nothing is.

    :raises Held: the figure is asked about and not confirmed
    :raises Refused: the period is not to be reported, something lacks, or another value has been approved
    """
    here = _begin(slot, said, at)
    standing = here.standing
    if standing is not None and standing.status not in ("draft", "returned"):
        if same_figures(standing, here.columns) and _is_shown(standing, shown):
            return standing
        _can_be_written_over(standing, seen)
    whole(here.version, here.columns)
    held = _confirmed(here, None)
    made = _write(here, by, at, status="submitted", held=list(held), confirmed=bool(held), **_sent(by, here.today))
    _show(made, shown, by, at, acting_for)
    _shows_enough(here, made)
    audit.note("followup.observation.submitted", subject=made, by=by, at=at, acting_for=acting_for, held=list(held))
    _judge(here, at, judge=judge)
    return made


@transaction.atomic
def correct(
    *,
    observation: Observation,
    said: Said,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
    shown: Shown | None = None,
    judge: bool = True,
) -> Observation:
    """Put another figure in the place of an approved one, and say why; it is approved anew (I-19).

    The old row is kept. Until the new one is approved the period has no approved figure: one that its reporter says is
    wrong is not judged by.

    :raises Held: the figure is asked about, as when it differs by more than a fifth, and not confirmed
    :raises Refused: no reason is given, nothing differs, or the row is not approved or no longer stands
    """
    slot = Slot(observation.reporter, _period_of(observation), observation.rater)
    here = _begin(slot, said, at)
    old = here.standing
    if old is None or old.pk != observation.pk or old.status not in APPROVED:
        raise Refused(_("Värdet är inte det som gäller nu. Läs in sidan igen."))
    reason = line(said.reason, field="reason", most=300)
    if same_figures(old, here.columns):
        raise Refused(_("Inget skiljer sig från det godkända. Ändra det som är fel."), field="value")
    whole(here.version, here.columns)
    held = _confirmed(here, old)
    changes = {**here.columns, "status": "submitted", "held": list(held), "confirmed": bool(held)}
    blank = {"approved_on": None, "approved_by": None, "returned_reason": "", "version": here.version}
    changes |= {**blank, **_sent(by, here.today), "supersedes": old, "reason": reason}
    made = replace_row(old, at=at, by=by, **changes)
    _show(made, shown, by, at, acting_for)
    _shows_enough(here, made)
    audit.note("followup.observation.corrected", subject=made, by=by, at=at, acting_for=acting_for, held=list(held))
    _judge(here, at, judge=judge)
    return made


def _judge(here: _Begun, at: datetime, *, judge: bool) -> None:
    indicator = here.slot.reporter.indicator
    if judge:
        judge_anew(partnership=indicator.partnership, at=at, indicators=[indicator])


def _begin(slot: Slot, said: Said, at: datetime) -> _Begun:
    locked(slot.reporter.indicator.partnership)
    reporter = Reporter.objects.select_related("indicator__partnership", "organisation", "organ").get(
        pk=slot.reporter.pk
    )
    today = day_of(at)
    here = Slot(reporter, slot.period, slot.rater)
    version = version_to_report(here, today)
    if version.kind == "quantitative":
        here = Slot(reporter, slot.period)
    elif slot.rater is None:
        raise Refused(_("Säg vem som bedömer."))
    standing = _of(here).filter(CURRENT, rater=here.rater).first()
    columns = dict(columns_of(said, version, today))
    columns["reason"] = line(said.reason, field="reason", most=300, needed=False)
    through = locked_through(reporter.indicator.partnership)
    if through is not None and slot.period.end <= through and not columns["reason"]:
        raise Refused(_("Perioden är låst. Skriv varför uppgiften kommer nu."), field="reason")
    return _Begun(here, version, standing, columns, said, today)


def _of(slot: Slot) -> Any:
    period = slot.period
    return Observation.objects.filter(reporter=slot.reporter, frequency=period.frequency, number=period.number)


def _period_of(row: Observation) -> Period:
    return Period(row.frequency, row.number)


def _asked(here: _Begun, revises: Observation | None) -> tuple[str, ...]:
    rows = Observation.objects.filter(CURRENT, reporter=here.slot.reporter, version=here.version)
    limits = thresholds(here.slot.reporter.indicator.partnership, here.today)["D14"]
    if revises is None and here.standing is not None:
        revises = here.standing.supersedes
    number = here.slot.period.number
    return asked_about(here.version, here.columns, here.said.parts, list(rows), number, revises, limits)


def _confirmed(here: _Begun, revises: Observation | None) -> tuple[str, ...]:
    """Return why a figure is asked about, where its reporter stands by it and says why."""
    held = _asked(here, revises)
    if held and not here.said.confirmed:
        raise Held(held)
    if held and not here.columns["comment"]:
        raise Refused(_("Skriv varför värdet stämmer. Den som godkänner ser det."), field="comment")
    return held


def _is_shown(standing: Observation, shown: Shown | None) -> bool:
    return shown is None or (bool(shown.link) and standing.evidence.filter(link=shown.link).exists())


def _can_be_written_over(standing: Observation, seen: UUID | None) -> None:
    if standing.status in APPROVED:
        raise Refused(_("Perioden är redan godkänd med ett annat värde. Rätta det godkända och skriv varför."))
    if standing.pk != seen:
        raise Refused(_("Någon annan har skickat in perioden under tiden. Läs in sidan igen och se vad som står."))


def _sent(by: Person, today: date) -> dict[str, Any]:
    return {"submitted_by": by, "submitted_on": today}


def _write(here: _Begun, by: Person, at: datetime, **more: Any) -> Observation:
    """Return the row that now stands: a draft is written on, what was sent in or returned is replaced."""
    standing, columns = here.standing, {**here.columns, **more, "version": here.version}
    if standing is not None:
        columns["reason"] = columns["reason"] or standing.reason
    if standing is None:
        slot = here.slot
        where = {"reporter": slot.reporter, "rater": slot.rater, "kind": here.version.kind}
        when = {"frequency": slot.period.frequency, "number": slot.period.number, "ends_on": slot.period.end}
        return Observation.objects.create(**where, **when, **columns, recorded_at=at, recorded_by=by)
    if standing.status != "draft":
        told = {} if more["status"] == "draft" else {"returned_reason": ""}
        made = replace_row(standing, at=at, by=by, **columns, **told)
        carry_evidence(standing, made)
        return made
    for name, value in {**columns, "recorded_at": at, "recorded_by": by}.items():
        setattr(standing, name, value)
    if more["status"] != "draft":
        standing.returned_reason = ""
    standing.save()
    return standing


def _show(made: Observation, shown: Shown | None, by: Person, at: datetime, acting_for: Organisation | None) -> None:
    if shown is not None:
        show_evidence(observation=made, shown=shown, by=by, at=at, acting_for=acting_for)


def _shows_enough(here: _Begun, made: Observation) -> None:
    """Let a level pass that is as before, or shows what it rests on. :raises Refused: it differs and shows nothing"""
    if made.level is None:
        return
    before = previous_level(here.slot)
    lacking = lacks(before, made.level, made.narrative, made.evidence.count())
    if "evidence" in lacking:
        raise Refused(
            _("Nivån skiljer sig från den förra, %(level)s. Lägg till en fil eller en adress som visar varför.")
            % {"level": before},
            field="evidence_link",
        )


def previous_level(slot: Slot) -> int | None:
    """Return the middle of the levels that were approved for the latest period before, None without any. One query."""
    rows = Observation.objects.filter(
        CURRENT,
        reporter=slot.reporter,
        frequency=slot.period.frequency,
        number__lt=slot.period.number,
        status__in=APPROVED,
        level__isnull=False,
    ).values_list("number", "level")
    found = list(rows)
    latest = max((number for number, _level in found), default=None)
    levels = [level for number, level in found if number == latest and level is not None]
    return median_low(levels) if levels else None
