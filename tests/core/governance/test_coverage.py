from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from tillit.core.governance.agreements import (
    BEING_SIGNED,
    COVERAGES,
    UNTIL_FURTHER_NOTICE,
    Agreement,
    Signature,
)
from tillit.core.governance.areas import AREA_CODES
from tillit.core.governance.coverage import CoverageInput, coverage_flags, matrix
from tillit.core.governance.entities import Interval, Organ

START, TODAY = date(2026, 1, 1), date(2026, 8, 1)
ALL = dict.fromkeys(AREA_CODES, "full")


def agreement(id_, level="national", areas=None, *parties, **other):
    signatures = tuple(Signature(party, START) for party in parties)
    about = ALL if areas is None else areas
    return Agreement(
        id_, "main_agreement", level, START, UNTIL_FURTHER_NOTICE, areas=about, parties=signatures, **other
    )


MAIN = agreement("main", "national", None, "r1", "r2")
BOARD = Organ("board", "deciding", "national", Interval(START))
NETWORK = Organ("network", "operative", "network", Interval(START))
PARTIES = {"national": ["r1", "r2"], "network": ["r1", "r2", "c1"]}


def cell(area, level, *agreements, not_started=(), on=TODAY):
    cells = matrix(CoverageInput(agreements, PARTIES, not_started=not_started), [level], on)
    return next(each for each in cells if each.area == area)


def found(*agreements, organs=(BOARD, NETWORK), main=MAIN, start=START, not_started=()):
    flags = coverage_flags(
        CoverageInput(agreements, PARTIES, organs, not_started),
        ["national", "network"],
        main,
        partnership="p",
        start=start,
        on=TODAY,
    )
    return [(flag.code, flag.severity, *flag.dimensions.values()) for flag in flags]


def test_the_matrix_has_six_areas_at_every_level_in_order():
    cells = matrix(CoverageInput([MAIN], PARTIES), ["national", "network"], TODAY)
    assert [(each.level, each.area) for each in cells] == [
        (level, area) for level in ("national", "network") for area in AREA_CODES
    ]


def test_a_cell_is_the_fullest_of_the_agreements_in_force():
    low = agreement("low", "network", {"goals": "reference"}, "r1", "r2")
    high = agreement("high", "network", {"goals": "partial"}, "c1", "r1")
    said = cell("goals", "network", low, high)
    assert (said.coverage, said.agreements) == ("partial", ("high",))
    assert cell("goals", "network", low).coverage == "reference"


def test_n_of_all_parties_at_the_level_are_bound_by_that_coverage():
    said = cell("goals", "network", agreement("a", "network", {"goals": "full"}, "r1", "c1", "elsewhere"))
    assert (said.bound, said.parties, said.unbound, said.all_bound) == (2, 3, ("r2",), False)
    assert cell("goals", "national", MAIN).all_bound


def test_an_agreement_that_is_not_in_force_covers_nothing():
    waiting = agreement("a", "network", {"goals": "full"}, status=BEING_SIGNED)
    assert cell("goals", "network", waiting).coverage == "none_stated"
    assert cell("goals", "national", MAIN, on=date(2025, 12, 31)).coverage == "none_stated"


def test_an_agreement_covers_its_own_level_only():
    assert cell("goals", "network", MAIN).coverage == "none_stated"


def test_a_missing_cell_is_yellow_where_an_organ_is_active():
    assert found(MAIN) == [("cell_missing", "yellow", area, "network") for area in AREA_CODES]
    assert found(MAIN, organs=[BOARD]) == []
    gone = replace(NETWORK, during=Interval(START, TODAY))
    assert found(MAIN, organs=[BOARD, gone]) == []


def test_a_main_agreement_that_lacks_an_area_is_red():
    poor = agreement("main", "national", {**ALL, "goals": "none_stated"}, "r1")
    del poor.areas["follow_up"]
    reds = [each for each in found(poor, main=poor, organs=[]) if each[1] == "red"]
    assert reds == [
        ("main_agreement_lacks_area", "red", "follow_up"),
        ("main_agreement_lacks_area", "red", "goals"),
    ]


def test_what_has_not_started_is_not_missing():
    poor = agreement("main", "national", {**ALL, "follow_up": "none_stated"}, "r1")
    waits = {("", "network"), ("follow_up", "national")}
    assert found(poor, main=poor, not_started=waits) == []
    assert cell("goals", "network", MAIN, not_started=waits).coverage == "not_started"
    assert found(main=None, start=date(2026, 8, 2)) == []


def test_what_has_begun_anyway_is_shown():
    agreed = agreement("a", "network", {"goals": "partial"})
    assert cell("goals", "network", agreed, not_started={("", "network")}).coverage == "partial"


def test_an_agreement_that_nobody_has_read_is_not_taken_to_lack_anything():
    unread = agreement("main", "national", {}, "r1")
    assert cell("goals", "national", unread).coverage == "not_read"
    assert {each[1] for each in found(unread, main=unread, organs=[BOARD])} == {"info"}
    read = agreement("b", "national", {"goals": "reference"})
    assert cell("goals", "national", unread, read).coverage == "reference"


@given(st.lists(st.sampled_from(COVERAGES), min_size=1, max_size=5), st.sampled_from(COVERAGES))
def test_one_more_agreement_never_lessens_a_cell(levels, more):
    many = [agreement(str(number), "network", {"goals": said}) for number, said in enumerate(levels)]
    before = COVERAGES.index(cell("goals", "network", *many).coverage)
    after = cell("goals", "network", *many, agreement("more", "network", {"goals": more})).coverage
    assert COVERAGES.index(after) == max(before, COVERAGES.index(more))


@pytest.mark.parametrize("parties", [[], ["r1"], ["r1", "r2", "c1", "x"]])
def test_bound_and_unbound_are_all_the_parties(parties):
    said = cell("goals", "network", agreement("a", "network", {"goals": "full"}, *parties))
    assert said.bound + len(said.unbound) == said.parties == 3
