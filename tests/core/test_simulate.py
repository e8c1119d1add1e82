"""A revision tried on a register: what moves, between which outcomes, and what the register cannot tell."""

from datetime import date
from random import Random

import pytest

from tests.core.random_cases import random_case
from tests.core.rulebook import small
from tillit.core.rulebook.bulk import from_cases
from tillit.core.rulebook.engine import check_by
from tillit.core.rulebook.model import COLLABORATION
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.simulate import changed_rules, simulate

AS_OF = date(2027, 6, 1)
RULES = [
    small.rule("r.written", "written"),
    small.rule("r.meals", "meals <= 2", benefit=True),
    small.rule("r.findings", "benefit_findings == 'meets'"),
    small.rule("p.fed", "not fed", record="participant", applies="offers"),
    small.rule("m.price", "price <= ceiling", record="meal"),
]


def ceiling(value="6.00"):
    return [
        {
            "name": "ceiling",
            "type": "decimal",
            "title": small.BOTH,
            "value": [{"value": value, "valid_from": date(2026, 2, 1), "source": "Källan"}],
        }
    ]


def rulebook(*changes, parameter=None, **keys):
    rules = {each["id"]: each for each in (*RULES, *changes)}
    return small.edition(*rules.values(), parameter=parameter or ceiling(), **keys)


def counted(cases, rules, id_):
    return [
        {each.record: each.outcome for each in check_by(case, [rules], as_of=AS_OF).findings if each.rule.id == id_}
        for case in cases
    ]


@pytest.mark.parametrize(
    ("proposal", "changed"),
    [
        (rulebook(), ()),
        (rulebook(small.rule("r.written", "written or fair_assessed")), ("r.written",)),
        (rulebook(small.rule("r.written", "written", title={"sv": "Annat", "en": "Other"})), ()),
        (rulebook(small.rule("r.meals", "meals <= 1", benefit=True)), ("r.meals", "r.findings")),
        (rulebook(parameter=ceiling("7.00")), ("m.price",)),
        (rulebook(small.rule("r.new", "offers")), ("r.new",)),
        (rulebook(scope="branch != 'other' or written"), ("r.written", "r.meals", "r.findings", "p.fed", "m.price")),
    ],
)
def test_only_rules_that_read_something_changed_are_tried_again(proposal, changed):
    assert changed_rules(rulebook(), proposal) == changed


def test_the_table_counts_every_record_and_names_those_that_move():
    random, baseline = Random(7), rulebook()
    proposal = rulebook(
        small.rule(
            "p.fed", "not fed or settled_assessed", record="participant", applies="offers and mode != 'on_site'"
        ),
        parameter=ceiling("245.00"),
    )
    cases = [read_case(random_case(random, baseline.vocabulary), baseline.vocabulary) for _ in range(60)]
    found = simulate(baseline, proposal, from_cases(cases, baseline, as_of=AS_OF), as_of=AS_OF)
    assert [each.rule for each in found.moves] == ["p.fed", "m.price"]
    for moves in found.moves:
        table, moved, row = [[0] * 5 for _ in range(5)], [], 0
        for old, new in zip(counted(cases, baseline, moves.rule), counted(cases, proposal, moves.rule), strict=True):
            for key in old:
                if not key.endswith(":*"):
                    table[old[key]][new[key]] += 1
                    moved += [row] if old[key] != new[key] else []
                    row += 1
        assert [list(cells) for cells in moves.table] == table
        assert moves.moved.to_list() == moved
        assert moved
        assert sum(map(sum, moves.unlisted)) == 60


def test_a_new_rule_comes_from_not_applicable_and_a_repealed_one_goes_there():
    random, baseline = Random(9), rulebook()
    without = small.edition(*RULES[1:], parameter=ceiling())
    cases = [read_case(random_case(random, baseline.vocabulary), baseline.vocabulary) for _ in range(30)]
    frames = from_cases(cases, baseline, as_of=AS_OF)
    (gone,), (come,) = (
        simulate(baseline, without, frames, as_of=AS_OF).moves,
        simulate(without, baseline, frames, as_of=AS_OF).moves,
    )
    assert gone.rule == come.rule == "r.written"
    assert gone.record == COLLABORATION
    assert sum(come.table[0]) == sum(row[0] for row in gone.table) == 30
    assert come.table[0] == tuple(row[0] for row in gone.table)


def test_coverage_tells_which_facts_the_register_never_recorded():
    random, baseline = Random(11), rulebook()
    proposal = rulebook(small.rule("r.written", "any_care and floor > 3 and cost <= budget"))
    cases = [read_case(random_case(random, baseline.vocabulary), baseline.vocabulary) for _ in range(30)]
    frames = from_cases(cases, baseline, as_of=AS_OF)
    frames = type(frames)(frames.collaborations.drop("floor"), frames.children)
    shares = {
        (each.record, each.fact): each.unknown for each in simulate(baseline, proposal, frames, as_of=AS_OF).coverage
    }
    assert shares[(COLLABORATION, "floor")] == 1.0
    assert shares[(COLLABORATION, "budget")] == frames.collaborations["budget"].null_count() / 30
    assert 0 < shares[("participant", "side")] < 1
    assert set(shares) >= {("cost_line", "amount")}
