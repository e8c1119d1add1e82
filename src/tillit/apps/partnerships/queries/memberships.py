"""Who is in a partnership as what, from when, and by which agreement; and who was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import QuerySet

from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import CURRENT, Membership, Partnership
from tillit.apps.partnerships.models.words import ROLE_WORDS, STAGE_WORDS
from tillit.apps.prepared import prepared

_WORDS: Mapping[str, Mapping[str, object]] = {"kind": KINDS, "role": ROLE_WORDS, "stage": STAGE_WORDS}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A party's place. `ends_on`: the first day it is no longer in. `via`: the agreement, where it may be seen."""

    row: Membership
    organisation: UUID
    name: str
    kind: str
    role: str
    sector: str
    stage: str
    voting: bool
    starts_on: date
    ends_on: date | None
    via: str
    via_key: UUID | None


@dataclass(frozen=True, slots=True)
class Members:
    """`now`: in it on the day, `coming`: later, `past`: no longer. `organisations`: how many are in it on the day."""

    now: tuple[MemberRow, ...]
    coming: tuple[MemberRow, ...]
    past: tuple[MemberRow, ...]

    @property
    def organisations(self) -> int:
        return len({each.organisation for each in self.now})


def members(partnership: Partnership, sight: Sight, today: date) -> Members:
    """Return the parties of a partnership, by name. One query."""
    word = cache(lambda words, code: str(_WORDS[words].get(code, "")))
    told = [_row(each, sight, word) for each in _rows(partnership.pk)]
    return Members(
        tuple(each for each in told if each.starts_on <= today and (each.ends_on is None or today < each.ends_on)),
        tuple(each for each in told if today < each.starts_on),
        tuple(each for each in told if each.ends_on is not None and each.ends_on <= today),
    )


@prepared
def _rows(partnership: UUID) -> QuerySet[Membership]:
    rows = Membership.objects.filter(CURRENT, partnership=partnership).select_related("organisation", "sector", "via")
    return rows.order_by("organisation__name", "starts_on", "pk")


def _row(row: Membership, sight: Sight, word: Callable[[str, str], str]) -> MemberRow:
    seen = row.via is not None and sight.sees(row.via.openness)
    return MemberRow(
        row=row,
        organisation=row.organisation_id,
        name=row.organisation.name,
        kind=word("kind", row.organisation.kind),
        role=word("role", row.role),
        sector=row.sector.name if row.sector else "",
        stage=word("stage", row.stage),
        voting=row.voting,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        via=row.via.title if seen and row.via else "",
        via_key=row.via_id if seen else None,
    )
