"""Periods are locked through a day, and follow-up begins. Neither is taken back. For the office."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.deviations import judge_anew
from tillit.apps.followup.models import Observation, PeriodLock
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT, Partnership


@transaction.atomic
def lock_periods(
    *,
    partnership: Partnership,
    through: date,
    by: Person,
    at: datetime,
    note: str = "",
    acting_for: Organisation | None = None,
) -> PeriodLock:
    """Lock every period that ends on a day or before: what is approved there is locked, what comes later says why.

    What waits for approval goes on waiting, and is locked when it is approved.

    :raises Refused: the day has not been, or is not after that of the lock there is: nothing is unlocked
    """
    current = locked(partnership)
    standing = PeriodLock.objects.filter(CURRENT, partnership=current).first()
    _can_be_locked(through, standing, day_of(at))
    said = {"through": through, "note": line(note, field="note", most=300, needed=False)}
    if standing is not None:
        made = replace_row(standing, at=at, by=by, **said)
    else:
        made = PeriodLock.objects.create(partnership=current, **said, recorded_at=at, recorded_by=by)
    rows = Observation.objects.filter(CURRENT, reporter__indicator__partnership=current, status="approved")
    count = rows.filter(ends_on__lte=through).update(status="locked")
    told = {"through": through.isoformat(), "observations": count}
    audit.note("followup.periods.locked", subject=current, by=by, at=at, acting_for=acting_for, **told)
    judge_anew(partnership=current, at=at)
    return made


@transaction.atomic
def start_following(
    *, partnership: Partnership, by: Person, at: datetime, acting_for: Organisation | None = None, judge: bool = True
) -> Partnership:
    """Let follow-up begin: from now on reports are asked for, and what does not come is late. `judge`: run the rules.

    :raises Refused: it has begun already
    """
    current = locked(partnership)
    if not current.not_started:
        raise Refused(_("Uppföljningen har redan börjat. Läs in sidan igen."))
    current.not_started = False
    current.save(update_fields=["not_started"])
    audit.note("followup.started", subject=current, by=by, at=at, acting_for=acting_for)
    if judge:
        judge_anew(partnership=current, at=at)
    return current


def _can_be_locked(through: date, standing: PeriodLock | None, today: date) -> None:
    """Let a day pass that has been, and is after that of the lock there is. :raises Refused:"""
    possible(through, field="through")
    if through >= today:
        raise Refused(_("Bara perioder som är slut kan låsas. Välj en dag som har varit."), field="through")
    if standing is not None and through <= standing.through:
        raise Refused(
            _("Det är redan låst t.o.m. %(day)s. Välj en senare dag: inget låses upp.") % {"day": standing.through},
            field="through",
        )
