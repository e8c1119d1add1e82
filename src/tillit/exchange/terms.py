"""Defined terms found in a text, so that a page can explain a word where it stands: the first time of each, no more."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tillit.core.rulebook import editions
from tillit.core.rulebook.model import Provision

_ENDINGS = {
    "sv": "(?:en|et|n|t|er|or|ar|r|a|e|na|erna|orna|arna|ens|ets|ers|s)?",
    "en": "(?:s|es|['’]s)?",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; where it is a defined term, the definition's id, the edition that has it, and its words."""

    text: str
    id: str = ""
    rulebook: str = ""
    term: str = ""
    meaning: str = ""


@cache
def definitions(edition_id: str) -> Mapping[str, Provision]:
    """Return the definitions of an edition by their ids, and those of the text that it is a part of."""
    edition = editions.edition(edition_id)
    found = {each.id: each for each in edition.provisions if each.kind == "definition" and each.term is not None}
    whole = edition.document.part_of
    return {**definitions(editions.newest(whole)), **found} if whole else found


def home(id_: str, edition_id: str) -> str:
    """Return the edition that has a definition: the one named, or the text that it is a part of."""
    edition = editions.edition(edition_id)
    own = any(each.id == id_ for each in edition.provisions)
    return edition_id if own or not edition.document.part_of else editions.newest(edition.document.part_of)


def pieces(text: str, edition_id: str, lang: str, *, seen: set[str] | None = None, own: str = "") -> tuple[Piece, ...]:
    """Return a text in pieces, each defined term a piece of its own the first time that it stands there.

    `seen` holds the ids already explained on the page and grows; `own` is the definition that the text belongs to.
    """
    known = definitions(edition_id)
    explained = seen if seen is not None else set()
    found: list[Piece] = []
    at = 0
    for match in _pattern(edition_id, lang).finditer(text):
        id_ = match.lastgroup and _ids(edition_id)[int(match.lastgroup[1:])]
        if not id_ or id_ in explained or id_ == own:
            continue
        explained.add(id_)
        found += [Piece(text[at : match.start()])] if match.start() > at else []
        term, meaning = known[id_].term, known[id_].statement
        told = term.in_language(lang) if term else ""
        found.append(Piece(match[0], id_, home(id_, edition_id), told, meaning.in_language(lang)))
        at = match.end()
    return (*found, *([Piece(text[at:])] if at < len(text) else []))


@cache
def _ids(edition_id: str) -> Sequence[str]:
    return tuple(definitions(edition_id))


@cache
def _pattern(edition_id: str, lang: str) -> re.Pattern[str]:
    """Return what finds any term in any form of it, the longest term first."""
    written = [
        (number, each.term.in_language(lang))
        for number, each in enumerate(definitions(edition_id).values())
        if each.term is not None
    ]
    longest_first = sorted(written, key=lambda pair: -len(pair[1]))
    each_form = [f"(?P<t{number}>{_forms(term, lang)})" for number, term in longest_first]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(each_form) or '(?!)'})(?![\w-])", re.IGNORECASE)


def _forms(term: str, lang: str) -> str:
    """Return a pattern for a term with the endings that its words take: "social aktivitet", "sociala aktiviteter"."""
    ending = _ENDINGS["en" if lang == "en" else "sv"]
    return r"\s+".join(re.escape(word) + ending for word in term.split())
