"""List the rules, show one, say which norms they cover, try them on their own cases, or load the official text."""

import argparse
import json
import sys
from collections.abc import Sequence

from tillit.cli import rules_text
from tillit.core.errors import BadInput, RulebookError
from tillit.core.rulebook.coverage import ORDER, coverage, failures
from tillit.core.rulebook.editions import FOLDERS, edition, newest, newest_of_each_line
from tillit.core.rulebook.model import Edition, Parameter, Provision, Rule, names_of
from tillit.exchange import words
from tillit.exchange.in_words import in_words, sentence
from tillit.exchange.parameters import plain, told
from tillit.exchange.rule_rows import (
    coverage_row,
    provision_named,
    provision_row,
    rule_named,
    rule_row,
    rule_rows,
)

PARTS = {
    "list": "every rule and provision, by heading",
    "show": "one rule, provision or number: statement, source, reading, expressions, cases",
    "coverage": "every norm of the agreement and what covers it",
    "test": "try every rule on its own cases",
    "text": "load the official text: does every rule find its sentence in it?",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the parts of the command: list, show, coverage, test, text."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="|".join(PARTS))
    for name, purpose in PARTS.items():
        part = parts.add_parser(name, help=purpose, description=purpose)
        if name == "show":
            part.add_argument("rule", metavar="ID", help="a rule, a provision or a number, as maltider.distans")
        if name == "list":
            part.add_argument("--kind", choices=ORDER, help="only these")
        if name == "text":
            rules_text.add_arguments(part)
        default = None if name in ("test", "show") else newest()
        part.add_argument("--edition", default=default, choices=tuple(FOLDERS), metavar="ID")
        part.add_argument("--lang", default="sv", choices=words.LANGUAGES)
        if name != "text":
            part.add_argument("--format", default="text", choices=("text", "json"))


def run(args: argparse.Namespace) -> int:
    """Return 0, 1 when norms are missing, cases fail or sources are not found, 2 when there is no such rule."""
    try:
        if args.part == "test":
            return _test(args)
        if args.part == "show":
            named = [args.edition] if args.edition else newest_of_each_line()
            return _show([edition(id_) for id_ in named], args)
        chosen = edition(args.edition)
        if args.part == "text":
            return rules_text.run(chosen, args)
        return _list(chosen, args) if args.part == "list" else _coverage(chosen, args)
    except RulebookError as error:
        sys.stderr.write(f"{error}\n")
        return 70
    except BadInput as bad:
        sys.stderr.write("\n".join(words.problem_lines(bad, args.lang)) + "\n")
        return 2


def _print(plain: object) -> None:
    json.dump(plain, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _list(chosen: Edition, args: argparse.Namespace) -> int:
    rules = rule_rows(chosen) if args.kind in (None, "rule") else []
    provisions = [provision_row(each, chosen) for each in chosen.provisions if args.kind in (None, each.kind)]
    rows = [*({**row, "kind": "rule"} for row in rules), *provisions]
    if args.format == "json":
        _print(rows)
        return 0
    by_heading: dict[str, list[str]] = {}
    for row in rows:
        kind = words.words(args.lang)["provision"][row["kind"]]
        line = f"  {row['id']:<38} {kind:<13} {row['title'][args.lang]}"
        by_heading.setdefault(row["source"]["section"], []).append(line)
    for heading, lines in by_heading.items():
        sys.stdout.write("\n".join([f"\n{heading}", *lines, ""]))
    for parameter in chosen.parameters.values() if args.kind is None else ():
        sys.stdout.write(f"\n{told(parameter, args.lang)}\n")
    return 0


def _show(among: Sequence[Edition], args: argparse.Namespace) -> int:
    found, home = _named(args.rule, among)
    if found is None:
        from tillit.core.rulebook.reading import nearest

        ids = [id_ for chosen in among for id_ in _ids(chosen)]
        near = nearest(args.rule, ids)
        sys.stderr.write(words.say("rules.no_such_rule", args.lang, rule=args.rule, nearest=near) + "\n")
        return 2
    used = [each for name, each in home.parameters.items() if isinstance(found, Rule) and name in names_of(found)]
    if isinstance(found, Parameter):
        _print({found.name: plain(found)}) if args.format == "json" else sys.stdout.write(told(found, args.lang) + "\n")
    elif args.format == "json":
        _print(_row(found, home) | {"parameters": {each.name: plain(each) for each in used}})
    else:
        sys.stdout.write(_told(found, home, args.lang))
        sys.stdout.write("".join(f"{told(each, args.lang)}\n" for each in used))
    return 0


def _ids(chosen: Edition) -> list[str]:
    return [*(rule.id for rule in chosen.rules), *(each.id for each in chosen.provisions), *chosen.parameters]


def _named(name: str, among: Sequence[Edition]) -> tuple[Rule | Provision | Parameter | None, Edition]:
    """Return the rule, provision or number of this name and the edition that has it: the first of those asked."""
    for chosen in among:
        found = rule_named(chosen, name) or provision_named(chosen, name) or chosen.parameters.get(name)
        if found is not None:
            return found, chosen
    return None, among[0]


def _row(found: Rule | Provision, home: Edition) -> dict[str, object]:
    return {**rule_row(found), "kind": "rule"} if isinstance(found, Rule) else provision_row(found, home)


def _told(found: Rule | Provision, home: Edition, lang: str) -> str:
    lines = [f"{found.id}  {found.title.in_language(lang)}", "", found.statement.in_language(lang), ""]
    lines.append(f"{found.source.section} · {found.source.sentence}   {', '.join(found.norms)}")
    if found.source.page is not None:
        read = {"edition": found.source.edition or "–", "read_on": found.source.read_on or "–"}
        lines.append(words.say("rules.page", lang, page=found.source.page, **read))
    if isinstance(found, Rule):
        lines += _rule_told(found, home, lang)
    else:
        bearer = f" · {found.bearer}" if found.bearer else ""
        lines.append(f"{found.kind}{bearer} · {found.certainty}")
        lines += [found.term.in_language(lang)] if found.term else []
    if found.reading is not None:
        lines += ["", f"{found.reading.text.in_language(lang)} ({found.reading.by}, {found.reading.on})"]
    return "\n".join(lines) + "\n"


def _rule_told(rule: Rule, home: Edition, lang: str) -> list[str]:
    lines = [f"{rule.record} · {rule.bearer} · {rule.modality} · {', '.join(rule.phases)} · {rule.certainty}"]
    for key, tree in (("applies", rule.applies_tree), ("requires", rule.requires_tree), ("judge", rule.judge_tree)):
        if tree is not None and getattr(rule, key):
            lines.append(f"{key}: {getattr(rule, key)}")
            lines.append(f"    {sentence(in_words(tree, rule.record, home, lang), lang)}")
    for case in rule.cases:
        facts = ", ".join(f"{name} = {value}" for name, value in case.facts.items())
        lines.append(f"  {case.expect:<14} {facts}")
    return lines


def _coverage(chosen: Edition, args: argparse.Namespace) -> int:
    found = coverage(chosen)
    if args.format == "json":
        _print(coverage_row(chosen))
    else:
        for norm, (kind, ids) in found.norms.items():
            sys.stdout.write(f"{norm:<10} {kind:<11} {', '.join(ids)}\n")
        for parameter in chosen.parameters.values():
            sys.stdout.write(f"{told(parameter, args.lang)}\n")
        sys.stdout.write(
            words.say("rules.covered", args.lang, covered=str(len(found.norms)), missing=str(len(found.missing))) + "\n"
        )
    for norm in (*found.missing, *found.unknown):
        sys.stderr.write(
            words.say("rules.missing" if norm in found.missing else "rules.unknown_norm", args.lang, norm=norm) + "\n"
        )
    return 1 if found.missing or found.unknown else 0


def _test(args: argparse.Namespace) -> int:
    chosen = [args.edition] if args.edition else list(FOLDERS)
    failed = 0
    report: list[dict[str, object]] = []
    for id_ in chosen:
        tried = edition(id_)
        found = list(failures(tried))
        failed += len(found)
        cases = sum(len(rule.cases) for rule in (tried.scope, *tried.rules))
        report.append(
            {
                "edition": id_,
                "rules": len(tried.rules),
                "cases": cases,
                "failures": [{"rule": each.rule, "case": each.case, "problem": each.problem} for each in found],
            }
        )
        if args.format == "text":
            for each in found:
                sys.stdout.write(f"{each.rule}, case {each.case}: {each.problem}\n")
            told = {"edition": id_, "rules": str(len(tried.rules)), "cases": str(cases), "failed": str(len(found))}
            sys.stdout.write(words.say("rules.tested", args.lang, **told) + "\n")
    if args.format == "json":
        _print(report)
    return 1 if failed else 0
