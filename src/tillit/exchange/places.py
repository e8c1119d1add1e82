"""Where something stands in a file, as people say it: "participant nr 2 (p2), uppgiften mode"."""

from collections.abc import Callable, Mapping
from typing import Any

from tillit.exchange.words import Lang, say

Path = tuple[str | int, ...]
Place = Callable[[Path], str]


def line_place(line: int, column: int, lang: Lang) -> str:
    """Return a line and a column, both counted from 1."""
    return say("place.line", lang, line=str(line), column=str(column))


def path_place(path: Path, raw: Mapping[str, Any], lang: Lang) -> str:
    """Return the place of a value in a case file as its writer would find it; `raw` gives the ids of records."""
    parts: list[str] = []
    for depth, step in enumerate(path):
        if isinstance(step, int):
            number = say("place.number", lang, kind=parts.pop() if parts else "", number=str(step + 1))
            parts.append(number + _own_id(path[: depth + 1], raw))
        elif depth and depth == len(path) - 1:
            parts.append(say("place.fact", lang, name=step))
        elif depth and path[0] == "records" and depth == 1:
            parts = [f"records.{step}"]
        else:
            parts.append(step)
    return ", ".join(parts)


def _own_id(path: Path, raw: Mapping[str, Any]) -> str:
    here: Any = raw
    for step in path:
        try:
            here = here[step]
        except (LookupError, TypeError):
            return ""
    own = here.get("id") if isinstance(here, Mapping) else None
    return f" ({own})" if isinstance(own, str) and own.isprintable() and 0 < len(own) <= 40 else ""


def place_in(raw: Mapping[str, Any], lang: Lang) -> Place:
    """Return the function that tells places in this case file."""
    return lambda path: path_place(path, raw, lang)
