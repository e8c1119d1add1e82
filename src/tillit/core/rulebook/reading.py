"""What reading a case goes by: the vocabulary, places in words, and the problems found so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from tillit.core.errors import Problem
from tillit.core.rulebook.facts import Value
from tillit.core.rulebook.model import Fact, Vocabulary
from tillit.core.rulebook.read_value import Refused, read_value, shown, text_value
from tillit.core.text import nfc, personal_number_in

Path = tuple[str | int, ...]
Place = Callable[[Path], str]


def plain_place(path: Path) -> str:
    """Return a path as people count: `participant 2, mode`; numbers in a path are positions from 0."""
    parts = [str(part + 1) if isinstance(part, int) else part for part in path]
    if len(path) > 1 and isinstance(path[1], int):
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    return ", ".join(parts) or "-"


@dataclass(slots=True)
class Reading:
    vocabulary: Vocabulary
    place: Place
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, path: Path, **args: str) -> None:
        self.problems.append(Problem(code, self.place(path), args))

    def table(self, raw: object, path: Path) -> Mapping[str, object]:
        if raw is None:
            return {}
        if not isinstance(raw, Mapping):
            self.refuse("case.not_a_table", path)
            return {}
        return cast(Mapping[str, object], raw)

    def only(self, raw: Mapping[str, object], known: "tuple[str, ...] | list[str]", path: Path) -> None:
        for key in raw:
            if personal_number_in(key):
                self.refuse("case.personal_number", path)
            elif key not in known:
                self.refuse("case.unknown_key", (*path, shown(key)), key=shown(key), nearest=nearest(key, known))

    def text(self, raw: object, path: Path) -> str:
        try:
            return text_value(raw)
        except Refused as refused:
            self.refuse(refused.code, path, **refused.args_)
            return ""

    def value(self, fact: Fact, raw: object, path: Path) -> Value | None:
        try:
            return read_value(fact, raw)
        except Refused as refused:
            self.refuse(refused.code, path, fact=fact.name, **refused.args_)
            return None


def day_of(reading: Reading, raw: object, path: Path) -> date | None:
    if raw is None:
        return None
    fact = Fact(str(path[-1]), "case", "date", "observed")
    return cast("date | None", reading.value(fact, raw, path))


def nearest(key: str, known: "tuple[str, ...] | list[str]") -> str:
    """Return the known name that looks most like `key`, or "" when none is near."""
    from difflib import get_close_matches

    found = get_close_matches(nfc(key).lower(), known, n=1, cutoff=0.6)
    return found[0] if found else ""
