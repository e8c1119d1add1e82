"""The command `tillit`: finds the module of the command that was asked for and runs it, and loads nothing else.

Trying a case has to answer at once, so no command pays for what another one imports: each lives in a module of
its own with `add_arguments(parser)` and `run(args) -> int`. Django is never loaded here; serve, demo and manage
start it as a process.
"""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import TextIO

INTERNAL_ERROR = 70
BAD_INPUT = 2
STOPPED = 130

COMMANDS = {
    "check": "try one or more case files against the agreement",
    "facts": "the facts that a case can hold",
    "template": "an Excel file to fill in",
    "rules": "list, show, coverage and test of the rules, the official text",
    "spc": "limits and signals of a series of figures",
    "forecast": "where a series of figures is heading",
    "measurability": "what goals lack before they can be measured",
    "demo": "a site to try on this computer",
    "serve": "the site in operation",
    "manage": "Django's own commands (migrate, collectstatic, ...)",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit code of the command in `argv`: 70 when the fault is ours, whatever happened."""
    _speak_utf8(sys.stdout, sys.stderr)
    try:
        code = _dispatch(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # The reader (head, less) has what it wanted. Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        import traceback

        traceback.print_exc()
        sys.stderr.write("tillit: internal error. Please report it, with the lines above but no case file.\n")
        return INTERNAL_ERROR
    return code


def _dispatch(argv: list[str]) -> int:
    if not argv or argv[0] in {"-h", "--help", "help"}:
        sys.stdout.write(_overview())
        return 0
    name, rest = argv[0], argv[1:]
    if name == "--version":
        sys.stdout.write(f"tillit {_version()}\n")
        return 0
    if name not in COMMANDS:
        sys.stderr.write(f"tillit: there is no command {name!r}. There are: {', '.join(COMMANDS)}.\n")
        return BAD_INPUT
    module = _load(name)
    # manage hands everything on to Django, its --help too.
    parser = argparse.ArgumentParser(prog=f"tillit {name}", description=module.__doc__, add_help=name != "manage")
    module.add_arguments(parser)
    try:
        args = parser.parse_args(rest)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else BAD_INPUT
    code: int = module.run(args)
    return code


def _load(name: str) -> ModuleType:
    return importlib.import_module(f"tillit.cli.{name}")


def _overview() -> str:
    lines = "".join(f"  {name:<13} {purpose}\n" for name, purpose in COMMANDS.items())
    return f"tillit COMMAND\n\n{lines}\ntillit COMMAND --help tells more about a command.\n"


def _version() -> str:
    from importlib.metadata import version

    return version("tillit")


def _speak_utf8(*streams: TextIO) -> None:
    """Answers are in Swedish, so they are UTF-8 even where the terminal's locale is C or Latin-1."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")
