"""Show the facts that a case can hold, what each is asked for and which rules use it; or the JSON Schema of a case."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from tillit.core.rulebook.editions import edition, newest_of_each_line, vocabulary
from tillit.core.rulebook.model import COLLABORATION, Derived, Edition, Fact, Vocabulary, names_of
from tillit.exchange import words
from tillit.exchange.words import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add form, language and the schema."""
    parser.add_argument("--format", default="text", choices=("text", "json"))
    parser.add_argument("--lang", default="sv", choices=words.LANGUAGES)
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a case file instead")


def run(args: argparse.Namespace) -> int:
    """Return 0; the facts go to stdout."""
    known = vocabulary()
    if args.schema:
        from tillit.exchange.schema import case_schema

        _print(case_schema(known))
        return 0
    rows = facts(known, [edition(id_) for id_ in newest_of_each_line()])
    if args.format == "json":
        _print(rows)
    else:
        sys.stdout.write(_told(rows, known, args.lang))
    return 0


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


def _told(rows: list[dict[str, Any]], known: Vocabulary, lang: str) -> str:
    """Return the facts as text: one block per record kind, names in one column, questions in the next."""
    wide = max(len(row["name"]) for row in rows)
    lines: list[str] = []
    for kind in known.kinds.values():
        own = [row for row in rows if row["record"] == kind.name]
        title = (kind.title if kind.name == COLLABORATION else kind.plural).in_language(lang)
        lines += ["", f"{title} [{kind.name}]"]
        for row in own:
            fact = kind.facts[row["name"]]
            lines.append(f"  {row['name']:<{wide}}  {_sort(fact, lang):<10}  {row['question'][lang]}")
            if fact.values:
                lines.append(f"  {'':<{wide}}  {'':<10}  {' | '.join(fact.values)}")
            if row["used_by"]:
                lines.append(
                    f"  {'':<{wide}}  {'':<10}  {say('command.facts_used_by', lang)}: {', '.join(row['used_by'])}"
                )
    return "\n".join(lines[1:]) + "\n"


def _sort(fact: Fact, lang: str) -> str:
    return say("command.facts_assessed", lang) if fact.kind == "assessed" else fact.type


def _print(plain: object) -> None:
    json.dump(plain, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
