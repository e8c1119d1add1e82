"""Strict reading of the rulebook's own TOML: every key asked for by name, every other key refused."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NoReturn

from tillit.core.errors import RulebookError
from tillit.core.rulebook.model import Text
from tillit.core.text import nfc


class Table:
    """One TOML table that remembers which of its keys were read.

    Every method raises RulebookError naming file, place, key and remedy; `done` refuses what nobody read.
    """

    def __init__(self, raw: object, file: str, where: str) -> None:
        self.file, self.where = file, where
        self._seen: set[str] = set()
        if not isinstance(raw, dict):
            self.refuse("is not a table.", "Write it as [name] or [[name]].")
        self.raw: dict[str, object] = raw

    def refuse(self, problem: str, remedy: str) -> NoReturn:
        raise RulebookError(self.file, self.where, problem, remedy)

    def has(self, key: str) -> bool:
        return key in self.raw

    def take(self, key: str) -> object:
        """Return the value of a key that must be there."""
        if key not in self.raw:
            self.refuse(f"has no {key}.", f"Add {key}.")
        self._seen.add(key)
        return self.raw[key]

    def text(self, key: str) -> str:
        value = self.take(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{key} is {value!r}.", "Write it as text that says something.")
        return nfc(value.strip())

    def text_or(self, key: str, default: str | None = None) -> str | None:
        return self.text(key) if self.has(key) else default

    def choice(self, key: str, among: Sequence[str]) -> str:
        value = self.text(key)
        if value not in among:
            self.refuse(f"{key} is {value!r}.", f"Choose one of {', '.join(among)}.")
        return value

    def flag(self, key: str) -> bool:
        if not self.has(key):
            return False
        value = self.take(key)
        if not isinstance(value, bool):
            self.refuse(f"{key} is {value!r}.", "Write true or false.")
        return value

    def whole(self, key: str) -> int:
        value = self.take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(f"{key} is {value!r}.", "Write a whole number.")
        return value

    def day(self, key: str) -> date:
        value = self.take(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(f"{key} is {value!r}.", "Write a date, 2026-02-01.")
        return value

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key) if self.has(key) else []
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.refuse(f"{key} is {value!r}.", "Write a list of texts.")
        found = tuple(nfc(item) for item in value)
        if len(set(found)) != len(found):
            self.refuse(f"{key} holds a value twice.", "Remove one of them.")
        return found

    def words(self, key: str) -> Text:
        inner = self.table(key)
        found = Text(inner.text("sv"), inner.text("en"))
        inner.done()
        return found

    def words_or_none(self, key: str) -> Text | None:
        return self.words(key) if self.has(key) else None

    def table(self, key: str) -> "Table":
        return Table(self.take(key), self.file, f"{self.where}, {key}")

    def tables(self, key: str) -> Iterator["Table"]:
        """Return every table of an array, each named by its id or name, else by its number."""
        value = self.take(key) if self.has(key) else []
        if not isinstance(value, list):
            self.refuse(f"{key} is not a list of tables.", f"Write [[{key}]].")
        for number, raw in enumerate(value, start=1):
            name = raw.get("id") or raw.get("name") if isinstance(raw, dict) else None
            yield Table(raw, self.file, f"{self.where}{', ' if self.where else ''}{key} {name or number}")

    def items(self) -> Iterator[tuple[str, object]]:
        """Return every key with its value, all of them read."""
        self._seen.update(self.raw)
        return iter(self.raw.items())

    def done(self) -> None:
        """Refuse keys that nobody has read."""
        unknown = sorted(set(self.raw) - self._seen)
        if unknown:
            self.refuse(f"has the unknown key {unknown[0]}.", "Correct its spelling, or remove it.")
