"""The laws of rule-engine.md on the agreement itself: what is decided stays decided whatever more is learnt."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from tillit.core.rulebook.editions import edition, vocabulary
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.model import COLLABORATION, PHASES, RECORD_KINDS
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE, OUTCOMES, UNDECIDED

AS_OF = date(2026, 11, 23)
# An estimate stands for a list that is not whole, so a list may overrule it: the one known thing that can be unlearnt.
ESTIMATES = {"expected_participants", "expected_not_from_sweden"}
TOWNS = ("Åre", "St. Moritz", "Milano", "Borås", "Stockholm")


def value(fact, random, ids):
    """Return a value that the fact can take, or None where there is none to take."""
    match fact.type:
        case "bool":
            return random.random() < 0.5
        case "enum":
            return random.choice(fact.values)
        case "int":
            return random.randint(0, 4)
        case "decimal":
            return random.choice(["0", "2.49", "2.5", "2.51", "100.00", "245.00", "1000"])
        case "date":
            return (date(2026, 3, 1) + timedelta(days=random.choice([-400, -1, 0, 1, 30, 4000]))).isoformat()
        case "datetime":
            return f"2026-03-12T{random.randint(10, 20)}:30"
    if fact.refers_to or fact.format == "record":
        among = [key for key in ids if not fact.refers_to or key.startswith(fact.refers_to + ":")]
        chosen = random.choice(among) if among else None
        return chosen and (chosen.partition(":")[2] if fact.refers_to else chosen)
    return {"country": random.choice(["SE", "DE"]), "currency": random.choice(["SEK", "SEK", "EUR"])}.get(
        fact.format or "", random.choice(TOWNS)
    )


def whole_case(random):
    """Return a random case of which much is known, as plain tables."""
    kinds = vocabulary().kinds
    counts = {kind: random.choice([0, 0, 1, 2]) for kind in RECORD_KINDS[1:]}
    ids = [f"{kind}:{kind[0]}{number}" for kind, count in counts.items() for number in range(count)]
    raw: dict[str, Any] = {
        "schema": "tillit.case/1",
        "case": {"title": "x", "phase": random.choice(PHASES), "starts_on": "2026-03-12", "ends_on": "2026-03-13"},
        "records": {},
        "judgement": [],
    }

    def known(kind, record):
        facts, found = kinds[kind].facts.values(), {}
        for fact in facts:
            if fact.name in ESTIMATES or random.random() < 0.1:
                continue
            if fact.kind == "assessed":
                raw["judgement"].append(
                    {
                        "fact": fact.name,
                        "record": record,
                        "value": random.random() < 0.6,
                        "by": "x",
                        "on": "2026-03-01",
                        "why": "x",
                    }
                )
                continue
            chosen = value(fact, random, ids)
            if chosen is not None:
                found[fact.name] = chosen
        return found

    raw[COLLABORATION] = known(COLLABORATION, COLLABORATION)
    if random.random() < 0.9:
        raw[COLLABORATION] |= {"company_branch": "pharma", "care_provider": "region"}
    for kind, count in counts.items():
        raw[kind] = [
            {"id": f"{kind[0]}{number}", **known(kind, f"{kind}:{kind[0]}{number}")} for number in range(count)
        ]
        raw["records"][kind] = random.choice([{}, {"complete": True}, {"complete": True}, {"total": count + 1}])
    return raw


def less(raw, random):
    """Return a case of which less is known: facts, judgements and words about the lists left out at random."""

    def some(facts):
        return {name: each for name, each in facts.items() if name in ("id", "currency") or random.random() < 0.7}

    return {
        **raw,
        COLLABORATION: some(raw[COLLABORATION]),
        "judgement": [each for each in raw["judgement"] if random.random() < 0.6],
        "records": {kind: said for kind, said in raw["records"].items() if random.random() < 0.6},
        **{kind: [some(each) for each in raw[kind]] for kind in RECORD_KINDS[1:]},
    }


def outcomes(raw):
    check = check_case(read_case(raw, vocabulary()), as_of=AS_OF)
    return {(finding.rule.id, finding.record): finding.outcome for finding in check.findings}, check


def turned(before, after):
    """Return every finding that was decided and came out otherwise when more was known."""
    allowed = {
        MEETS: {MEETS, NOT_APPLICABLE},
        BREACH: {BREACH},
        NOT_APPLICABLE: {NOT_APPLICABLE},
    }
    return {
        key: f"{OUTCOMES[old]} → {OUTCOMES[after[key]]}"
        for key, old in before.items()
        if key in after and old in allowed and after[key] not in allowed[old]
    }


@settings(max_examples=150, deadline=None, database=None)
@given(st.integers(0, 2**40))
def test_what_is_decided_stays_decided_whatever_more_is_learnt(seed):
    random = Random(seed)
    raw = whole_case(random)
    known, check = outcomes(raw)
    for _ in range(2):
        raw = less(raw, random)
        before, less_check = outcomes(raw)
        assert turned(before, known) == {}
        gone = {key for key in before if key not in known}
        assert all(record.endswith(":*") for _, record in gone), "only what stands for the unlisted can go"
        assert all(before[key] in (UNDECIDED, NOT_APPLICABLE) for key in gone)
        if less_check.outcome() == BREACH:
            assert check.outcome() == BREACH, "a breach outweighs a doubt"
        known, check = before, less_check


@settings(max_examples=100, deadline=None, database=None)
@given(st.integers(0, 2**40))
def test_an_outcome_says_what_it_lacks_and_nothing_else(seed):
    random = Random(seed)
    raw = less(whole_case(random), random)
    _, check = outcomes(raw)
    judged = {(each["record"], each["fact"]) for each in raw["judgement"]}
    for finding in check.findings:
        if finding.outcome in (MEETS, BREACH, NOT_APPLICABLE):
            assert finding.missing == (), finding.rule.id
        else:
            assert finding.missing or finding.outcome == JUDGE, finding.rule.id
        assert not {*finding.touched} & {*finding.irrelevant}
        for name in finding.missing:
            assert (finding.record, name) not in judged, f"{finding.rule.id} asks for {name}, which is judged"
            if finding.record == COLLABORATION:
                assert name not in raw[COLLABORATION], f"{finding.rule.id} asks for {name}, which is known"


def test_random_cases_come_out_in_every_way_and_reach_nearly_every_rule():
    seen: dict[str, set[int]] = {}
    random = Random(1)
    for _ in range(120):
        raw = whole_case(random)
        for each in (raw, less(raw, random)):
            for (rule, _), outcome in outcomes(each)[0].items():
                seen.setdefault(rule, set()).add(outcome)
    rules = {rule.id for rule in edition("samverkansregler/3.0").rules}
    assert rules <= set(seen)
    decided = {rule for rule in rules if seen[rule] & {MEETS, BREACH, JUDGE}}
    assert rules - decided <= {"utgava.over-skiftet"}, "that one is for collaborations across two editions"
    assert {each for outcome in seen.values() for each in outcome} == set(range(5))


@pytest.mark.parametrize("name", sorted(ESTIMATES))
def test_the_estimates_are_facts_of_the_collaboration(name):
    assert name in vocabulary().kinds[COLLABORATION].facts
