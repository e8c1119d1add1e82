"""Random cases by a vocabulary, as plain tables: for tests that try many of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from tillit.core.rulebook.model import COLLABORATION, PHASES, RECORD_KINDS, Fact, Vocabulary

TOWNS = ("Åre", "Stockholm", "Visby", "Sälen", "Köpenhamn", "Ingenstans")


def random_case(random: Random, vocabulary: Vocabulary) -> dict[str, object]:
    """Return a case that `read_case` takes: some facts known, some not, lists that are whole, longer or not known."""
    begins = date(2026, 2, 1) + timedelta(random.randrange(900))
    most = random.choice((0, 1, 2, 4))
    known = random.choice((0.3, 0.7, 0.95, 1.0))
    kinds = [kind for kind in RECORD_KINDS[1:] if random.random() < 0.8]
    ids = {kind: [_id(random, kind, place) for place in range(random.randint(0, most))] for kind in kinds}
    keys = [f"{kind}:{id_}" for kind in kinds for id_ in ids[kind]]
    raw: dict[str, object] = {
        "schema": "tillit.case/1",
        "case": {
            "title": "-",
            "phase": random.choice(PHASES),
            "starts_on": begins,
            "ends_on": begins + timedelta(random.choice((0, 0, 3))),
        },
        COLLABORATION: _facts(random, vocabulary, COLLABORATION, known, ids, keys),
        "records": {kind: _wholeness(random, len(ids[kind])) for kind in kinds},
    }
    for kind in kinds:
        raw[kind] = [{"id": id_, **_facts(random, vocabulary, kind, known, ids, keys)} for id_ in ids[kind]]
    raw["judgement"] = [
        {"fact": fact.name, "record": key, "value": random.random() < 0.8, "by": "x", "on": begins, "why": "x"}
        for key in (COLLABORATION, *keys)
        for fact in vocabulary.kinds[key.partition(":")[0]].facts.values()
        if fact.kind == "assessed" and random.random() < known
    ]
    return raw


def _id(random: Random, kind: str, place: int) -> str:
    return f"{kind[0]}{place}" if random.random() < 0.9 else f"{place} å"


def _wholeness(random: Random, listed: int) -> dict[str, object]:
    said = random.random()
    if said < 0.5:
        return {"complete": True}
    if said < 0.6:
        return {"complete": False}
    return {"total": listed + random.choice((0, 0, 1, 3))} if said < 0.8 else {}


def _facts(
    random: Random, vocabulary: Vocabulary, kind: str, known: float, ids: Mapping[str, list[str]], keys: list[str]
) -> dict[str, object]:
    found = {}
    for fact in vocabulary.kinds[kind].facts.values():
        if fact.kind == "observed" and random.random() < known:
            value = _value(random, fact, ids, keys)
            if value is not None:
                found[fact.name] = value
    return found


def _value(random: Random, fact: Fact, ids: Mapping[str, list[str]], keys: list[str]) -> object:
    if fact.refers_to:
        there = ids.get(fact.refers_to, [])
        return random.choice(there) if there else None
    if fact.format:
        choices = {
            "country": ("SE", "SE", "DK", "US"),
            "currency": ("SEK", "SEK", "EUR"),
            "record": (COLLABORATION, *keys),
        }
        return random.choice(choices[fact.format])
    if fact.type == "text":
        return random.choice(TOWNS)
    by_type = {
        "bool": lambda: random.random() < 0.5,
        "enum": lambda: random.choice(fact.values),
        "int": lambda: (fact.min or 0) + random.randint(0, 5),
        "decimal": lambda: random.choice(("0", "5.99", "6", "6.01", "245.00")),
        "date": lambda: date(2026, 1, 1) + timedelta(random.choice((0, 30, 31, 60, 789, 2000))),
        "datetime": lambda: f"2026-03-{random.randint(10, 20)}T08:00",
    }
    return by_type[fact.type]()
