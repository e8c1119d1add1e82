"""A case from plain tables, as TOML, JSON or a spreadsheet hold it: every refusal of the contract, all at once."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from tillit.core.errors import BadInput
from tillit.core.rulebook.facts import Case, Record, RecordList, Value
from tillit.core.rulebook.model import COLLABORATION, PHASES, RECORD_KINDS, Kind, Phase, Vocabulary
from tillit.core.rulebook.read_judgements import read_judgements
from tillit.core.rulebook.read_value import shown
from tillit.core.rulebook.reading import Path, Place, Reading, day_of, plain_place

SCHEMA = "tillit.case/1"
CHILDREN = RECORD_KINDS[1:]
HEADER = ("title", "phase", "starts_on", "ends_on", "description")


def read_case(raw: object, vocabulary: Vocabulary, *, place: Place = plain_place) -> Case:
    """Return the case that plain tables hold.

    `place` turns a path of keys and positions (from 0) into words about the file it came from.

    :raises BadInput: with every problem found, each with its place
    """
    reading = Reading(vocabulary, place)
    top = reading.table(raw, ())
    reading.only(top, ["schema", "case", "records", "judgement", COLLABORATION, *CHILDREN], ())
    if top.get("schema") != SCHEMA:
        reading.refuse("case.schema", ("schema",), given=shown(top.get("schema", "")), expected=SCHEMA)
    header = _header(reading, reading.table(top.get("case"), ("case",)), "case" in top)
    own = _record(reading, vocabulary.kinds[COLLABORATION], top.get(COLLABORATION, {}), (COLLABORATION,), "")
    lists = _lists(reading, top)
    keys = {own.key, *(record.key for listing in lists.values() for record in listing.records)}
    _references(reading, [own], keys, lambda record: (COLLABORATION,))
    for kind, listing in lists.items():
        positions = {record.key: position for position, record in enumerate(listing.records)}
        _references(reading, listing.records, keys, lambda record, k=kind, p=positions: (k, p[record.key]))  # type: ignore[misc]
    judgements = read_judgements(reading, top.get("judgement"), keys)
    if reading.problems:
        raise BadInput(reading.problems)
    title, phase, starts_on, ends_on, description = header
    return Case(title, phase, starts_on, ends_on, own, lists, judgements, description)


def _header(reading: Reading, raw: Mapping[str, object], there: bool) -> tuple[str, Phase, date, date, str]:
    if not there:
        reading.refuse("case.no_header", ("case",))
        return "", "planned", date.min, date.max, ""
    reading.only(raw, HEADER, ("case",))
    for key in ("title", "phase", "starts_on"):
        if raw.get(key) is None or (isinstance(raw[key], str) and not str(raw[key]).strip()):
            reading.refuse("case.missing_key", ("case", key), key=key)
    title = "" if raw.get("title") is None else reading.text(raw["title"], ("case", "title"))
    description = reading.text(raw["description"], ("case", "description")) if "description" in raw else ""
    phase = raw.get("phase")
    if phase not in PHASES and phase not in (None, ""):
        reading.refuse("case.undeclared_value", ("case", "phase"), given=shown(phase), values=", ".join(PHASES))
    starts_on = day_of(reading, raw.get("starts_on") or None, ("case", "starts_on")) or date.min
    ends_on = day_of(reading, raw.get("ends_on"), ("case", "ends_on")) or starts_on
    if ends_on < starts_on:
        reading.refuse(
            "case.ends_before_start", ("case", "ends_on"), start=starts_on.isoformat(), end=ends_on.isoformat()
        )
    return title, cast(Phase, phase), starts_on, ends_on, description


def _record(reading: Reading, kind: Kind, raw: object, path: Path, id_: str) -> Record:
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


def _lists(reading: Reading, top: Mapping[str, object]) -> dict[str, RecordList]:
    wholeness = reading.table(top.get("records"), ("records",))
    reading.only(wholeness, CHILDREN, ("records",))
    return {
        kind: _list(reading, kind, top.get(kind), wholeness.get(kind))
        for kind in CHILDREN
        if kind in top or kind in wholeness
    }


def _list(reading: Reading, kind: str, raw: object, wholeness: object) -> RecordList:
    said = reading.table(wholeness, ("records", kind))
    reading.only(said, ("complete", "total"), ("records", kind))
    complete, total = said.get("complete"), said.get("total")
    if complete is not None and not isinstance(complete, bool):
        reading.refuse("case.wrong_type", ("records", kind, "complete"), expected="bool", given=shown(complete))
        complete = None
    if total is not None and (isinstance(total, bool) or not isinstance(total, int) or not 0 <= total <= 10**12):
        reading.refuse("case.wrong_type", ("records", kind, "total"), expected="int", given=shown(total))
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


def _id(reading: Reading, raw: object, kind: str, position: int) -> str:
    if not isinstance(raw, Mapping) or "id" not in raw:
        return str(position + 1)
    before = len(reading.problems)
    given = reading.text(raw["id"], (kind, position, "id"))
    if len(reading.problems) > before:
        return str(position + 1)
    if not given or ":" in given or given == "*" or len(given) > 100:
        reading.refuse("case.bad_id", (kind, position, "id"), given=given)
        return str(position + 1)
    return given


def _ids_once(reading: Reading, kind: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for position, each in enumerate(ids):
        if each in seen:
            reading.refuse("case.id_twice", (kind, position, "id"), id=each)
        seen.add(each)


def _references(
    reading: Reading, records: "tuple[Record, ...] | list[Record]", keys: set[str], path: Callable[[Record], Path]
) -> None:
    for record in records:
        for name, value in record.values.items():
            fact = reading.vocabulary.kinds[record.kind].facts.get(name)
            if fact is None or not (fact.refers_to or fact.format == "record"):
                continue
            target = f"{fact.refers_to}:{value}" if fact.refers_to else str(value)
            if target not in keys:
                reading.refuse("case.no_such_record", (*path(record), name), target=str(value))
