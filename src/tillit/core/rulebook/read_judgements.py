"""The judgements of a case: each names an assessed fact of a record that is there, and who, when and why."""

from datetime import date
from typing import cast

from tillit.core.rulebook.facts import Judgement
from tillit.core.rulebook.read_value import shown
from tillit.core.rulebook.reading import Path, Reading, day_of, nearest

JUDGEMENT = ("fact", "record", "value", "by", "on", "why")


def read_judgements(reading: Reading, raw: object, keys: set[str]) -> tuple[Judgement, ...]:
    if raw is not None and not isinstance(raw, list):
        reading.refuse("case.not_a_list", ("judgement",), kind="judgement")
        return ()
    found = [
        (position, judgement)
        for position, each in enumerate(cast(list[object], raw or []))
        if (judgement := _judgement(reading, each, ("judgement", position), keys)) is not None
    ]
    _judged_one_way(reading, found)
    return tuple(judgement for _, judgement in found)


def _judged_one_way(reading: Reading, found: list[tuple[int, Judgement]]) -> None:
    values: dict[tuple[str, str, date], bool] = {}
    for position, each in found:
        if values.setdefault((each.fact, each.record, each.on), each.value) != each.value:
            reading.refuse("case.judged_both_ways", ("judgement", position), fact=each.fact, record=each.record)


def _judgement(reading: Reading, raw: object, path: Path, keys: set[str]) -> Judgement | None:
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
        reading.refuse("case.wrong_type", (*path, "value"), expected="bool", given=shown(value))
    by, why = reading.text(table["by"], (*path, "by")), reading.text(table["why"], (*path, "why"))
    on = day_of(reading, table["on"], (*path, "on"))
    if len(reading.problems) > before or on is None:
        return None
    return Judgement(fact_name, record, bool(value), by, on, why)
