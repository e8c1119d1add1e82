"""A step of the guided check as its page shows it: the questions and lists that matter, with what stands in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.model import COLLABORATION, Fact, Kind
from tillit.exchange.guide import CHILDREN, WHOLE, Guide, home_of
from tillit.exchange.guide_form import MOST_ROWS, Listing, Row, Sheet
from tillit.exchange.guide_typed import choices
from tillit.exchange.sheets import columns, observed_facts
from tillit.exchange.words import Lang, record_name, words

FIRST = ("kind",)
"""What the first page asks for already."""


@dataclass(frozen=True, slots=True)
class Field:
    """A question with what stands in its field; `needed` is false where the answer does not change the outcome."""

    key: str
    name: str
    question: str
    help: str
    typed: str
    choices: tuple[tuple[str, str], ...]
    unit: str
    sort: str
    error: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A record as a row of fields; a field is None where no answer is needed of that record."""

    number: int
    was: str
    name: str
    cells: tuple[Field | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A kind's records as a table: what is asked of the list, its columns, its rows and what could be added."""

    kind: str
    title: str
    question: str
    gate: str
    gates: bool
    total: str
    paste: str
    columns: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    same: tuple[Field, ...]
    more: int
    every: bool
    beyond: int
    errors: Mapping[str, str]
    needed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that a step asks."""

    fields: tuple[Field, ...]
    extra: tuple[Field, ...]
    lists: tuple[Rows, ...]


def speaks_of_others(kind: Kind) -> bool:
    """Return whether a kind's records speak of any other record, so that they are asked for after them."""
    return any(fact.format == "record" for fact in kind.facts.values())


class Layout:
    """What lays out a step: the guide of the case, what stands in the fields, and what is wrong with it."""

    def __init__(self, guide: Guide, group: str, sheet: Sheet, errors: Mapping[str, str], lang: Lang) -> None:
        self.guide, self.group, self.sheet, self.errors, self.lang = guide, group, sheet, errors, lang
        self.case: Case = guide.check.case

    def page(self) -> Page:
        own = observed_facts(vocabulary().kinds[COLLABORATION])
        shown = [fact for fact in own.values() if fact.group == self.group and fact.name not in FIRST]
        fields = [(self._rank(fact), self._answer(fact)) for fact in shown]
        kinds = sorted((vocabulary().kinds[kind] for kind in CHILDREN), key=speaks_of_others)
        lists = tuple(rows for kind in kinds for rows in self._rows(kind))
        return Page(
            tuple(field for rank, field in fields if rank == 0),
            tuple(field for rank, field in fields if rank == 1),
            lists,
        )

    def _rank(self, fact: Fact) -> int:
        """Return 0 for a question of the page, 1 for one that only informs, 2 for one that has fallen away."""
        typed = self.sheet.answers.get(fact.name, "")
        if self.guide.asks(COLLABORATION, fact.name):
            return 0
        if self.guide.wonders(COLLABORATION, fact.name):
            return 1
        return 0 if typed else 2

    def _answer(self, fact: Fact) -> Field:
        key = f"q.{fact.name}"
        needed = self.guide.asks(COLLABORATION, fact.name)
        return self.field(key, fact, self.sheet.answers.get(fact.name, ""), needed=needed)

    def field(self, key: str, fact: Fact, typed: str, *, needed: bool) -> Field:
        unit = words(self.lang)["unit"].get(fact.unit, fact.unit) if fact.unit else ""
        return Field(
            key,
            fact.name,
            fact.question.in_language(self.lang),
            fact.help.in_language(self.lang),
            typed,
            self._choices(fact),
            unit,
            fact.type,
            self.errors.get(key, ""),
            needed,
        )

    def _choices(self, fact: Fact) -> tuple[tuple[str, str], ...]:
        if fact.refers_to:
            return tuple((record.id, record.id) for record in self.case.listing(fact.refers_to).records)
        if fact.format == "record":
            every = [(record.key, record) for kind in CHILDREN for record in self.case.listing(kind).records]
            own = (COLLABORATION, record_name(COLLABORATION, "", self.lang))
            return (own, *((key, record_name(record.kind, record.id, self.lang)) for key, record in every))
        return choices(fact, self.lang)

    def _rows(self, kind: Kind) -> Iterator[Rows]:
        home = home_of(kind) == self.group
        listing = self.sheet.listing(kind.name)
        names = self._names(kind, listing, home=home)
        listed = len(self.case.listing(kind.name).records)
        asked = self.guide.asks(kind.name, WHOLE) or self.guide.wonders(kind.name, WHOLE)
        told = listing.gate in ("none", "all", "more") or listed or [row for row in listing.rows if not row.blank]
        if (home and (asked or told)) or (not home and listed and names):
            yield self._table(kind, listing, names, home=home)

    def _names(self, kind: Kind, listing: Listing, *, home: bool) -> list[str]:
        """Return which columns are shown: those that matter or inform, those with an answer, or all on request."""
        own = [fact for fact in observed_facts(kind).values() if fact.group == self.group]
        if listing.every and home:
            return [fact.name for fact in own]
        filled = {name for row in listing.rows for name, text in row.typed.items() if text.strip()}
        shown = [fact.name for fact in own if self._matters(kind, fact.name) or fact.name in filled]
        # Where no answer changes the outcome, the one who judges still needs to know what it is about.
        return shown or ([fact.name for fact in own] if home else [])

    def _matters(self, kind: Kind, name: str) -> bool:
        return self.guide.asks(kind.name, name) or self.guide.wonders(kind.name, name)

    def _table(self, kind: Kind, listing: Listing, names: Sequence[str], *, home: bool) -> Rows:
        facts = columns(kind.name, vocabulary())
        own = [fact.name for fact in observed_facts(kind).values() if fact.group == self.group]
        shown = ["id", *names] if home else list(names)
        rows, beyond = self._shown_rows(kind, listing, names, home=home)
        lines = tuple(self._line(kind, number, row, shown, facts) for number, row in enumerate(rows))
        same = tuple(
            self.field(f"r.{kind.name}.all.{name}", facts[name], listing.same.get(name, ""), needed=False)
            for name in names
        )
        prefix = f"r.{kind.name}."
        return Rows(
            kind.name,
            kind.plural.in_language(self.lang),
            kind.whole_question.in_language(self.lang),
            listing.gate or "unknown",
            home,
            listing.total,
            listing.paste,
            tuple(
                (name, facts[name].question.in_language(self.lang), facts[name].help.in_language(self.lang))
                for name in shown
            ),
            lines,
            same if len(lines) >= 3 else (),
            len(own) - len(names) if home else 0,
            listing.every,
            beyond,
            {key.removeprefix(prefix): text for key, text in self.errors.items() if key.startswith(prefix)},
            any(self.guide.asks(kind.name, name) for name in (WHOLE, *names)),
        )

    def _shown_rows(self, kind: Kind, listing: Listing, names: Sequence[str], *, home: bool) -> tuple[list[Row], int]:
        """Return the rows that are shown, a blank one where there is none, and how many more the list has."""
        filled = [row for row in listing.rows if not row.blank]
        if not home:
            filled = [row for row in filled if any(self._cell_needed(kind, row, each) for each in names)]
        blank = [row for row in listing.rows if row.blank] if home else []
        if home and not filled and not blank:
            blank = [Row()]
        return [*filled[:MOST_ROWS], *blank], max(0, len(filled) - MOST_ROWS)

    def _line(self, kind: Kind, number: int, row: Row, shown: Sequence[str], facts: Mapping[str, Fact]) -> Line:
        cells = tuple(
            self.field(f"r.{kind.name}.{number}.{name}", facts[name], row.typed.get(name, ""), needed=True)
            if name == "id" or not row.was or self._cell_needed(kind, row, name)
            else None
            for name in shown
        )
        return Line(number, row.was, row.typed.get("id", row.was), cells)

    def _cell_needed(self, kind: Kind, row: Row, name: str) -> bool:
        """Return whether an answer is needed of this record, or stands there already, or is a help to who judges."""
        spot = (f"{kind.name}:{row.was}", name)
        if row.typed.get(name, "").strip() or spot in self.guide.matters or spot in self.guide.informs:
            return True
        return (kind.name, name) not in self.guide.reads
