"""A file of data read field by field: what is missing, unknown or of the wrong sort is said with file and place."""

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any


class BadTemplate(ValueError):
    """A file that comes with Tillit says something that it cannot: file, place, problem."""

    def __init__(self, name: str, place: str, problem: str) -> None:
        super().__init__(f"{name}: {place}: {problem}" if place else f"{name}: {problem}")


@dataclass(slots=True)
class Entry:
    """A table of the file. Every field is asked for by name; `closed` refuses those that nobody asked for."""

    name: str
    place: str
    table: dict[str, Any]
    _asked: set[str] = field(default_factory=set)

    def bad(self, key: str, problem: str) -> BadTemplate:
        """Return what is wrong with a field, with its place."""
        return BadTemplate(self.name, f"{self.place}.{key}" if self.place else key, problem)

    def _value(self, key: str, kind: type, default: Any) -> Any:
        self._asked.add(key)
        if key not in self.table:
            if default is None:
                raise self.bad(key, "is missing; write it")
            return default
        value = self.table[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.bad(key, f"is {value!r}; write a {kind.__name__}")
        return value

    def text(self, key: str, default: str | None = None, *, one_of: Collection[str] | None = None) -> str:
        """Return a text that is not empty, or the default; `one_of`: the values that are known."""
        value: str = self._value(key, str, default)
        if key in self.table and not value.strip():
            raise self.bad(key, "is empty; leave the line out where nothing is stated")
        if one_of is not None and key in self.table and value not in one_of:
            raise self.bad(key, f"is {value!r}; choose one of {', '.join(one_of)}")
        return value

    def whole(self, key: str) -> int | None:
        """Return a whole number above nothing, None when it is not stated."""
        if key not in self.table:
            self._asked.add(key)
            return None
        value: int = self._value(key, int, None)
        if value < 1:
            raise self.bad(key, f"is {value}; write a whole number from 1, or leave the line out")
        return value

    def truth(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        value: bool = self._value(key, bool, default)
        return value

    def words(self, key: str, *, needed: bool = True) -> dict[str, str]:
        """Return the words of a field in Swedish and English; both empty when they are not needed and not there."""
        if key not in self.table and not needed:
            self._asked.add(key)
            return {"sv": "", "en": ""}
        inner = Entry(self.name, f"{self.place}.{key}" if self.place else key, self._value(key, dict, None))
        found = {lang: inner.text(lang) for lang in ("sv", "en")}
        inner.closed()
        return found

    def several(self, key: str, *, one_of: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts, () when it is not there; none twice."""
        values = self._value(key, list, [])
        for value in values:
            if not isinstance(value, str) or (one_of is not None and value not in one_of):
                raise self.bad(key, f"holds {value!r}; choose among {', '.join(one_of or ('text',))}")
        if len(set(values)) < len(values):
            raise self.bad(key, "says the same thing twice; write it once")
        return tuple(values)

    def inner(self, key: str) -> "Entry":
        """Return a table within this one, empty when it is not there."""
        return Entry(self.name, f"{self.place}.{key}" if self.place else key, self._value(key, dict, {}))

    def has(self, key: str) -> bool:
        """Return whether a field is there."""
        return key in self.table

    def rows(self, key: str) -> Iterator["Entry"]:
        """Yield the tables of a list, each with its place counted from 1."""
        for place, row in enumerate(self._value(key, list, []), 1):
            if not isinstance(row, dict):
                raise self.bad(f"{key}[{place}]", "is no table; write [[" + key + "]]")
            yield Entry(self.name, f"{self.place}.{key}[{place}]" if self.place else f"{key}[{place}]", row)

    def closed(self) -> None:
        """Refuse fields that nobody asked for: a misspelt name is found here.

        :raises BadTemplate: there is one
        """
        for key in self.table:
            if key not in self._asked:
                raise self.bad(key, f"is not known; known are {', '.join(sorted(self._asked))}")


def opened(text: str, name: str) -> Entry:
    """Return a file's outermost table.

    :raises BadTemplate: it is not TOML
    """
    try:
        return Entry(name, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadTemplate(name, "", f"is not TOML: {error}") from error
