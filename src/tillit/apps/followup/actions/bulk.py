"""Many reports at once, from a file or another system: all of them or none, and each that cannot be is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.deviations import judge_anew
from tillit.apps.followup.actions.observation_evidence import Shown
from tillit.apps.followup.actions.reporting import correct, submit
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import FIGURES, Said
from tillit.apps.followup.models import Observation
from tillit.apps.followup.series import APPROVED
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT

MOST = 500
"""How many reports are taken at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One report among many. `over`: that it goes over what waits for approval, whoever sent that in; else `seen` is
    the row that was there when it was written."""

    slot: Slot
    said: Said
    shown: Shown | None = None
    seen: UUID | None = None
    over: bool = False


class RefusedTogether(Refused):
    """None was taken. `each`: the place in the list and what stands in the way, of all that could not be."""

    def __init__(self, each: Sequence[tuple[int, Refused]]) -> None:
        self.each = tuple(each)
        super().__init__(_("Inget är inskickat, för allt gick inte att ta emot."))


@transaction.atomic
def submit_all(
    *, entries: Sequence[Entry], by: Person, at: datetime, acting_for: Organisation | None = None
) -> tuple[Observation, ...]:
    """Send in every report, or none. What is there already is left as it is; an approved value that differs is
    corrected where a reason is given. The rules are run once, at the end.

    :raises RefusedTogether: some of them cannot be; all that cannot are told
    """
    done: list[Observation] = []
    wrong: list[tuple[int, Refused]] = []
    twice = {(each.slot.reporter.pk, each.slot.period) for each in entries}
    if len(twice) < len(entries):
        wrong = _twice(entries)
    for place, entry in enumerate(entries):
        try:
            done.append(_send(entry, by, at, acting_for))
        except Refused as refused:
            wrong.append((place, refused))
    if wrong:
        raise RefusedTogether(sorted(wrong, key=lambda each: each[0]))
    if entries:
        touched = [each.slot.reporter.indicator for each in entries]
        judge_anew(partnership=touched[0].partnership, at=at, indicators=touched)
    return tuple(done)


def _send(entry: Entry, by: Person, at: datetime, acting_for: Organisation | None) -> Observation:
    slot = entry.slot
    rater = slot.rater if entry.said.level is not None else None
    standing = Observation.objects.filter(
        CURRENT, reporter=slot.reporter, frequency=slot.period.frequency, number=slot.period.number, rater=rater
    ).first()
    who = {"by": by, "at": at, "acting_for": acting_for, "judge": False}
    approved = standing is not None and standing.status in APPROVED
    if standing is not None and approved and entry.said.reason and not _says_it(standing, entry.said):
        return correct(observation=standing, said=entry.said, shown=entry.shown, **who)  # type: ignore[arg-type]
    seen = standing.pk if entry.over and standing is not None else entry.seen
    return submit(slot=slot, said=entry.said, shown=entry.shown, seen=seen, **who)  # type: ignore[arg-type]


def _says_it(row: Observation, said: Said) -> bool:
    return all(getattr(row, name) == getattr(said, name) for name in FIGURES) and row.narrative == said.narrative


def _twice(entries: Sequence[Entry]) -> list[tuple[int, Refused]]:
    found, seen = [], set()
    for place, entry in enumerate(entries):
        key = (entry.slot.reporter.pk, entry.slot.period)
        if key in seen:
            found.append((place, Refused(_("Samma period står två gånger. Ta bort den ena."), field="period")))
        seen.add(key)
    return found
