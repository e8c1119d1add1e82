"""Which area is agreed at which level, by how many of its parties, and what is missing: the matrix of D11.

Readings. Whoever is in the partnership, observers and the co-opted apart, is to be bound on its uppermost level;
further down those who are named as parties of an agreement there. Who has signed an accession agreement is bound by
what it lies under too, for as long. While a partnership's follow-up has not begun, the areas of follow-up have not.
Every agreement counts, also one that the reader may not see: a public page would else call open what is agreed. Only
those that the reader may see are named, and who is not bound is named to the parties and the office.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.utils.translation import gettext_lazy

from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.agreement_facts import membership_fact
from tillit.apps.partnerships.models import Level, Membership, Organ, Partnership
from tillit.apps.partnerships.models.words import AREA_WORDS
from tillit.apps.partnerships.organ_facts import organ_fact
from tillit.apps.partnerships.queries.agreement_words import CELL_WORDS, COVERAGE_MARKS, flag_told, level_name
from tillit.apps.partnerships.queries.agreements import Loaded, loaded
from tillit.apps.partnerships.queries.organ_words import Told
from tillit.apps.partnerships.queries.rows import levels_of, memberships_of, organs_of
from tillit.core.governance import agreements as core
from tillit.core.governance.areas import (
    ACCESSION_AGREEMENT,
    AREAS,
    CO_OPTED,
    FOLLOW_UP,
    FULFILMENT,
    OBSERVER,
)
from tillit.core.governance.coverage import Cell, CoverageInput, coverage_flags, matrix
from tillit.core.governance.flags import Flag, by_severity
from tillit.core.governance.hierarchy import accession_flags, hierarchy_flags, roots

NOT_BOUND_ROLES = (OBSERVER, CO_OPTED)
NOTHING = gettext_lazy("inget")
"""What stands where nothing is agreed and nothing is to be: a level without organs."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell in words. `unbound`: names, None for those who are not told them. `missing`: where there are organs."""

    told: Told
    bound: int
    parties: int
    unbound: tuple[str, ...] | None
    titles: tuple[str, ...]
    missing: bool


@dataclass(frozen=True, slots=True)
class LevelColumn:
    name: str
    organs: int


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area with a cell per level. `shown_with`: the area that it shares a slide with, "" for none."""

    name: str
    shown_with: str
    cells: tuple[tuple[LevelColumn, CellRow], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    levels: tuple[LevelColumn, ...]
    lines: tuple[AreaLine, ...]
    flags: tuple[Told, ...]
    missing: int
    full: int
    cells: int


@dataclass(frozen=True, slots=True)
class Rows:
    """What the matrix is made from; the members have their organisation with them."""

    whole: Loaded
    levels: list[Level]
    organs: list[Organ]
    members: list[Membership]


def coverage(partnership: Partnership, sight: Sight, today: date) -> Coverage:
    """Return the matrix of a day and what is to be done about it, as somebody may see it. Six queries."""
    key = partnership.pk
    rows = Rows(loaded(partnership), levels_of(key), organs_of(key), memberships_of(key))
    return coverage_of(partnership, rows, sight, today)


def coverage_of(partnership: Partnership, rows: Rows, sight: Sight, today: date) -> Coverage:
    """Return the same from rows that are read already. No query."""
    whole, levels, organs, members = rows.whole, rows.levels, rows.organs, rows.members
    given = _input(partnership, whole, levels, organs, members, today)
    order = [str(each.pk) for each in levels]
    cells = {(cell.area, cell.level): cell for cell in matrix(given, order, today)}
    flags = found(partnership, whole, given, order, members, today, cells.values())
    seen = whole.seen(sight)
    names = {**whole.names, **seen.names, **{str(each.pk): level_name(each) for each in levels}}
    names |= {str(each.organisation_id): each.organisation.name for each in members}
    lacking = {(f.dimensions["area"], f.dimensions["level"]) for f in flags if f.code == "cell_missing"}
    columns = {str(each.pk): LevelColumn(level_name(each), _active(organs, each, today)) for each in levels}

    @cache
    def word(coverage: str) -> str:
        return str(CELL_WORDS.get(coverage, NOTHING))

    def row(cell: Cell) -> CellRow:
        told_names = sight.party or sight.levels != ("public",)
        return _cell(cell, seen, names, word, told_names=told_names, lacking=lacking)

    lines = tuple(
        AreaLine(
            str(AREA_WORDS[area.code]),
            str(AREA_WORDS[area.shown_with]) if area.shown_with else "",
            tuple((columns[level], row(cells[area.code, level])) for level in order),
        )
        for area in AREAS
    )
    every = [cell for line in lines for _column, cell in line.cells]
    return Coverage(
        levels=tuple(columns.values()),
        lines=lines,
        flags=tuple(flag_told(each, names) for each in by_severity(flags) if _theirs(each, whole, seen, sight)),
        missing=sum(each.missing for each in every),
        full=sum(each.told.mark == "meets" for each in every),
        cells=len(every),
    )


def found(
    partnership: Partnership,
    whole: Loaded,
    given: CoverageInput,
    levels: list[str],
    members: list[Membership],
    today: date,
    cells: Iterable[Cell] | None = None,
) -> list[Flag]:
    """Return what is wrong with the tree, what no level has agreed on, and who acceded unsigned. No query."""
    facts = list(whole.facts.values())
    tops = roots(facts, partnership.legal_form, today)
    key, form, start = str(partnership.pk), partnership.legal_form, partnership.starts_on
    if partnership.status == "ended":
        return []
    return [
        *hierarchy_flags(facts, partnership=key, legal_form=form, start=start, on=today),
        *coverage_flags(given, levels, tops[0] if tops else None, partnership=key, start=start, on=today, cells=cells),
        *accession_flags([membership_fact(each) for each in members], facts, today),
    ]


def _input(
    partnership: Partnership,
    whole: Loaded,
    levels: list[Level],
    organs: list[Organ],
    members: list[Membership],
    today: date,
) -> CoverageInput:
    facts = _with_acceded(whole.facts, today)
    parties: dict[str, set[str]] = {str(each.pk): set() for each in levels}
    for fact in facts.values():
        if core.in_force(fact, today) or fact.status == core.BEING_SIGNED:
            parties[fact.level] |= {each.party for each in fact.parties if not _gone(each, today)}
    if levels:
        within = [membership_fact(each) for each in members]
        bound = [each for each in within if each.during.holds(today) and each.role not in NOT_BOUND_ROLES]
        parties[str(levels[0].pk)] |= {each.party for each in bound}
    begun = () if not partnership.not_started else [(area, key) for area in (FOLLOW_UP, FULFILMENT) for key in parties]
    return CoverageInput(
        tuple(facts.values()),
        {key: frozenset(each) for key, each in parties.items()},
        tuple(organ_fact(each) for each in organs),
        frozenset(begun),
    )


def _gone(signature: core.Signature, today: date) -> bool:
    return signature.withdrawn_at is not None and signature.withdrawn_at <= today


def _with_acceded(facts: Mapping[str, core.Agreement], today: date) -> dict[str, core.Agreement]:
    """Return agreements in which who acceded by one under them is a party, during the days that they are bound by it.

    Somebody who is a party to the upper one already stays as it is there.
    """
    found = dict(facts)
    for under in facts.values():
        above = found.get(under.parent or "")
        if under.type != ACCESSION_AGREEMENT or above is None:
            continue
        named = {each.party for each in above.parties}
        more = [
            core.Signature(each.party, each.signed_at, days.start, days.end)
            for each in under.parties
            if each.party not in named and (days := core.binds(under, each, today)) is not None
        ]
        found[above.id] = replace(above, parties=(*above.parties, *more))
    return found


def _active(organs: list[Organ], level: Level, today: date) -> int:
    here = [each for each in organs if each.level_id == level.pk]
    return sum(each.starts_on <= today and (each.ends_on is None or today < each.ends_on) for each in here)


def _cell(
    cell: Cell,
    seen: Loaded,
    names: Mapping[str, str],
    word: Callable[[str], str],
    *,
    told_names: bool,
    lacking: set[tuple[str, str]],
) -> CellRow:
    missing = (cell.area, cell.level) in lacking and cell.coverage == "none_stated"
    idle = cell.coverage == "none_stated" and not missing
    mark = "not_applicable" if idle else COVERAGE_MARKS[cell.coverage]
    says = cell.coverage in ("reference", "partial", "full")
    return CellRow(
        told=Told(mark, word("" if idle else cell.coverage), ""),
        bound=cell.bound,
        parties=cell.parties if says else 0,
        unbound=tuple(sorted(names[each] for each in cell.unbound)) if told_names and says else None,
        titles=tuple(seen.rows[each].title for each in cell.agreements if each in seen.rows),
        missing=missing,
    )


def _theirs(flag: Flag, whole: Loaded, seen: Loaded, sight: Sight) -> bool:
    """A finding is told where the agreements that it is about are seen, and names a party only to the parties."""
    if flag.code == "not_acceded":
        return sight.party or sight.levels != ("public",)
    about = {flag.subject, flag.facts.get("parent")} | set(flag.facts.get("roots", ()) if flag.code == "roots" else ())
    return all(each in seen.rows for each in about if each in whole.rows)
