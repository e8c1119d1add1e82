"""Frozen dataclasses as JSON and back, exactly: what a flag rests on is stored, and the rule is run on it again.

Decimals, fractions and days are text ("0.90", "5/42", "2026-08-28"); numbers in JSON are whole. Nothing is rounded, so
what is read back is equal to what was written.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Facts = Mapping[str, Any]
T = TypeVar("T")


def facts_of(value: object) -> dict[str, Any]:
    """Return a dataclass as a JSON object with the names of its fields."""
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]


def plain(value: object) -> Any:
    """Return a value as JSON holds it.

    :raises TypeError: it is of a kind that would not come back the same, as a float
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if is_dataclass(value):
        return facts_of(value)
    raise TypeError(f"{type(value).__name__} cannot be stored as a fact")


def read_back(kind: type[T], stored: Facts) -> T:
    """Return the dataclass that `facts_of` wrote.

    :raises KeyError: a field is missing
    :raises ValueError: a field holds something else than its type says
    """
    types = get_type_hints(kind)
    known = {field.name: _read(types[field.name], stored[field.name]) for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**known)


def _read(kind: Any, stored: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if stored is None and NoneType in inner:
            return None
        return _read(next(each for each in inner if each is not NoneType), stored)
    if origin is tuple:
        parts = [inner[0]] * len(stored) if inner[-1] is Ellipsis else inner
        return tuple(_read(each, part) for each, part in zip(parts, stored, strict=True))
    return _one(kind, stored)


def _one(kind: Any, stored: Any) -> Any:
    if is_dataclass(kind):
        return read_back(kind, stored)  # type: ignore[arg-type]
    if kind is date:
        return date.fromisoformat(stored)
    if kind in (Decimal, Fraction):
        return kind(stored)
    if kind is bool and not isinstance(stored, bool):
        raise ValueError(f"{stored!r} is neither true nor false")
    return kind(stored)
