"""The facts as rows, for the command and the API: what each is called, what it can be and which rules use it."""

from collections.abc import Iterator, Sequence
from typing import Any

from tillit.core.rulebook.model import COLLABORATION, Derived, Edition, Vocabulary, names_of


def facts(known: Vocabulary, chosen: Sequence[Edition]) -> list[dict[str, Any]]:
    """Return every fact of every record kind as the contract shows it, with the rules of some editions that use it."""
    used = _used_by(known, chosen)
    return [
        {
            "name": fact.name,
            "record": kind.name,
            "type": fact.type,
            "values": list(fact.values),
            "kind": fact.kind,
            "question": {"sv": fact.question.sv, "en": fact.question.en},
            "help": {"sv": fact.help.sv, "en": fact.help.en},
            "used_by": used.get((kind.name, fact.name), []),
        }
        for kind in known.kinds.values()
        for fact in kind.facts.values()
    ]


def _used_by(known: Vocabulary, chosen: Sequence[Edition]) -> dict[tuple[str, str], list[str]]:
    """Return the rules that read each fact, itself or through what is derived from it, in the editions' order."""
    used: dict[tuple[str, str], list[str]] = {}
    shown = {each.document.line for each in chosen}
    scopes = [each.scope for each in chosen if each.document.part_of not in shown]
    for rule in (*scopes, *(rule for each in chosen for rule in each.rules)):
        seen: set[tuple[str, str]] = set()
        for name in sorted(names_of(rule)):
            _follow(known, rule.record, name, seen)
        for key in seen:
            used.setdefault(key, []).append(rule.id)
    return used


def _follow(known: Vocabulary, kind: str, name: str, seen: set[tuple[str, str]]) -> None:
    """Put into `seen` the facts that a name comes down to when a rule about `kind` reads it."""
    found = known.fact(kind, name)
    key = (found.record, found.name) if found else ("", "")
    if found is None or key in seen:
        return
    seen.add(key)
    if isinstance(found, Derived):
        for home, below in _sources(found):
            _follow(known, home, below, seen)


def _sources(derived: Derived) -> Iterator[tuple[str, str]]:
    over = derived.over or derived.record
    for tree in (derived.where_tree, derived.among_tree):
        yield from ((over, name) for name in (tree.facts() if tree is not None else ()))
    for name in (derived.of, "currency" if derived.of else None):
        if name:
            yield over, name
    for name in (derived.start, derived.estimate_count, derived.estimate_total):
        if name:
            yield derived.record if name == derived.start else COLLABORATION, name
    if derived.table:
        yield derived.record, "town"
