"""The agreements of a partnership: all of them as they are loaded once, and the tree that somebody may see."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.agreement_facts import agreement_fact
from tillit.apps.partnerships.models import (
    Agreement,
    AgreementArea,
    AgreementParty,
    Clause,
    Partnership,
)
from tillit.apps.partnerships.models.words import AGREEMENT_TYPE_WORDS
from tillit.apps.partnerships.queries.agreement_words import level_name, standing_of, standing_told
from tillit.apps.partnerships.queries.organ_words import Told
from tillit.apps.partnerships.queries.rows import agreements_of, areas_of, named_in
from tillit.apps.prepared import prepared
from tillit.core.governance import agreements as core


@dataclass(frozen=True, slots=True)
class Loaded:
    """Every agreement of a partnership with its areas and parties, as rows and as the core reads them."""

    rows: Mapping[str, Agreement]
    facts: Mapping[str, core.Agreement]
    parties: Mapping[str, tuple[AgreementParty, ...]]
    clauses: Mapping[str, Mapping[str, str]]
    """Per agreement and area: in which of its clauses."""

    @property
    def names(self) -> dict[str, str]:
        """Return what agreements and parties are called, by their keys."""
        titles = {key: row.title for key, row in self.rows.items()}
        return titles | {
            str(each.organisation_id): each.organisation.name for rows in self.parties.values() for each in rows
        }

    def seen(self, sight: Sight) -> "Loaded":
        """Return what of it somebody may see: by its openness, and what their organisation is asked to sign."""
        return self.kept({key for key, row in self.rows.items() if sight.sees(row.openness) or row.pk in sight.asked})

    def kept(self, kept: Container[str]) -> "Loaded":
        """Return those agreements of it."""
        return Loaded(
            {key: row for key, row in self.rows.items() if key in kept},
            {key: fact for key, fact in self.facts.items() if key in kept},
            {key: rows for key, rows in self.parties.items() if key in kept},
            {key: said for key, said in self.clauses.items() if key in kept},
        )


def loaded(partnership: Partnership, said: Iterable[AgreementArea] | None = None) -> Loaded:
    """Return all agreements of a partnership. Three queries, two where what they say of each area is read already."""
    rows = {str(each.pk): each for each in agreements_of(partnership.pk)}
    areas: dict[str, list[AgreementArea]] = {}
    for area in areas_of(partnership.pk) if said is None else said:
        areas.setdefault(str(area.agreement_id), []).append(area)
    parties: dict[str, list[AgreementParty]] = {}
    for party in named_in(partnership.pk):
        parties.setdefault(str(party.agreement_id), []).append(party)
    facts = {key: agreement_fact(row, areas.get(key, ()), parties.get(key, ())) for key, row in rows.items()}
    clauses = {key: {each.area: each.clause_refs for each in here} for key, here in areas.items()}
    return Loaded(rows, facts, {key: tuple(each) for key, each in parties.items()}, clauses)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A line of the tree. `bound` of `parties` today.

    `until`: the first day without it, None when none is known. `renews_on`: when it is renewed without notice.
    """

    id: UUID
    title: str
    number: str
    type: str
    level: str
    openness: str
    standing: Told
    depth: int
    valid_from: date
    until: date | None
    renews_on: date | None
    bound: int
    parties: int


def agreement_rows(whole: Loaded, today: date) -> tuple[AgreementRow, ...]:
    """Return the agreements as a tree, each right after what it lies under. No query.

    One whose parent is not shown stands at the top: that it has one is not told.
    """
    below: dict[str | None, list[str]] = {}
    for key, row in whole.rows.items():
        above = str(row.parent_id) if row.parent_id else None
        below.setdefault(above if above in whole.rows else None, []).append(key)
    return tuple(_row(whole, key, depth, today) for key, depth in _down(below, None, 0))


def _down(below: Mapping[str | None, list[str]], above: str | None, depth: int) -> Iterator[tuple[str, int]]:
    for key in below.get(above, ()):
        yield key, depth
        yield from _down(below, key, depth + 1)


def _row(whole: Loaded, key: str, depth: int, today: date) -> AgreementRow:
    row, fact = whole.rows[key], whole.facts[key]
    named = [each for each in fact.parties if each.withdrawn_at is None or each.withdrawn_at > today]
    return AgreementRow(
        id=row.pk,
        title=row.title,
        number=row.number,
        type=str(AGREEMENT_TYPE_WORDS[row.type]),
        level=level_name(row.level),
        openness=row.openness,
        standing=standing_told(standing_of(fact, today)),
        depth=depth,
        valid_from=row.valid_from,
        until=core.term(fact, today).end,
        renews_on=core.effective_end(fact, today) if core.term(fact, today).end is None else None,
        bound=len(core.bound(fact, today)),
        parties=len(named),
    )


@prepared
def clauses_of(agreement: UUID) -> QuerySet[Clause]:
    """Return the clauses of an agreement and of its supplements. One query."""
    whole = Clause.objects.filter(agreement=agreement) | Clause.objects.filter(agreement__amends=agreement)
    return whole.order_by("valid_from", "pk")
