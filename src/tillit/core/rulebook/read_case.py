"""A case from plain tables, as TOML, JSON or a spreadsheet hold it: every refusal of the contract, all at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from tillit.core.errors import BadInput, Problem
from tillit.core.rulebook.facts import Case, Judgement, Record, RecordList, Value
from tillit.core.rulebook.model import COLLABORATION, PHASES, RECORD_KINDS, Fact, Kind, Phase, Vocabulary
from tillit.core.rulebook.read_value import Refused, read_value, text_value
from tillit.core.text import nfc, personal_number_in

SCHEMA = "tillit.case/1"
Path = tuple[str | int, ...]
Place = Callable[[Path], str]
CHILDREN = RECORD_KINDS[1:]
HEADER = ("title", "phase", "starts_on", "ends_on", "description")
JUDGEMENT = ("fact", "record", "value", "by", "on", "why")


def plain_place(path: Path) -> str:
    """Return a path as people count: `participant 2, mode`; numbers in a path are positions from 0."""
    parts = [str(part + 1) if isinstance(part, int) else part for part in path]
    if len(path) > 1 and isinstance(path[1], int):
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    return ", ".join(parts) or "-"


@dataclass(slots=True)
class _Reading:
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
                self.refuse("case.unknown_key", (*path, key), key=key, nearest=nearest(key, known))

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


def read_case(raw: object, vocabulary: Vocabulary, *, place: Place = plain_place) -> Case:
    """Return the case that plain tables hold.

    `place` turns a path of keys and positions (from 0) into words about the file it came from.

    :raises BadInput: with every problem found, each with its place
    """
    reading = _Reading(vocabulary, place)
    top = reading.table(raw, ())
    reading.only(top, ["schema", "case", "records", "judgement", COLLABORATION, *CHILDREN], ())
    if top.get("schema") != SCHEMA:
        reading.refuse("case.schema", ("schema",), given=str(top.get("schema", "")), expected=SCHEMA)
    header = _header(reading, reading.table(top.get("case"), ("case",)), "case" in top)
    own = _record(reading, vocabulary.kinds[COLLABORATION], top.get(COLLABORATION, {}), (COLLABORATION,), "")
    lists = _lists(reading, top)
    keys = {own.key, *(record.key for listing in lists.values() for record in listing.records)}
    _references(reading, [own], keys, lambda record: (COLLABORATION,))
    for kind, listing in lists.items():
        positions = {record.key: position for position, record in enumerate(listing.records)}
        _references(reading, listing.records, keys, lambda record, k=kind, p=positions: (k, p[record.key]))  # type: ignore[misc]
    judgements = _judgements(reading, top.get("judgement"), keys)
    if reading.problems:
        raise BadInput(reading.problems)
    title, phase, starts_on, ends_on, description = header
    return Case(title, phase, starts_on, ends_on, own, lists, judgements, description)


def _header(reading: _Reading, raw: Mapping[str, object], there: bool) -> tuple[str, Phase, date, date, str]:
    if not there:
        reading.refuse("case.no_header", ("case",))
        return "", "planned", date.min, date.max, ""
    reading.only(raw, HEADER, ("case",))
    for key in ("title", "phase", "starts_on"):
        if raw.get(key) in (None, ""):
            reading.refuse("case.missing_key", ("case", key), key=key)
    title = reading.text(raw.get("title", "-"), ("case", "title"))
    description = reading.text(raw["description"], ("case", "description")) if "description" in raw else ""
    phase = raw.get("phase", "planned")
    if phase not in PHASES:
        reading.refuse("case.undeclared_value", ("case", "phase"), given=str(phase), values=", ".join(PHASES))
        phase = "planned"
    starts_on = _day(reading, raw.get("starts_on"), ("case", "starts_on")) or date.min
    ends_on = _day(reading, raw.get("ends_on", raw.get("starts_on")), ("case", "ends_on")) or starts_on
    if ends_on < starts_on:
        reading.refuse(
            "case.ends_before_start", ("case", "ends_on"), start=starts_on.isoformat(), end=ends_on.isoformat()
        )
    return title, cast(Phase, phase), starts_on, ends_on, description


def _day(reading: _Reading, raw: object, path: Path) -> date | None:
    if raw is None:
        return None
    fact = Fact(str(path[-1]), "case", "date", "observed")
    return cast("date | None", reading.value(fact, raw, path))


def _record(reading: _Reading, kind: Kind, raw: object, path: Path, id_: str) -> Record:
    table = reading.table(raw, path)
    known = [*kind.facts] if kind.name == COLLABORATION else ["id", *kind.facts]
    values: dict[str, Value] = {}
    reading.only({key: 0 for key in table if key not in kind.derived}, known, path)
    for name, given in table.items():
        fact = kind.facts.get(name)
        if name in kind.derived:
            reading.refuse("case.derived_given", (*path, name), fact=name)
        elif fact is not None and fact.kind == "assessed":
            reading.refuse(
                "case.assessed_given", (*path, name), fact=name, record=f"{kind.name}:{id_}" if id_ else kind.name
            )
        elif fact is not None:
            value = reading.value(fact, given, (*path, name))
            if value is not None:
                values[name] = value
    if "currency" in kind.facts and "currency" not in values and any(kind.facts[name].is_money for name in values):
        values["currency"] = "SEK"
    return Record(kind.name, id_ or COLLABORATION, values)


def _lists(reading: _Reading, top: Mapping[str, object]) -> dict[str, RecordList]:
    wholeness = reading.table(top.get("records"), ("records",))
    reading.only(wholeness, CHILDREN, ("records",))
    return {
        kind: _list(reading, kind, top.get(kind), wholeness.get(kind))
        for kind in CHILDREN
        if kind in top or kind in wholeness
    }


def _list(reading: _Reading, kind: str, raw: object, wholeness: object) -> RecordList:
    said = reading.table(wholeness, ("records", kind))
    reading.only(said, ("complete", "total"), ("records", kind))
    complete, total = said.get("complete"), said.get("total")
    if complete is not None and not isinstance(complete, bool):
        reading.refuse("case.wrong_type", ("records", kind, "complete"), expected="bool", given=str(complete))
        complete = None
    if total is not None and (isinstance(total, bool) or not isinstance(total, int) or not 0 <= total <= 10**12):
        reading.refuse("case.wrong_type", ("records", kind, "total"), expected="int", given=str(total))
        total = None
    listed = raw if isinstance(raw, list) else []
    if raw is not None and not isinstance(raw, list):
        reading.refuse("case.not_a_list", (kind,), kind=kind)
    records = []
    for position, each in enumerate(listed):
        records.append(
            _record(reading, reading.vocabulary.kinds[kind], each, (kind, position), _id(reading, each, kind, position))
        )
    _ids_once(reading, kind, [record.id for record in records])
    if total is not None and total < len(records):
        reading.refuse("case.total_too_small", ("records", kind, "total"), total=str(total), listed=str(len(records)))
    if complete is False and total == len(records):
        reading.refuse("case.whole_or_not", ("records", kind, "complete"), total=str(total))
    return RecordList(tuple(records), complete, total)


def _id(reading: _Reading, raw: object, kind: str, position: int) -> str:
    if not isinstance(raw, Mapping) or "id" not in raw:
        return str(position + 1)
    given = reading.text(raw["id"], (kind, position, "id"))
    if not given or ":" in given or given == "*" or len(given) > 100:
        reading.refuse("case.bad_id", (kind, position, "id"), given=given)
        return str(position + 1)
    return given


def _ids_once(reading: _Reading, kind: str, ids: list[str]) -> None:
    for position, each in enumerate(ids):
        if each in ids[:position]:
            reading.refuse("case.id_twice", (kind, position, "id"), id=each)


def _references(
    reading: _Reading, records: "tuple[Record, ...] | list[Record]", keys: set[str], path: Callable[[Record], Path]
) -> None:
    for record in records:
        for name, value in record.values.items():
            fact = reading.vocabulary.kinds[record.kind].facts.get(name)
            if fact is None or not (fact.refers_to or fact.format == "record"):
                continue
            target = f"{fact.refers_to}:{value}" if fact.refers_to else str(value)
            if target not in keys:
                reading.refuse("case.no_such_record", (*path(record), name), target=str(value))


def _judgements(reading: _Reading, raw: object, keys: set[str]) -> tuple[Judgement, ...]:
    if raw is not None and not isinstance(raw, list):
        reading.refuse("case.not_a_list", ("judgement",), kind="judgement")
        return ()
    found = [
        judgement
        for position, each in enumerate(cast(list[object], raw or []))
        if (judgement := _judgement(reading, each, ("judgement", position), keys)) is not None
    ]
    for position, each in enumerate(found):
        same = [
            other
            for other in found[:position]
            if (other.fact, other.record, other.on) == (each.fact, each.record, each.on)
        ]
        if any(other.value != each.value for other in same):
            reading.refuse("case.judged_both_ways", ("judgement", position), fact=each.fact, record=each.record)
    return tuple(found)


def _judgement(reading: _Reading, raw: object, path: Path, keys: set[str]) -> Judgement | None:
    table = reading.table(raw, path)
    before = len(reading.problems)
    reading.only(table, JUDGEMENT, path)
    for key in JUDGEMENT:
        if table.get(key) is None or (isinstance(table.get(key), str) and not str(table[key]).strip()):
            reading.refuse("case.judgement_lacks", (*path, key), key=key)
    if len(reading.problems) > before:
        return None
    fact_name, record = reading.text(table["fact"], (*path, "fact")), reading.text(table["record"], (*path, "record"))
    kind = reading.vocabulary.kinds.get(record.partition(":")[0])
    fact = kind.facts.get(fact_name) if kind else None
    if record not in keys:
        reading.refuse("case.no_such_record", (*path, "record"), target=record)
    elif fact is None:
        known = [name for name, each in kind.facts.items() if each.kind == "assessed"] if kind else []
        reading.refuse("case.unknown_judgement", (*path, "fact"), fact=fact_name, nearest=nearest(fact_name, known))
    elif fact.kind != "assessed":
        reading.refuse("case.judgement_of_observed", (*path, "fact"), fact=fact_name)
    value = table["value"]
    if not isinstance(value, bool):
        reading.refuse("case.wrong_type", (*path, "value"), expected="bool", given=str(value))
    by, why = reading.text(table["by"], (*path, "by")), reading.text(table["why"], (*path, "why"))
    on = _day(reading, table["on"], (*path, "on"))
    if len(reading.problems) > before or on is None:
        return None
    return Judgement(fact_name, record, bool(value), by, on, why)


def nearest(key: str, known: "tuple[str, ...] | list[str]") -> str:
    """Return the known name that looks most like `key`, or "" when none is near."""
    from difflib import get_close_matches

    found = get_close_matches(nfc(key).lower(), known, n=1, cutoff=0.6)
    return found[0] if found else ""
