"""A whole register tried at once comes out as its cases do one by one."""

from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import Phase, given, settings, strategies as st

from tests.core.random_cases import random_case
from tests.core.rulebook import small
from tillit.core.period import years_after
from tillit.core.rulebook.bulk import Bulk, evaluate, from_cases, register
from tillit.core.rulebook.bulk.dated import years_later
from tillit.core.rulebook.check import ASKED, Check
from tillit.core.rulebook.compile_polars.columns import BadColumn
from tillit.core.rulebook.editions import edition
from tillit.core.rulebook.engine import check_by
from tillit.core.rulebook.model import COLLABORATION
from tillit.core.rulebook.read_case import read_case

AS_OF = date(2027, 6, 1)
EDITION = "samverkansregler/3.0"


def cells(bulk: Bulk, check: Check, place: int, starts: dict[str, int]) -> dict[tuple[str, str], int | None]:
    """Return what the register says of one collaboration, by rule and record."""
    found = {}
    for kind, codes in bulk.codes.items():
        keys = [COLLABORATION] if kind == COLLABORATION else [each.key for each in check.case.listing(kind).records]
        first = place if kind == COLLABORATION else starts[kind]
        for row, key in enumerate(keys):
            found.update({(rule, key): code for rule, code in codes.row(first + row, named=True).items()})
    for kind, codes in bulk.unlisted.items():
        found.update({(rule, f"{kind}:*"): code for rule, code in codes.row(place, named=True).items()})
    return {key: code for key, code in found.items() if code is not None}


def assert_same(cases, rulebook, as_of=AS_OF):
    bulk = evaluate(from_cases(cases, rulebook, as_of=as_of), rulebook, as_of=as_of)
    starts = dict.fromkeys(bulk.codes, 0)
    for place, case in enumerate(cases):
        check = check_by(case, [rulebook], as_of=as_of)
        expected = {
            (each.rule.id, each.record): each.outcome for each in check.findings if each.rule.id != rulebook.scope.id
        }
        assert cells(bulk, check, place, starts) == expected
        assert bulk.outcomes.row(place, named=True) == {asked: check.outcome(asked) for asked in ASKED}
        for kind in starts:
            starts[kind] += len(case.listing(kind).records)


@settings(max_examples=25, deadline=None, database=None, phases=(Phase.generate,))
@given(seed=st.integers(0, 2**32))
def test_a_register_of_random_cases_comes_out_as_each_case_does(seed):
    random, rulebook = Random(seed), edition(EDITION)
    cases = [read_case(random_case(random, rulebook.vocabulary), rulebook.vocabulary) for _ in range(20)]
    assert_same(cases, rulebook)


EVERY_WAY = [
    small.rule("r.any", "any_care or written"),
    small.rule("r.all", "not all_settled", applies="written", bearer="arranger", benefit=True),
    small.rule("r.most", "most_abroad", bearer="care"),
    small.rule("r.most-care", "not most_care_abroad or fair_assessed", bearer="parties", phases=["planned", "offered"]),
    small.rule("r.meals", "meals < 3 and remote >= 1 and meals * 2 != remote + 1", benefit=True),
    small.rule("r.cost", "cost <= budget and food * 2 <= cost", bearer="principal", judge="fair_assessed"),
    small.rule("r.ceiling", "budget <= ceiling or cost >= ceiling * 2", bearer="principal", certainty="likely"),
    small.rule(
        "r.findings", "benefit_findings == 'meets'", applies="benefit_findings != 'not_applicable'", bearer="care"
    ),
    small.rule(
        "p.fed",
        "not fed or settled_assessed",
        applies="mode != 'on_site' and offers",
        record="participant",
        benefit=True,
    ),
    small.rule("p.notice", "any_care", record="participant", modality="upplysning"),
    small.rule("m.price", "price <= ceiling", record="meal", bearer="arranger", benefit=True, phases=["carried_out"]),
    small.rule("o.findings", "benefit_findings != 'breach'", record="offer", bearer="participant"),
    small.rule(
        "d.kept", "destroyed_on >= keep_until and mourned_until > '2031-02-28'", record="document", bearer="care"
    ),
    small.rule(
        "pl.resort", "not resort", record="place", applies="starts_on >= '2026-03-01' and ends_on - starts_on < 3"
    ),
    small.rule(
        "c.food", "category != 'food' or amount <= 100 or as_of > '2028-01-01'", record="cost_line", bearer="arranger"
    ),
]


def parameter(name, kind, *values):
    dated = [{"value": value, "valid_from": day, "source": "Källan"} for value, day in values]
    return {"name": name, "type": kind, "title": small.BOTH, "value": dated}


def every_way(
    scope="branch == 'pharma' or (any_care and fair_assessed)",
    ceilings=(("6.00", date(2026, 6, 1)), ("245.00", date(2027, 1, 1))),
):
    return small.edition(
        *EVERY_WAY,
        scope=scope,
        parameter=[
            parameter("ceiling", "decimal", *ceilings),
            parameter("retention_years", "int", (3, date(2026, 2, 1))),
        ],
    )


@settings(max_examples=40, deadline=None, database=None)
@given(seed=st.integers(0, 2**32), settled=st.booleans())
def test_every_kind_of_derived_fact_comes_out_as_for_one_case(seed, settled):
    random = Random(seed)
    rulebook = every_way(scope="not (written and not written)") if settled else every_way()
    cases = [read_case(random_case(random, rulebook.vocabulary), rulebook.vocabulary) for _ in range(20)]
    assert_same(cases, rulebook)


def test_a_register_of_nothing_comes_out_as_nothing():
    rulebook = every_way()
    bulk = evaluate(from_cases([], rulebook, as_of=AS_OF), rulebook, as_of=AS_OF)
    assert bulk.outcomes.height == 0


@pytest.mark.parametrize("ceilings", [(), (("6.00", date(2026, 2, 1)),), (("6.00", date(2040, 1, 1)),)])
def test_a_parameter_is_empty_or_one_or_to_come(ceilings):
    random, rulebook = Random(1), every_way(ceilings=ceilings)
    assert_same([read_case(random_case(random, rulebook.vocabulary), rulebook.vocabulary) for _ in range(20)], rulebook)


def test_years_later_is_the_same_day_of_the_calendar():
    days = [date(2024, 2, 29), date(2023, 2, 28), date(2024, 12, 31), date(2026, 1, 1)]
    for years in (1, 3, 4, 10):
        found = pl.DataFrame({"day": days}).select(years_later(pl.col("day"), pl.lit(years))).to_series().to_list()
        assert found == [years_after(day, years) for day in days]


def test_counts_are_those_of_the_cells():
    random, rulebook = Random(3), every_way()
    cases = [read_case(random_case(random, rulebook.vocabulary), rulebook.vocabulary) for _ in range(30)]
    counts = evaluate(from_cases(cases, rulebook, as_of=AS_OF), rulebook, as_of=AS_OF).counts()
    expected = {each["id"]: dict.fromkeys(range(5), 0) for each in EVERY_WAY}
    for case in cases:
        for finding in check_by(case, [rulebook], as_of=AS_OF).findings:
            if finding.rule.id in expected:
                expected[finding.rule.id][finding.outcome] += 1
    assert counts == expected


def header(size=2, **more):
    days = pl.Series([date(2026, 3, 1)] * size)
    phases = pl.Series(["planned"] * size, dtype=pl.Enum(["planned", "offered", "carried_out"]))
    return pl.DataFrame({"starts_on": days, "ends_on": days, "phase": phases, **more})


def children(*parents, **more):
    return pl.DataFrame({"collaboration": pl.Series(parents, dtype=pl.UInt32), **more})


@pytest.mark.parametrize(
    ("collaborations", "kinds", "problem"),
    [
        (header().drop("phase"), {}, "phase"),
        (header(budget=[1.0, float("nan")]), {}, "budget holds Float64"),
        (header(), {"nonsense": children(0)}, "no record kind nonsense"),
        (header(), {"meal": children(1, 0)}, "ascending"),
        (header(), {"meal": children(0, 2)}, "no collaboration has"),
        (header(), {"meal": pl.DataFrame({"collaboration": [0]})}, "UInt32"),
        (header(), {"meal": children(0, price=["6.00"])}, "price holds String"),
        (header(), {"meal": children(*[0] * 70_000)}, "65535"),
        (header(meal__total=[0, 0]), {"meal": children(0)}, "smaller"),
    ],
)
def test_a_register_that_the_rules_cannot_read_is_refused_by_column(collaborations, kinds, problem):
    with pytest.raises(BadColumn, match=problem):
        register(collaborations, kinds, small.VOCABULARY)


def test_facts_that_nobody_recorded_are_unknown_and_stop_nothing():
    rulebook = every_way()
    found = evaluate(register(header(), {"meal": children(0, 0, 1)}, rulebook.vocabulary), rulebook, as_of=AS_OF)
    assert found.outcomes["all"].to_list() == [3, 3]


def test_more_than_two_thousand_records_of_one_collaboration_are_counted():
    rulebook = every_way(scope="branch != 'other'")
    side = pl.Series(["care"] * 60_000, dtype=pl.Enum(["care", "industry", "other"]))
    own = header(1, participant__complete=[True], branch=pl.Series(["pharma"], dtype=pl.Enum(["pharma", "other"])))
    people = children(*[0] * 60_000, side=side, works_in=["SE"] * 30_000 + ["DK"] * 30_000)
    found = evaluate(register(own, {"participant": people}, rulebook.vocabulary), rulebook, as_of=AS_OF)
    assert found.facts["most_abroad"].to_list() == [False]
    assert found.facts["any_care"].to_list() == [True]


def test_only_the_rules_asked_for_are_tried_and_what_they_read():
    random, rulebook = Random(5), every_way()
    cases = [read_case(random_case(random, rulebook.vocabulary), rulebook.vocabulary) for _ in range(20)]
    frames = from_cases(cases, rulebook, as_of=AS_OF)
    whole = evaluate(frames, rulebook, as_of=AS_OF)
    for asked in ("p.fed", "o.findings", "r.meals"):
        part = evaluate(frames, rulebook, as_of=AS_OF, only=[asked])
        kind = rulebook.rule(asked).record
        assert part.codes[kind][asked].to_list() == whole.codes[kind][asked].to_list()
        assert "r.cost" not in part.codes.get(COLLABORATION, pl.DataFrame()).columns
