"""The typed tree of an expression, which every back end is made from.

Types: bool, int, decimal (whole hundredths), date (days since 1970-01-01), datetime (microseconds since then),
enum, text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

Type = Literal["bool", "int", "decimal", "date", "datetime", "enum", "text"]
TYPES: tuple[Type, ...] = ("bool", "int", "decimal", "date", "datetime", "enum", "text")
ORDERED: tuple[Type, ...] = ("int", "decimal", "date", "datetime")
EPOCH = date(1970, 1, 1).toordinal()
INT64 = 2**62
"""Bound that no number on the way may pass, so that 64-bit back ends never wrap."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a name means: its type, how its absence counts and whether it is known by bounds only."""

    name: str
    type: Type
    values: tuple[str, ...] = ()
    missing: Literal["U", "J"] = "U"
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class Constant:
    type: Type
    value: bool | int | str

    def facts(self) -> Iterator[str]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Name:
    symbol: Symbol

    @property
    def type(self) -> Type:
        return self.symbol.type

    def facts(self) -> Iterator[str]:
        yield self.symbol.name


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left op right` in whole numbers of `type`; `*` has an int as its right factor."""

    op: Literal["+", "-", "*"]
    left: "Node"
    right: "Node"
    type: Type

    def facts(self) -> Iterator[str]:
        yield from self.left.facts()
        yield from self.right.facts()


@dataclass(frozen=True, slots=True)
class Compare:
    op: Literal["==", "!=", "<", "<=", ">", ">="]
    left: "Node"
    right: "Node"
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        yield from self.left.facts()
        yield from self.right.facts()


@dataclass(frozen=True, slots=True)
class In:
    item: "Node"
    values: tuple[int | str, ...]
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        yield from self.item.facts()


@dataclass(frozen=True, slots=True)
class Not:
    item: "Node"
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        yield from self.item.facts()


@dataclass(frozen=True, slots=True)
class And:
    items: tuple["Node", ...]
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        for item in self.items:
            yield from item.facts()


@dataclass(frozen=True, slots=True)
class Or:
    items: tuple["Node", ...]
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        for item in self.items:
            yield from item.facts()


Node = Constant | Name | Arithmetic | Compare | In | Not | And | Or
TRUE = Constant("bool", True)


def day_number(day: date) -> int:
    """Return a day as whole days since 1970-01-01."""
    return day.toordinal() - EPOCH


def day_of_number(number: int) -> date:
    """Return the day that `day_number` made a number of."""
    return date.fromordinal(number + EPOCH)


def moment_number(moment: datetime) -> int:
    """Return a local moment as whole microseconds since 1970-01-01 00:00, without a time zone."""
    since = moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def walk(node: Node) -> Iterator[Node]:
    """Return every node of a tree, the root first."""
    yield node
    match node:
        case And(items=items) | Or(items=items):
            for item in items:
                yield from walk(item)
        case Not(item=item) | In(item=item):
            yield from walk(item)
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            yield from walk(left)
            yield from walk(right)


def symbols(node: Node) -> dict[str, Symbol]:
    """Return every symbol of a tree by its name, in order of appearance."""
    return {found.symbol.name: found.symbol for found in walk(node) if isinstance(found, Name)}
