"""List the rules, show one, say which norms they cover, or try every rule on its own cases."""

import argparse
import json
import sys
from collections.abc import Sequence

from tillit.core.errors import BadInput, RulebookError
from tillit.core.rulebook.coverage import coverage, failures
from tillit.core.rulebook.editions import FOLDERS, edition, newest, newest_of_each_line
from tillit.core.rulebook.model import Edition, Parameter, Provision, Rule, Text, names_of
from tillit.exchange import words
from tillit.exchange.answer import plain_source
from tillit.exchange.parameters import plain, told

LATEST = newest()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the parts of the command: list, show, coverage, test."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="list|show|coverage|test")
    for name, purpose in (
        ("list", "every rule, by heading"),
        ("show", "one rule: statement, source, reading, expressions, cases, numbers"),
        ("coverage", "every norm of the agreement and what covers it"),
        ("test", "try every rule on its own cases"),
    ):
        part = parts.add_parser(name, help=purpose, description=purpose)
        if name == "show":
            part.add_argument("rule", metavar="RULE", help="the rule's id, for example maltider.distans")
        default = LATEST if name in ("list", "coverage") else None
        part.add_argument("--edition", default=default, choices=tuple(FOLDERS), metavar="ID")
        part.add_argument("--lang", default="sv", choices=words.LANGUAGES)
        part.add_argument("--format", default="text", choices=("text", "json"))


def run(args: argparse.Namespace) -> int:
    """Return 0, 1 when norms are missing or cases fail, 2 when there is no such rule."""
    try:
        if args.part == "test":
            return _test(args)
        if args.part == "show":
            named = [args.edition] if args.edition else newest_of_each_line()
            return _show([edition(id_) for id_ in named], args)
        chosen = edition(args.edition)
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
    if args.format == "json":
        _print([_plain(rule) for rule in (chosen.scope, *chosen.rules)])
        return 0
    heading = ""
    for rule in chosen.rules:
        if rule.source.section != heading:
            heading = rule.source.section
            sys.stdout.write(f"\n{heading}\n")
        sys.stdout.write(f"  {rule.id:<34} {rule.title.in_language(args.lang)}\n")
    return 0


def _plain(rule: Rule) -> dict[str, object]:
    """Return a rule as its file has it, with its cases."""
    reading = rule.reading
    return {
        "id": rule.id,
        "edition": rule.edition,
        "norms": list(rule.norms),
        "source": plain_source(rule.source),
        "record": rule.record,
        "bearer": rule.bearer,
        "modality": rule.modality,
        "phases": list(rule.phases),
        "benefit": rule.benefit,
        "certainty": rule.certainty,
        "applies": rule.applies,
        "requires": rule.requires,
        "judge": rule.judge,
        "title": _both(rule.title),
        "statement": _both(rule.statement),
        "because": {outcome: _both(text) for outcome, text in rule.because.items()},
        "way_out": _both(rule.way_out),
        "question": _both(rule.question),
        "reading": None
        if reading is None
        else {"text": _both(reading.text), "by": reading.by, "on": reading.on.isoformat()},
        "cases": [
            {
                "facts": {
                    name: str(v) if not isinstance(v, (bool, int, str, dict)) else v for name, v in case.facts.items()
                }
            }
            | {"expect": case.expect}
            | ({} if case.missing is None else {"missing": list(case.missing)})
            for case in rule.cases
        ],
    }


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"sv": text.sv, "en": text.en}


def _show(among: Sequence[Edition], args: argparse.Namespace) -> int:
    found, home = _named(args.rule, among)
    if found is None:
        from tillit.core.rulebook.reading import nearest

        ids = [id_ for chosen in among for id_ in _ids(chosen)]
        near = nearest(args.rule, ids)
        sys.stderr.write(words.say("rules.no_such_rule", args.lang, rule=args.rule, nearest=near) + "\n")
        return 2
    if isinstance(found, Parameter):
        _print({found.name: plain(found)}) if args.format == "json" else sys.stdout.write(told(found, args.lang) + "\n")
        return 0
    used = [each for name, each in home.parameters.items() if isinstance(found, Rule) and name in names_of(found)]
    if args.format == "json":
        shown = (
            _plain(found)
            if isinstance(found, Rule)
            else {"id": found.id, "norms": list(found.norms), "kind": found.kind, "certainty": found.certainty}
        )
        _print(shown | {"parameters": {each.name: plain(each) for each in used}})
        return 0
    sys.stdout.write(_told(found, args.lang) + "".join(f"{told(each, args.lang)}\n" for each in used))
    return 0


def _ids(chosen: Edition) -> list[str]:
    return [*(rule.id for rule in chosen.rules), *(each.id for each in chosen.provisions), *chosen.parameters]


def _named(name: str, among: Sequence[Edition]) -> tuple[Rule | Provision | Parameter | None, Edition]:
    """Return the rule, provision or number of this name and the edition that has it: the first of those asked."""
    for chosen in among:
        ours: list[Rule | Provision] = [chosen.scope, *chosen.rules, *chosen.provisions]
        found = next((each for each in ours if each.id == name), None) or chosen.parameters.get(name)
        if found is not None:
            return found, chosen
    return None, among[0]


def _told(found: Rule | Provision, lang: str) -> str:
    lines = [f"{found.id}  {found.title.in_language(lang)}", "", found.statement.in_language(lang), ""]
    lines.append(f"{found.source.section} · {found.source.sentence}   {', '.join(found.norms)}")
    if found.source.page is not None:
        read = {"edition": found.source.edition or "–", "read_on": found.source.read_on or "–"}
        lines.append(words.say("rules.page", lang, page=found.source.page, **read))
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
        norms = {norm: {"kind": kind, "covered_by": list(ids)} for norm, (kind, ids) in found.norms.items()}
        parameters = {name: plain(each) for name, each in chosen.parameters.items()}
        _print({"norms": norms, "parameters": parameters, "missing": list(found.missing)})
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
