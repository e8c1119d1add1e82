"""The example cases that come with Tillit, each with its title and a sentence, and the variant that holds beside it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.model import Text
from tillit.core.rulebook.values import OUTCOMES
from tillit.exchange import casefile


@dataclass(frozen=True, slots=True)
class Example:
    """An example case; `source` says where it comes from, `variant_of` names the example that it is read beside."""

    slug: str
    file: str
    title: Text
    text: Text
    source: Text
    variant_of: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """An example in one language, with how it comes out."""

    slug: str
    title: str
    text: str
    source: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A case and the variants of it that come out in another way."""

    case: Told
    variants: tuple[Told, ...]


@cache
def index() -> dict[str, Example]:
    """Return every example by its slug, in the order in which they are shown."""
    raw = tomllib.loads(files("tillit.exchange").joinpath("examples.toml").read_text("utf-8"))
    return {example.slug: example for example in map(_example, raw["example"])}


@cache
def case_of(slug: str) -> Case:
    """Return the case of an example.

    :raises KeyError: there is no such example
    """
    example = index()[slug]
    return casefile.read(_folder().joinpath(example.file).read_bytes(), example.file)


@lru_cache(maxsize=4)
def pairs(lang: str, *, as_of: date) -> tuple[Pair, ...]:
    """Return the examples with their outcomes as of a day, each published case with the variants that hold."""
    told = {slug: _told(example, lang, as_of) for slug, example in index().items()}
    return tuple(
        Pair(told[slug], tuple(told[other.slug] for other in index().values() if other.variant_of == slug))
        for slug, example in index().items()
        if example.variant_of is None
    )


def neighbours(slug: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Return slug and title of what an example should be read beside: its original, or its variants."""
    mine = index()[slug].variant_of or slug
    others = [other for other in index().values() if mine in (other.slug, other.variant_of) and other.slug != slug]
    return tuple((other.slug, other.title.in_language(lang)) for other in others)


def decided_by(rule_id: str, edition_id: str, lang: str, *, as_of: date) -> tuple[Told, ...]:
    """Return the examples that a rule makes a breach or leaves to a judgement: nothing that counts is worse."""
    deciding = _deciding(as_of)
    return tuple(
        _told(example, lang, as_of)
        for slug, example in index().items()
        if (edition_id, rule_id) in deciding[slug] and _outcome(slug, as_of) in ("breach", "judge")
    )


@lru_cache(maxsize=4)
def _deciding(as_of: date) -> dict[str, frozenset[tuple[str, str]]]:
    """Return for each example the rules, each with its edition, whose finding is as bad as the whole answer."""
    found: dict[str, frozenset[tuple[str, str]]] = {}
    for slug in index():
        check = check_case(case_of(slug), as_of=as_of)
        worst = check.outcome()
        deciding = (each for each in check.findings if each.outcome == worst and check.weight(each, "all") is not None)
        found[slug] = frozenset((each.rule.edition, each.rule.id) for each in deciding)
    return found


@lru_cache(maxsize=200)
def _outcome(slug: str, as_of: date) -> str:
    return OUTCOMES[check_case(case_of(slug), as_of=as_of).outcome()]


def _told(example: Example, lang: str, as_of: date) -> Told:
    return Told(
        slug=example.slug,
        title=example.title.in_language(lang),
        text=example.text.in_language(lang),
        source=example.source.in_language(lang),
        outcome=_outcome(example.slug, as_of),
    )


def _example(raw: dict[str, Any]) -> Example:
    slug = raw["file"].rsplit(".", 1)[0]
    variant_of = raw.get("variant_of")
    return Example(
        slug=slug,
        file=raw["file"],
        title=Text(raw["title"]["sv"], raw["title"]["en"]),
        text=Text(raw["text"]["sv"], raw["text"]["en"]),
        source=Text(raw["source"]["sv"], raw["source"]["en"]),
        variant_of=variant_of.rsplit(".", 1)[0] if variant_of else None,
    )


def _folder() -> Any:
    return files("tillit") / "exempel"
