"""The fields of a step put into the case. What cannot be read leaves the case as it was and is told at its field."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from tillit.core.errors import Problem
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import COLLABORATION, Fact, Kind
from tillit.core.rulebook.read_case import SCHEMA
from tillit.exchange.guide_form import Listing, Plain, Sheet
from tillit.exchange.guide_typed import header, read
from tillit.exchange.sheets import columns, list_facts, observed_facts
from tillit.exchange.words import Lang, problem_text, say

REQUIRED = ("title", "phase", "starts_on")


@dataclass(frozen=True, slots=True)
class Slip:
    """Something typed that cannot be used: the name of its field, where it stands in words, what is wrong."""

    key: str
    place: str
    says: str


class _Saving:
    def __init__(self, base: Plain, lang: Lang) -> None:
        self.plain: Plain = {"schema": SCHEMA, **deepcopy(base)}
        self.lang = lang
        self.slips: list[Slip] = []
        self.renamed: dict[str, str | None] = {}

    def slip(self, key: str, place: str, problem: Problem) -> None:
        self.slips.append(Slip(key, place, problem_text(problem, self.lang)))

    def fact(self, into: Plain, fact: Fact, key: str, text: str, place: str) -> None:
        value, problem = read(text, fact, self.lang, place)
        if problem is not None:
            self.slip(key, place, problem)
        elif value is None:
            into.pop(fact.name, None)
        else:
            into[fact.name] = value


def saved(base: Plain, sheet: Sheet, lang: Lang) -> tuple[Plain, list[Slip]]:
    """Return the case with the fields put in, in its plain form, and what could not be used."""
    saving = _Saving(base, lang)
    if sheet.header:
        _header(saving, sheet)
    own = observed_facts(vocabulary().kinds[COLLABORATION])
    into = saving.plain.setdefault(COLLABORATION, {})
    for name, text in sheet.answers.items():
        saving.fact(into, own[name], f"q.{name}", text, own[name].question.in_language(lang))
    for listing in sheet.listings.values():
        _listing(saving, listing)
    _follow_names(saving)
    return saving.plain, saving.slips


def _header(saving: _Saving, sheet: Sheet) -> None:
    into = saving.plain.setdefault("case", {})
    for name, text in sheet.header.items():
        fact = header()[name]
        place = fact.question.in_language(saving.lang)
        saving.fact(into, fact, f"case.{name}", text, place)
        if name in REQUIRED and not text.strip():
            saving.slip(f"case.{name}", place, Problem("guide.required", place))
    start, end = into.get("starts_on"), into.get("ends_on")
    told = {slip.key for slip in saving.slips}
    if start and end and end < start and not told & {"case.starts_on", "case.ends_on"}:
        place = header()["ends_on"].question.in_language(saving.lang)
        saving.slip("case.ends_on", place, Problem("case.ends_before_start", place, {"start": start, "end": end}))


def _listing(saving: _Saving, listing: Listing) -> None:
    kind = vocabulary().kinds[listing.kind]
    before = saving.plain.get(listing.kind, [])
    known = {str(record["id"]): record for record in before}
    rows = list(_records(saving, listing, kind, known))
    changed = {was: record for was, record in rows if was in known}
    records = [changed.get(own, record) for own, record in known.items()]
    records += [record for was, record in rows if was not in known]
    saving.plain[listing.kind] = records
    if not records:
        del saving.plain[listing.kind]
    if listing.gate is not None:
        _wholeness(saving, listing, kind, len(records))


def _records(saving: _Saving, listing: Listing, kind: Kind, known: dict[str, Plain]) -> Iterator[tuple[str, Plain]]:
    facts = columns(listing.kind, vocabulary())
    taken = {row.typed.get("id", row.was).strip() or row.was for row in listing.rows} | set(known)
    given: set[str] = set()
    for number, row in enumerate(listing.rows):
        if row.blank:
            continue
        name = _id_of(saving, listing, number, kind, taken)
        if name in given:
            place = say("guide.place.line", saving.lang, row=str(number + 1))
            saving.slip(f"r.{listing.kind}.{number}.id", place, Problem("case.id_twice", place, {"id": name}))
        given.add(name)
        record = {**known.get(row.was, {}), "id": name}
        for fact_name, text in row.typed.items():
            if fact_name != "id":
                fact = facts[fact_name]
                said = text if text.strip() else listing.same.get(fact_name, "")
                place = place_of(number, fact, saving.lang)
                saving.fact(record, fact, f"r.{listing.kind}.{number}.{fact_name}", said, place)
        if row.was and row.was != name:
            saving.renamed[f"{listing.kind}:{row.was}"] = f"{listing.kind}:{name}"
        yield row.was, record


def place_of(number: int, fact: Fact, lang: Lang) -> str:
    """Return where a cell stands: the row, counted from 1, and the column's question."""
    return say("guide.place.row", lang, row=str(number + 1), column=fact.question.in_language(lang))


def _id_of(saving: _Saving, listing: Listing, number: int, kind: Kind, taken: set[str]) -> str:
    row = listing.rows[number]
    fact = columns(listing.kind, vocabulary())["id"]
    key, place = f"r.{listing.kind}.{number}.id", place_of(number, fact, saving.lang)
    value, problem = read(row.typed.get("id", row.was), fact, saving.lang, place)
    name = str(value or "")
    if problem is None and (":" in name or name == "*" or len(name) > 100):
        problem = Problem("case.bad_id", place, {"given": name})
    if problem is not None:
        saving.slip(key, place, problem)
    if problem is None and name:
        return name
    return row.was or free_id(kind, taken, saving.lang)


def free_id(kind: Kind, taken: set[str], lang: Lang) -> str:
    """Return a name for a record that was given none, and mark it as taken: "deltagare-3"."""
    word = kind.title.in_language(lang).split()[0].lower()
    number = next(each for each in range(1, len(taken) + 2) if f"{word}-{each}" not in taken)
    taken.add(f"{word}-{number}")
    return f"{word}-{number}"


def _wholeness(saving: _Saving, listing: Listing, kind: Kind, listed: int) -> None:
    said: Plain = {}
    fact = list_facts(kind)[f"records.{kind.name}.total"]
    place = f"{kind.plural.in_language(saving.lang)}: {say('guide.place.total', saving.lang).lower()}"
    key, gate_key = f"r.{kind.name}.total", f"r.{kind.name}.gate"
    question = kind.whole_question.in_language(saving.lang)
    value, problem = read(listing.total if listing.gate != "none" else "", fact, saving.lang, place)
    total = value if isinstance(value, int) else None
    if problem is None and total is not None and total < listed:
        problem = Problem("case.total_too_small", place, {"total": str(total), "listed": str(listed)})
    if problem is None and listing.gate == "more" and total == listed:
        problem = Problem("case.whole_or_not", place, {"total": str(total)})
    if problem is not None:
        saving.slip(key, place, problem)
        total = None
    if listing.gate == "none" and listed:
        saving.slip(gate_key, question, Problem("guide.none_but_rows", question, {"rows": str(listed)}))
    if listing.gate == "all" and not listed and not total and not listing.paste.strip():
        saving.slip(gate_key, question, Problem("guide.all_but_no_rows", question))
    elif listing.gate in ("none", "all", "more"):
        said["complete"] = listing.gate != "more"
    if total is not None:
        said["total"] = total
    lists = saving.plain.setdefault("records", {})
    lists[kind.name] = said
    if not said:
        del lists[kind.name]


def without(plain: Plain, kind: str, own: str) -> Plain:
    """Return the case without a record: its judgements go with it, and what referred to it is not known any more."""
    saving = _Saving(plain, "sv")
    saving.plain[kind] = [record for record in saving.plain.get(kind, []) if str(record["id"]) != own]
    if not saving.plain[kind]:
        del saving.plain[kind]
    said = saving.plain.get("records", {}).get(kind, {})
    if not saving.plain.get(kind):
        said.pop("complete", None)
    saving.renamed[f"{kind}:{own}"] = None
    _follow_names(saving)
    return saving.plain


def _follow_names(saving: _Saving) -> None:
    """Let what refers to a record follow when it gets another name, or go when the record is gone."""
    if not saving.renamed:
        return
    for kind in vocabulary().kinds.values():
        listed = saving.plain.get(kind.name, [])
        for record in [listed] if kind.name == COLLABORATION else listed:
            for fact in kind.facts.values():
                if (fact.refers_to or fact.format == "record") and fact.name in record:
                    _refer_anew(saving, record, fact)
    judged = saving.plain.get("judgement", [])
    for each in judged:
        each["record"] = saving.renamed.get(each["record"], each["record"])
    saving.plain["judgement"] = [each for each in judged if each["record"] is not None]
    if not saving.plain["judgement"]:
        del saving.plain["judgement"]


def _refer_anew(saving: _Saving, record: Plain, fact: Fact) -> None:
    target = f"{fact.refers_to}:{record[fact.name]}" if fact.refers_to else str(record[fact.name])
    if target not in saving.renamed:
        return
    new = saving.renamed[target]
    if new is None:
        del record[fact.name]
    else:
        record[fact.name] = new.partition(":")[2] if fact.refers_to else new
