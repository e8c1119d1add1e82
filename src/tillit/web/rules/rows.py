"""The rules and provisions of an edition as rows of a list, and the list narrowed to what somebody looks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tillit.core.rulebook import editions
from tillit.core.rulebook.coverage import ORDER
from tillit.core.rulebook.model import CERTAINTIES, Edition, Provision, Rule
from tillit.exchange.words import words

Lang = Literal["sv", "en"]


@dataclass(frozen=True, slots=True)
class Row:
    """A rule or a provision as one line of the list; `sought` is what a search looks in."""

    id: str
    rulebook: str
    kind: str
    kind_word: str
    section: str
    sentence: int
    title: str
    statement: str
    norms: tuple[str, ...]
    bearer: str
    bearer_word: str
    certainty: str
    certainty_word: str
    sought: str


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter, with how many rows it would leave."""

    value: str
    word: str
    rows: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: words, and a choice of each filter; "" is all."""

    q: str = ""
    bearer: str = ""
    kind: str = ""
    certainty: str = ""

    def fits(self, row: Row, *, but: str = "") -> bool:
        """Return whether a row is among what is wanted, one filter left out."""
        chosen = {"bearer": self.bearer, "kind": self.kind, "certainty": self.certainty}
        same = all(not value or name == but or getattr(row, name) == value for name, value in chosen.items())
        return same and all(word in row.sought for word in self.q.casefold().split())

    @property
    def everything(self) -> bool:
        return not (self.q or self.bearer or self.kind or self.certainty)


@lru_cache(maxsize=16)
def rows(edition_id: str, lang: Lang) -> tuple[Row, ...]:
    """Return the scope, every rule and every provision, as the text's headings and sentences follow each other."""
    edition = editions.edition(edition_id)
    found = [_row(each, edition, lang) for each in (edition.scope, *edition.rules)]
    found += [_row(each, edition, lang) for each in edition.provisions]
    sections = list(dict.fromkeys([norm.section for norm in edition.norms] + [row.section for row in found]))
    place = {section: number for number, section in enumerate(sections)}
    return tuple(sorted(found, key=lambda row: (place[row.section], row.sentence, row.kind != "rule")))


def by_heading(found: Iterable[Row]) -> Mapping[str, Sequence[Row]]:
    """Return rows under their headings; the terms of a list of definitions stand under the list."""
    headings: dict[str, list[Row]] = {}
    for row in found:
        headings.setdefault(row.section.partition(": ")[0], []).append(row)
    return headings


def options(name: str, among: Sequence[Row], wanted: Wanted, lang: Lang) -> tuple[Option, ...]:
    """Return the choices of a filter that some row has, in their own order, with how many rows each would leave."""
    counted: dict[str, int] = {}
    for row in among:
        value = str(getattr(row, name))
        if value:
            counted[value] = counted.get(value, 0) + wanted.fits(row, but=name)
    say = words(lang)[{"kind": "provision"}.get(name, name)]
    order = {"kind": ORDER, "certainty": CERTAINTIES}.get(name, tuple(say))
    return tuple(Option(value, say[value], counted[value]) for value in order if value in counted)


def neighbours(id_: str, edition_id: str, lang: Lang) -> tuple[Row | None, Row | None]:
    """Return the rows before and after the one with this id."""
    all_rows = rows(edition_id, lang)
    at = next(number for number, row in enumerate(all_rows) if row.id == id_)
    return all_rows[at - 1] if at else None, all_rows[at + 1] if at + 1 < len(all_rows) else None


def _row(each: Rule | Provision, edition: Edition, lang: Lang) -> Row:
    say = words(lang)
    kind = "rule" if isinstance(each, Rule) else each.kind
    bearer = each.bearer or ""
    title, statement = each.title.in_language(lang), each.statement.in_language(lang)
    more = [each.reading.text.in_language(lang)] if each.reading else []
    if isinstance(each, Rule):
        more += [text.in_language(lang) for text in (each.way_out, each.question) if text]
    elif each.term:
        more.append(each.term.in_language(lang))
    return Row(
        id=each.id,
        rulebook=edition.id,
        kind=kind,
        kind_word=say["provision"][kind],
        section=each.source.section,
        sentence=each.source.sentence,
        title=title,
        statement=statement,
        norms=each.norms,
        bearer=bearer,
        bearer_word=say["bearer"][bearer] if bearer else "",
        certainty=each.certainty,
        certainty_word=say["certainty"][each.certainty],
        sought=" ".join([each.id, each.source.section, *each.norms, title, statement, *more]).casefold(),
    )
