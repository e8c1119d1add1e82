"""The editions that are here, and which of them is in force on a day."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from tillit.core.errors import BadInput, Problem, RulebookError
from tillit.core.rulebook.load import load_edition
from tillit.core.rulebook.load_vocabulary import load_vocabulary
from tillit.core.rulebook.model import Edition, Vocabulary

FOLDERS: Mapping[str, str] = {
    "samverkansregler/3.0": "samverkansregler-3.0",
    "samverkansregler/2.0": "samverkansregler-2.0",
    "samverkansregler/1.0": "samverkansregler-1.0",
    "specifikation/3.0": "specifikation-3.0",
}
IN_FORCE: tuple[tuple[str, date, date | None], ...] = (
    ("samverkansregler/1.0", date(2014, 1, 1), date(2019, 12, 31)),
    ("samverkansregler/2.0", date(2020, 1, 1), date(2026, 1, 31)),
    ("samverkansregler/3.0", date(2026, 2, 1), None),
    ("specifikation/3.0", date(2026, 2, 1), None),
)
"""Which edition was in force when, by line, so that a check need not open them all; a test holds it to their own files.

The agreement's own line comes first; the others apply beside it.
"""
AGREEMENT = "samverkansregler"


def data() -> Traversable:
    """Return the folder of the rulebooks' data."""
    return files("tillit.core.rulebook") / "data"


def read_folder(folder: Traversable) -> dict[str, dict[str, object]]:
    """Return every TOML file of a folder, parsed, by name in order.

    :raises RulebookError: a file cannot be read as TOML
    """
    found: dict[str, dict[str, object]] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            try:
                found[entry.name] = tomllib.loads(entry.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise RulebookError(entry.name, "file", f"{error}.", "Correct the TOML.") from error
    return found


@cache
def vocabulary() -> Vocabulary:
    """Return the record kinds and facts that every edition speaks of."""
    return load_vocabulary(read_folder(data() / "uppgifter"))


@cache
def edition(id_: str) -> Edition:
    """Return an edition by its id.

    :raises BadInput: there is no such edition
    """
    if id_ not in FOLDERS:
        raise BadInput([Problem("edition.unknown", "edition", {"edition": id_, "known": ", ".join(FOLDERS)})])
    return load_edition(read_folder(data() / FOLDERS[id_]), vocabulary())


def newest(line: str = AGREEMENT) -> str:
    """Return the newest edition of a line."""
    return [id_ for id_, _, _ in IN_FORCE if id_.startswith(f"{line}/")][-1]


def newest_of_each_line() -> tuple[str, ...]:
    """Return the newest edition of every line, the agreement's first."""
    return tuple(dict.fromkeys(newest(id_.partition("/")[0]) for id_, _, _ in IN_FORCE))


def editions_for(first: date, last: date) -> tuple[str, ...]:
    """Return the editions of every line in force on any day of a period: the agreement's, oldest first, then others'.

    :raises BadInput: the period begins before the first edition that is here
    """
    found = tuple(id_ for id_, since, until in IN_FORCE if since <= last and (until is None or until >= first))
    if not found or first < IN_FORCE[0][1]:
        earliest = IN_FORCE[0][1].isoformat()
        raise BadInput(
            [Problem("edition.none_in_force", "case.starts_on", {"day": first.isoformat(), "earliest": earliest})]
        )
    return found
