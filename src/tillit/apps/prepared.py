"""Queries that are asked at every visit: their SQL is made once, and their rows become instances without detours.

For a page of some hundred rows Django spends more time on making SQL, and on making every row's objects anew, than the
database on its answer. A prepared query gives the same rows by the same SQL as the queryset that it is made from:

    @prepared
    def _organs(partnership: UUID, today: date) -> QuerySet[Organ]:
        return Organ.objects.filter(partnership=partnership, starts_on__lte=today).select_related("level")

    organs = _organs(partnership.pk, today)

Keys, days and texts are what differs from time to time; whatever else is given (also None) has SQL of its own. They go
into the query as they are given: what is counted from one of them must be given by itself, and a query that counts, or
has SQL that depends on the value of one of them, is refused when it is made.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from inspect import signature
from itertools import chain
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import DateField, QuerySet, TextField, UUIDField
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, ValuesListIterable

Given = ParamSpec("Given")
Row = TypeVar("Row")
Made = tuple[str, tuple[object, ...], Any]
SHAPES = 100
"""How much SQL one prepared query keeps; where there is more, it should not have been prepared."""
_SENT: dict[type, Any] = {UUID: UUIDField(), date: DateField(), str: TextField()}
"""What differs from time to time, and the field by which it is sent to the database."""
_MARKS: dict[type, Callable[[int], object]] = {
    UUID: lambda n: UUID(int=2**128 - 2**64 + n),
    date: lambda n: date(1700 + n, 2, 3),
    str: lambda n: f"\ue000{n}",
}
"""Values that nobody gives: where they are found in the parameters, there is a place for what is given."""
_NEVER_CHANGED = (UUID, date, Decimal, bool)
"""What may be the same object in many rows."""


def prepared(make: "Callable[Given, QuerySet[Any, Row]]") -> Callable[Given, list[Row]]:
    """Return a function that reads the rows, instances or tuples, of the queryset that `make` returns. One query."""
    names = tuple(signature(make).parameters)
    known: dict[object, _Prepared] = {}

    @wraps(make)
    def rows(*args: Given.args, **kwargs: Given.kwargs) -> list[Row]:
        given = dict(zip(names, args, strict=False)) | kwargs
        shape = tuple((name, type(each) if type(each) in _SENT else each) for name, each in given.items())
        ready = known.get(shape)
        if ready is None:
            if len(known) >= SHAPES:
                known.clear()
            ready = known[shape] = _prepare(make, given)
        return list(ready.rows(given))

    return rows


def read(rows: "QuerySet[Any, Row]") -> list[Row]:
    """Return the rows of a queryset that is not asked often enough to be prepared. One query."""
    made = _made(rows)
    return list(_Prepared(rows, made, {}).rows({})) if made is not None else []


class _Prepared:
    """A query as SQL. `spots`: the names of what is given, by their places among the parameters."""

    def __init__(self, rows: "QuerySet[Any, Any]", made: Made | None, spots: Mapping[int, str]) -> None:
        self._made, self._spots, self._alias, self._sort = made, spots, rows.db, rows._iterable_class
        if self._sort not in (ModelIterable, ValuesListIterable):
            raise TypeError("Only instances and tuples can be prepared.")
        self._plan = _plan(made[2], made[2].klass_info) if made and self._sort is ModelIterable else None

    def rows(self, given: Mapping[str, Any]) -> Iterable[Any]:
        if self._made is None:
            return ()
        sql, params, compiler = self._made
        sent = list(params)
        ready = copy(compiler)  # as it is once it has made the SQL; the connection is that of the thread
        ready.connection = connections[self._alias]
        for place, name in self._spots.items():
            sent[place] = _SENT[type(given[name])].get_db_prep_value(given[name], ready.connection)
        ready.as_sql = lambda: (sql, tuple(sent))
        if self._plan is None:
            return ready.results_iter(tuple_expected=True)  # type: ignore[no-any-return]
        maker = _Maker(self._plan, ready.connection)
        return map(maker.make, chain.from_iterable(ready.execute_sql()))


def _made(rows: "QuerySet[Any, Any]") -> Made | None:
    """Return SQL with its parameters, and the compiler that made it; None where there can be no rows."""
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(params), compiler


def _prepare(make: "Callable[..., QuerySet[Any, Any]]", given: Mapping[str, Any]) -> _Prepared:
    """Return a query for what is given like this; made twice, of different marks, to see that no more than they differ.

    :raises ValueError: the SQL depends on what is given, or has something that is counted from it
    """
    rounds = []
    for start in (0, len(given)):
        marks = {
            name: _MARKS[type(each)](number) if type(each) in _SENT else each
            for number, (name, each) in enumerate(given.items(), start)
        }
        rows = make(**marks)
        made, sent = _made(rows), {}
        for name, mark in marks.items():
            if type(mark) in _SENT:
                sent[_SENT[type(mark)].get_db_prep_value(mark, connections[rows.db])] = name
        params = made[1] if made else ()
        spots = {n: sent[each] for n, each in enumerate(params) if type(each) in (str, UUID, date) and each in sent}
        rest = [each for n, each in enumerate(params) if n not in spots]
        rounds.append((made and made[0], spots, rest, rows, made))
    if rounds[0][:3] != rounds[1][:3]:
        raise ValueError("The query depends on what is given, or counts from it.")
    _sql, spots, _rest, rows, made = rounds[0]
    return _Prepared(rows, made, spots)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a row becomes an instance: its columns from `first` and on, those to convert, what comes along with it.

    `key`: the column of the primary key. `shared`: an instance with the same key is the same object in all rows.
    """

    model: Any
    first: int
    names: tuple[str, ...]
    converted: tuple[tuple[str, tuple[Any, ...], Any], ...]
    added: tuple[tuple[str, int, tuple[Any, ...], Any], ...]
    related: tuple["_Plan", ...]
    key: int = 0
    shared: bool = False
    put: Any = None
    put_back: Any = None


def _plan(compiler: Any, told: Mapping[str, Any]) -> _Plan:
    columns = [each[0] for each in compiler.select]
    convert = compiler.get_converters(columns)
    first, last = told["select_fields"][0], told["select_fields"][-1]
    if list(told["select_fields"]) != list(range(first, last + 1)):
        raise TypeError("A model that is part of another cannot be prepared.")
    names = tuple(each.target.attname for each in columns[first : last + 1])
    own = ((name, convert[n]) for n, name in enumerate(names, first) if n in convert)
    above = "local_setter" not in told
    added = compiler.annotation_col_map or {} if above else {}
    return _Plan(
        told["model"],
        first,
        names,
        tuple((name, tuple(by), column) for name, (by, column) in own),
        tuple((name, n, *(convert.get(n) or ((), None))) for name, n in added.items()),
        tuple(_plan(compiler, each) for each in told.get("related_klass_infos", ())),
        first + names.index(told["model"]._meta.pk.attname),
        not above and not told["reverse"] and not told["field"].unique,
        told.get("local_setter"),
        told.get("remote_setter"),
    )


class _Maker:
    """Makes the instances of one answer. What is the same in many rows, keys and days too, is made once."""

    def __init__(self, plan: _Plan, connection: Any) -> None:
        self._plan, self._connection, self._last = plan, connection, plan.first + len(plan.names)
        self._columns: list[tuple[str, tuple[Any, ...], Any, dict[object, Any]]]
        self._columns = [(*each, {}) for each in plan.converted]
        self._related = [(each, _Maker(each, connection), dict[object, Any]()) for each in plan.related]

    def make(self, row: Any) -> Any:
        """Return an instance as it comes from the database, made as Django makes one from a pickle: no `__init__`."""
        plan = self._plan
        values = dict(zip(plan.names, row[plan.first : self._last], strict=True))
        for name, by, column, known in self._columns:
            raw = values[name]
            if raw is not None:
                values[name] = known[raw] if raw in known else self._converted(raw, by, column, known)
        made, state = plan.model.__new__(plan.model), ModelState()
        state.adding, state.db = False, self._connection.alias
        values["_state"] = state
        made.__dict__ = values
        for each, maker, shared in self._related:
            key = row[each.key]
            other = shared.get(key)
            if other is None and key is not None:
                other = maker.make(row)
                if each.shared:
                    shared[key] = other
                else:
                    each.put_back(other, made)
            each.put(made, other)
        for name, place, by, column in plan.added:
            setattr(made, name, self._converted(row[place], by, column))
        return made

    def _converted(self, raw: Any, by: Iterable[Any], column: Any, known: dict[object, Any] | None = None) -> Any:
        value = raw
        for convert in by:
            value = convert(value, column, self._connection)
        if known is not None and isinstance(value, _NEVER_CHANGED):
            known[raw] = value
        return value
