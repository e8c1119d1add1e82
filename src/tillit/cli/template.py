"""Write an Excel file to fill in: the template of a case, empty or filled in with a case that you have."""

import argparse
import os
import sys
from pathlib import Path

from tillit.core.errors import BadInput
from tillit.exchange import words
from tillit.exchange.words import problem_lines, say

BAD_INPUT = 2
DEFAULT_NAMES = {"sv": "tillit-mall.xlsx", "en": "tillit-template.xlsx"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add language, where to write, and the case to fill in."""
    parser.add_argument("--lang", default="sv", choices=words.LANGUAGES)
    parser.add_argument("--out", metavar="FILE", help="where it goes (default: tillit-mall.xlsx here; - is stdout)")
    parser.add_argument("--from", dest="case", metavar="CASE", help="fill it in with this case file")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def run(args: argparse.Namespace) -> int:
    """Return 0, or 2 when the case cannot be read or the file cannot be written."""
    try:
        data = _data(args)
    except BadInput as bad:
        sys.stderr.write("".join(f"{line}\n" for line in problem_lines(bad, args.lang)))
        return BAD_INPUT
    if args.out == "-":
        sys.stdout.buffer.write(data)
        return 0
    name = args.out or DEFAULT_NAMES[args.lang]
    code = _write(Path(name), data, force=args.force)
    sys.stderr.write(say(f"command.template_{code}", args.lang, file=name) + "\n")
    return 0 if code == "written" else BAD_INPUT


def _data(args: argparse.Namespace) -> bytes:
    from tillit.exchange import casefile, template

    if args.case is None:
        return template.workbook(args.lang)
    return template.filled(casefile.read_path(args.case, lang=args.lang), args.lang)


def _write(path: Path, data: bytes, *, force: bool) -> str:
    """Return which words tell how it went: written, exists or unwritable."""
    try:
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | (os.O_TRUNC if force else os.O_EXCL)
        with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
            file.write(data)
    except FileExistsError:
        return "exists"
    except OSError:
        return "unwritable"
    return "written"
