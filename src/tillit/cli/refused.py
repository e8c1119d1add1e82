"""What an analyst's command says of input that cannot be used: to people on stderr, to programs as JSON on stdout."""

import json
import sys

from tillit.core.errors import BadInput
from tillit.exchange.words import problem_lines

BAD_INPUT = 2


def refused(bad: BadInput, *, file: str, lang: str, form: str) -> int:
    """Return exit code 2, when file, place, problem and remedy have been told."""
    sys.stderr.write("".join(f"{line}\n" for line in problem_lines(bad, lang)))
    if form == "json":
        from tillit.exchange.refusal import problem_rows

        plain = {"schema": "tillit.refusal/1", "file": file, "problems": problem_rows(bad, lang)}
        json.dump(plain, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    return BAD_INPUT
