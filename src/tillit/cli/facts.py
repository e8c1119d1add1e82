"""Show the facts that a case can hold, what each is asked for and which rules use it; or the JSON Schema of a case."""

import argparse
import json
import sys
from typing import Any

from tillit.core.rulebook.editions import edition, newest_of_each_line, vocabulary
from tillit.core.rulebook.model import COLLABORATION, Fact, Vocabulary
from tillit.exchange import words
from tillit.exchange.fact_rows import facts
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
