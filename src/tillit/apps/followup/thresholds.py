"""The thresholds that a partnership judges by on a day: those of the rules, changed by what it has decided."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from tillit.apps.followup.models import Thresholds
from tillit.apps.partnerships.models import CURRENT, Partnership
from tillit.core.indicators.deviation import RULES

JudgedBy = Callable[[date], Mapping[str, Any]]
"""The thresholds of every rule that hold on a day, as the core's own dataclasses.

What is of a period is judged by those of its last day: what is decided later never judges it anew.
"""


def decided(partnership: Partnership) -> JudgedBy:
    """Return the thresholds that hold on a day, for any day. One query.

    A decision holds from its day until a later one of the same rule; what it does not name is the rule's own.
    """
    return by_day(Thresholds.objects.filter(CURRENT, partnership=partnership).order_by("starts_on"))


def by_day(decided: Iterable[Thresholds]) -> JudgedBy:
    """Return the thresholds of any day, of decisions that stand, the earliest first."""
    rows = tuple(decided)
    return cache(lambda day: in_force(row for row in rows if row.starts_on <= day))


def thresholds(partnership: Partnership, today: date) -> Mapping[str, Any]:
    """Return the thresholds of every rule on a day. One query."""
    return decided(partnership)(today)


def in_force(decided: Iterable[Thresholds]) -> dict[str, Any]:
    """Return the thresholds of every rule, the last decision of each winning."""
    found: dict[str, Any] = {rule: RULES[rule].thresholds() for rule in RULES}
    for row in decided:
        if row.rule in found:
            found[row.rule] = with_params(row.rule, row.params)
    return found


def with_params(rule: str, params: Mapping[str, Any]) -> Any:
    """Return a rule's thresholds with some of them changed, values as the core stores them.

    :raises ValueError: a name is none of the rule's, or a value is not of its kind
    """
    kind = RULES[rule].thresholds
    types = get_type_hints(kind)
    unknown = set(params) - {field.name for field in fields(kind)}
    if unknown:
        raise ValueError(f"{rule} has no {min(unknown)}")
    return replace(kind(), **{name: _read(types[name], value) for name, value in params.items()})


def _read(kind: Any, value: Any) -> Any:
    """Return a stored value as its field has it.

    :raises ValueError: it is of another kind
    """
    if get_origin(kind) in (Union, UnionType):
        if value is None:
            return None
        kind = next(each for each in get_args(kind) if each is not type(None))
    if kind is bool:
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is neither true nor false")
        return value
    try:
        read = kind(value)
    except (ArithmeticError, TypeError, ValueError) as error:
        raise ValueError(f"{value!r} is no number") from error
    if isinstance(read, Decimal) and not read.is_finite():
        raise ValueError(f"{value!r} is no number")
    return read
