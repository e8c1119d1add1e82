"""The agreement's own text, as the operator has it, in headings, paragraphs and sentences that sources point to.

Sentences are counted from 1 within a heading's text after its lines are joined; a list item begins a new one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tillit.core.rulebook.model import Edition, Source
from tillit.core.rulebook.sentences import joined, sentences
from tillit.core.text import nfc

PREFACE = "Inledning"
"""What sources call the text before the first heading."""
_FOOTER = re.compile(
    r"(?:sid(?:a|an)?\.?\s*)?\d{1,3}(?:\s*(?:\(\d{1,3}\)|/\s*\d{1,3}|av \d{1,3}))?|version\s+\d.*", re.IGNORECASE
)
_ITEM = re.compile(r"(?:[•‣▪■●○◦*·\uf0b7]\s*|[–—-]\s+|(?:\d{1,2}|[a-z])\)\s+)(?=\S)")
_NUMBER = re.compile(r"^(?:\d{1,2}\.)*\d{0,2}\s+(?=\S)")
_ENDED = tuple('.!?:;…”"')
_SHORT = 80
Paragraph = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficialText:
    """The text of an edition: under each heading that sources name, its paragraphs, each a row of sentences."""

    edition: str
    headings: Mapping[str, tuple[Paragraph, ...]]

    def sentence(self, source: Source) -> str | None:
        """Return the sentence that a source points to, or None when there is no such heading or number."""
        found = self.paragraph(source)
        return None if found is None else found[0][found[1]]

    def paragraph(self, source: Source) -> tuple[Paragraph, int] | None:
        """Return the paragraph that a source points into, and which of its sentences is meant, counted from 0."""
        left = source.sentence - 1
        for paragraph in self.headings.get(source.section, ()) if left >= 0 else ():
            if left < len(paragraph):
                return paragraph, left
            left -= len(paragraph)
        return None


def sources(edition: Edition) -> Iterator[tuple[str, Source]]:
    """Return the source of the scope, every rule and every provision, with its id."""
    for rule in (edition.scope, *edition.rules):
        yield rule.id, rule.source
    for provision in edition.provisions:
        yield provision.id, provision.source


def lost(edition: Edition, text: OfficialText) -> tuple[tuple[str, Source], ...]:
    """Return every rule and provision whose source is not in the text."""
    return tuple((id_, source) for id_, source in sources(edition) if text.sentence(source) is None)


def changed(edition: Edition, before: OfficialText, now: OfficialText) -> tuple[tuple[str, Source], ...]:
    """Return every rule and provision whose sentence reads otherwise than in a text loaded before."""
    both = ((id_, source, before.sentence(source), now.sentence(source)) for id_, source in sources(edition))
    return tuple((id_, source) for id_, source, old, new in both if old and new and old != new)


def split(raw: str, edition: Edition) -> OfficialText:
    """Return a text divided by the headings that the edition's sources name."""
    names = [source.section for _, source in sources(edition)] + [norm.section for norm in edition.norms]
    reader = _Reader(dict.fromkeys(map(nfc, names)))
    for line in _lines(raw):
        reader.take(line)
    found = {
        name: tuple(paragraph for unit in units if (paragraph := sentences(joined(unit))))
        for name, units in reader.found.items()
    }
    return OfficialText(edition.id, {name: paragraphs for name, paragraphs in found.items() if paragraphs})


def _lines(raw: str) -> Iterator[str | None]:
    """Yield lines without their margins, "" where one is empty and None where a page ends."""
    text = nfc(raw).replace("\ufeff", "").replace("\u00a0", " ").replace("\f", "\n")
    for line in text.splitlines():
        bare = line.strip()
        yield None if bare and _FOOTER.fullmatch(bare) else bare


class _Reader:
    """Takes lines in order and puts each under its heading: as a new paragraph, or as more of the last one."""

    def __init__(self, names: Iterable[str]) -> None:
        listed = [name.partition(": ") for name in names]
        self.outer = {name for name, _, term in listed if not term} | {name for name, _, term in listed if term}
        self.terms: dict[str, set[str]] = {}
        for name, _, term in listed:
            if term:
                self.terms.setdefault(name, set()).add(term)
        self.found: dict[str, list[list[str]]] = {PREFACE: []}
        self.here, self.zone, self.fresh = PREFACE, PREFACE, True

    def take(self, line: str | None) -> None:
        if not line:
            self.fresh = self.fresh or line == ""
            return
        if self.here == PREFACE and line.rstrip(":").casefold() == PREFACE.casefold():
            self.found[PREFACE], self.fresh = [], True
            return
        heading = self._heading(line)
        if heading:
            name, rest = heading
            self._open(name)
            line = rest
        if line and not (self.here == PREFACE and _is_a_title(line)):
            self._add(line)

    def _open(self, name: str) -> None:
        if self._stray():
            self.found[self.here].pop()
        if name in self._terms_to():
            self.here = f"{self.zone}: {name}"
        else:
            self.here = self.zone = name
        self.found[self.here] = []
        self.fresh = True

    def _add(self, line: str) -> None:
        units = self.found[self.here]
        item = _ITEM.match(line)
        if item and (self.fresh or self._ended() or line[0] not in "–—-"):
            units.append([line[item.end() :]])
        elif not units or (self.fresh and (self._ended() or not line[0].islower())):
            units.append([line])
        else:
            units[-1].append(line)
        self.fresh = False

    def _ended(self) -> bool:
        units = self.found[self.here]
        return not units or units[-1][-1].endswith(_ENDED)

    def _stray(self) -> bool:
        """Return whether the last paragraph is but a line without an end: a heading that no source names."""
        units = self.found[self.here]
        return bool(units) and len(units[-1]) == 1 and not self._ended() and len(units[-1][0]) < _SHORT

    def _heading(self, line: str) -> tuple[str, str] | None:
        """Return the heading that a line begins with and what follows on the line, or None."""
        may_begin = self.fresh or self._ended() or self._stray()
        for name in sorted(self._open_to(), key=len, reverse=True):
            bare = line if name[0].isdigit() else _NUMBER.sub("", line)
            if bare.rstrip(":").casefold() == name.casefold() and (may_begin or " " in name):
                return name, ""
            if not may_begin:
                continue
            rest = bare[len(name) :]
            if bare.startswith(name) and rest[0] == " " and (rest.lstrip()[0].isupper() or rest.startswith("   ")):
                return name, rest.lstrip()
        return None

    def _open_to(self) -> set[str]:
        """Return the headings that may begin here: terms of the list we are in, and headings that have not begun."""
        return self._terms_to() | (self.outer - self.found.keys())

    def _terms_to(self) -> set[str]:
        return {term for term in self.terms.get(self.zone, ()) if f"{self.zone}: {term}" not in self.found}


def _is_a_title(line: str) -> bool:
    """Return whether a line before the first heading is the document's name: in capitals throughout."""
    return not any(sign.islower() for sign in line) and sum(sign.isalpha() for sign in line) > 3
