"""Try one or more case files (JSON, TOML, Excel) against the agreement, and say what holds and what to change."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tillit.core.errors import BadInput, Problem
from tillit.core.rulebook.check import ASKED
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.facts import Case
from tillit.exchange import casefile, words
from tillit.exchange.answer import answer
from tillit.exchange.refusal import problem_rows

EXITS = {"meets": 0, "not_applicable": 0, "breach": 1, "undecided": 3, "judge": 3}
BAD_INPUT, INTERNAL = 2, 70
WORST_FIRST = (INTERNAL, BAD_INPUT, 1, 3, 0)
"""With several files: an internal error over bad input over a breach over what is open over what holds."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and how to try and show them."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a case file: .json, .toml or .xlsx")
    parser.add_argument("--as", dest="asked", default="all", choices=ASKED, help="whose answer (default: all)")
    parser.add_argument("--on", metavar="DATE", help="the day it is tried, as 2026-02-01 (default: today)")
    parser.add_argument("--edition", metavar="ID", help="try by this edition instead of the one of the case's days")
    parser.add_argument("--lang", default="sv", choices=words.LANGUAGES)
    parser.add_argument("--format", default="text", choices=("text", "json", "pdf"))
    parser.add_argument("--all", dest="everything", action="store_true", help="show also the rules that do not apply")
    parser.add_argument(
        "--out", metavar="PATH", help="where a PDF goes: a file, or a folder when there are several cases"
    )


def run(args: argparse.Namespace) -> int:
    """Return 0 meets or outside the rules, 1 breach, 2 bad input, 3 undecided or judge, 70 internal error."""
    try:
        on = date.fromisoformat(args.on) if args.on else date.today()  # noqa: DTZ011 - the day where the command runs
    except ValueError:
        problem = Problem("check.no_such_day", "--on", {"given": str(args.on)})
        return _refused(BadInput([problem]), args.lang)
    if args.format == "pdf" and not _can_write(args):
        problem = Problem("check.pdf_needs_folder", "--out", {"files": str(len(args.files))})
        return _refused(BadInput([problem]), args.lang)
    tried = [_tried(name, args, on, number) for number, name in enumerate(args.files, start=1)]
    if args.format == "json":
        shown = [each.plain(args.lang) for each in tried]
        json.dump(shown if len(args.files) > 1 else shown[0], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    elif args.format == "text":
        _print_text(tried, args)
    codes = {each.code for each in tried}
    return next(code for code in WORST_FIRST if code in codes)


class _Tried:
    """One file: its answer, or why there is none."""

    def __init__(self, name: str, code: int, found: dict[str, Any] | None, bad: BadInput | None = None) -> None:
        self.name, self.code, self.answer, self.bad = name, code, found, bad

    def plain(self, lang: str) -> dict[str, Any]:
        if self.answer is not None:
            return self.answer
        problems = [] if self.bad is None else problem_rows(self.bad, lang)
        return {"schema": "tillit.refusal/1", "file": self.name, "problems": problems}


def _tried(name: str, args: argparse.Namespace, on: date, number: int) -> _Tried:
    if len(args.files) > 1:
        _progress(number, len(args.files), name, args.lang)
    try:
        case = casefile.read_path(Path(name), vocabulary(), args.lang)
        check = check_case(case, as_of=on, edition=args.edition)
        found = answer(check, lang=args.lang, asked=args.asked, everything=args.everything)
        if args.format == "pdf":
            _write_pdf(found, case, name, args)
    except BadInput as bad:
        told = bad.in_file(name)
        _refused(told, args.lang)
        return _Tried(name, BAD_INPUT, None, told)
    except Exception:  # one file must not take the others with it; the exit code says that the fault is ours
        import traceback

        traceback.print_exc()
        sys.stderr.write(words.say("check.internal", args.lang, file=name) + "\n")
        return _Tried(name, INTERNAL, None)
    return _Tried(name, EXITS[found["outcome"]], found)


def _progress(number: int, total: int, name: str, lang: str) -> None:
    """Say on stderr which file is being tried: one line that is written over, where there is a terminal."""
    if sys.stderr.isatty():
        text = words.say("check.progress", lang, number=str(number), total=str(total), file=Path(name).name)
        sys.stderr.write(f"\r\x1b[2K{text}" + ("\r\x1b[2K" if number == total else ""))
        sys.stderr.flush()


def _refused(bad: BadInput, lang: str) -> int:
    sys.stderr.write("".join(f"{line}\n" for line in words.problem_lines(bad, lang)))
    return BAD_INPUT


def _can_write(args: argparse.Namespace) -> bool:
    if args.out is None:
        return len(args.files) == 1 and not sys.stdout.isatty()
    return len(args.files) == 1 or Path(args.out).is_dir()


def _write_pdf(found: dict[str, Any], case: Case, name: str, args: argparse.Namespace) -> None:
    from tillit.exchange.protocol import pdf
    from tillit.exchange.written import as_json

    data = pdf(found, as_json(case).encode(), lang=args.lang)
    if args.out is None:
        sys.stdout.buffer.write(data)
        return
    out = Path(args.out)
    target = out / f"{Path(name).stem}.pdf" if out.is_dir() else out
    target.write_bytes(data)
    sys.stderr.write(words.say("check.written", args.lang, file=str(target)) + "\n")


def _print_text(tried: Sequence[_Tried], args: argparse.Namespace) -> None:
    """Print one file's whole answer; of several, what to change in each and a table of them all."""
    from tillit.exchange.terminal import brief, overview, report

    colour = sys.stdout.isatty()
    answered = [(each.name, each.answer) for each in tried if each.answer is not None]
    if len(tried) == 1:
        for _, found in answered:
            sys.stdout.write(report(found, lang=args.lang, everything=args.everything, colour=colour))
        return
    for name, found in answered:
        sys.stdout.write(brief(name, found, lang=args.lang, colour=colour))
    rows = [(each.name, each.answer["outcome"] if each.answer else "refused", each.answer) for each in tried]
    sys.stdout.write("\n" + overview(rows, lang=args.lang))
