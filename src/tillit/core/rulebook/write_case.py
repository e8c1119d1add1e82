"""A case in the contract's plain form, ready for JSON or TOML: what `read_case` reads back to an equal case."""

from collections.abc import Mapping
from datetime import date, datetime

from tillit.core.money import as_decimal
from tillit.core.rulebook.editions import vocabulary as the_vocabulary
from tillit.core.rulebook.facts import Case, Record, RecordList, Value
from tillit.core.rulebook.model import COLLABORATION, Vocabulary
from tillit.core.rulebook.read_case import SCHEMA

Plain = dict[str, object]


def dump_case(case: Case, known: Vocabulary | None = None) -> Plain:
    """Return a case as the contract writes it: dates as text, decimals as text with two digits, unknown left out."""
    vocabulary = known or the_vocabulary()
    header = {
        "title": case.title,
        "phase": case.phase,
        "starts_on": case.starts_on.isoformat(),
        "ends_on": case.ends_on.isoformat(),
    }
    plain: Plain = {"schema": SCHEMA, "case": header | ({"description": case.description} if case.description else {})}
    plain[COLLABORATION] = _values(case.collaboration, vocabulary)
    wholeness = {kind: _wholeness(listing) for kind, listing in case.records.items()}
    if any(wholeness.values()):
        plain["records"] = {kind: said for kind, said in wholeness.items() if said}
    for kind, listing in case.records.items():
        if listing.records:
            plain[kind] = [{"id": record.id, **_values(record, vocabulary)} for record in listing.records]
    if case.judgements:
        plain["judgement"] = [
            {
                "fact": each.fact,
                "record": each.record,
                "value": each.value,
                "by": each.by,
                "on": each.on.isoformat(),
                "why": each.why,
            }
            for each in case.judgements
        ]
    return plain


def _wholeness(listing: RecordList) -> Mapping[str, object]:
    said = {"complete": listing.complete, "total": listing.total}
    return {key: value for key, value in said.items() if value is not None}


def _values(record: Record, vocabulary: Vocabulary) -> Plain:
    facts = vocabulary.kinds[record.kind].facts
    return {name: _plain(value, facts[name].type) for name, value in record.values.items()}


def _plain(value: Value, type_: str) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="auto" if value.second or value.microsecond else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(as_decimal(int(value))) if type_ == "decimal" else value
