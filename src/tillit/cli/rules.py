"""List the rules, show one, say which norms they cover, or try every rule on its own cases."""

import argparse
import json
import sys

from tillit.core.errors import BadInput, RulebookError
from tillit.core.rulebook.coverage import coverage, failures
from tillit.core.rulebook.editions import FOLDERS, edition
from tillit.core.rulebook.model import Edition, Provision, Rule
from tillit.exchange import words
from tillit.exchange.rule_rows import coverage_row, provision_named, provision_row, rule_named, rule_row, rule_rows

LATEST = "samverkansregler/3.0"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the parts of the command: list, show, coverage, test."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="list|show|coverage|test")
    for name, purpose in (
        ("list", "every rule, by heading"),
        ("show", "one rule: statement, source, reading, expressions, cases"),
        ("coverage", "every norm of the agreement and what covers it"),
        ("test", "try every rule on its own cases"),
    ):
        part = parts.add_parser(name, help=purpose, description=purpose)
        if name == "show":
            part.add_argument("rule", metavar="RULE", help="the rule's id, for example maltider.distans")
        part.add_argument("--edition", default=None if name == "test" else LATEST, choices=tuple(FOLDERS), metavar="ID")
        part.add_argument("--lang", default="sv", choices=words.LANGUAGES)
        part.add_argument("--format", default="text", choices=("text", "json"))


def run(args: argparse.Namespace) -> int:
    """Return 0, 1 when norms are missing or cases fail, 2 when there is no such rule."""
    try:
        if args.part == "test":
            return _test(args)
        chosen = edition(args.edition)
        if args.part == "list":
            return _list(chosen, args)
        return _show(chosen, args) if args.part == "show" else _coverage(chosen, args)
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
    if args.format == "json":
        _print(rule_rows(chosen))
        return 0
    heading = ""
    for rule in chosen.rules:
        if rule.source.section != heading:
            heading = rule.source.section
            sys.stdout.write(f"\n{heading}\n")
        sys.stdout.write(f"  {rule.id:<34} {rule.title.in_language(args.lang)}\n")
    return 0


def _show(chosen: Edition, args: argparse.Namespace) -> int:
    found = rule_named(chosen, args.rule) or provision_named(chosen, args.rule)
    if found is None:
        from tillit.core.rulebook.reading import nearest

        ids = [*(rule.id for rule in chosen.rules), *(each.id for each in chosen.provisions)]
        near = nearest(args.rule, ids)
        sys.stderr.write(words.say("rules.no_such_rule", args.lang, rule=args.rule, nearest=near) + "\n")
        return 2
    if args.format == "json":
        _print(rule_row(found) if isinstance(found, Rule) else provision_row(found, chosen))
        return 0
    sys.stdout.write(_told(found, args.lang))
    return 0


def _told(found: Rule | Provision, lang: str) -> str:
    lines = [f"{found.id}  {found.title.in_language(lang)}", "", found.statement.in_language(lang), ""]
    lines.append(f"{found.source.section} · {found.source.sentence}   {', '.join(found.norms)}")
    if isinstance(found, Rule):
        lines.append(
            f"{found.record} · {found.bearer} · {found.modality} · {', '.join(found.phases)} · {found.certainty}"
        )
        keys = ("applies", "requires", "judge")
        lines.extend(f"{key}: {getattr(found, key)}" for key in keys if getattr(found, key))
        for case in found.cases:
            facts = ", ".join(f"{name} = {value}" for name, value in case.facts.items())
            lines.append(f"  {case.expect:<14} {facts}")
    if found.reading is not None:
        lines += ["", f"{found.reading.text.in_language(lang)} ({found.reading.by}, {found.reading.on})"]
    return "\n".join(lines) + "\n"


def _coverage(chosen: Edition, args: argparse.Namespace) -> int:
    found = coverage(chosen)
    if args.format == "json":
        _print(coverage_row(chosen))
    else:
        for norm, (kind, ids) in found.norms.items():
            sys.stdout.write(f"{norm:<7} {kind:<11} {', '.join(ids)}\n")
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
