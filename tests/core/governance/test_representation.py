"""The printed examples of D8, to the printed digits, and what stands around them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tests.core.governance.boards import FOURTEEN, SEVEN, START, TODAY, board, fractions, links, parties
from tillit.core.governance.balance import Balance, balance, balance_flags, covered, not_covered_flags
from tillit.core.governance.entities import Appointment, Interval, Party, RepresentationLink, Seat
from tillit.core.governance.geography import geography, geography_flags
from tillit.core.governance.regions import REGIONS
from tillit.core.governance.representation import (
    BOUNDS,
    CARE_REGION,
    REGION,
    SECTOR,
    SIZE,
    Norm,
    PopulationTable,
    Tally,
    care_region_norm,
    equal_norm,
    holdings,
    norm_of,
    placing,
    population_norm,
    share_norm,
    tally,
)

PARTIES = parties()
BIOBANK, _ = board(*(f"r{code}" for code in SEVEN))


def printed(value, digits):
    return f"{float(value):.{digits}f}"


def measured(counts, norm) -> Balance:
    found = balance(counts, norm.shares)
    assert found is not None
    return found


def flags_of(counts, norm, **tally_with):
    return balance_flags(Tally(counts, (), (), **tally_with), norm, organ="board", on=TODAY)


def severities(counts, norm):
    return [flag.severity for flag in flags_of(counts, norm)]


# --- Test 1: the shape of Biobank ---


def test_seven_regions_have_a_seat_and_the_other_fourteen_are_spoken_for():
    found = geography(BIOBANK, PARTIES, links(), TODAY)
    assert found.by_party == found.direct == SEVEN
    assert (found.by_seat, found.indirect, found.uncovered) == ((), FOURTEEN, ())
    assert printed(found.direct_share, 4) == "0.3333"
    assert found.covered_share == 1
    assert geography_flags(found, organ="board", on=TODAY) == ()


def test_two_lapsed_links_leave_19_of_21_and_are_told_by_name():
    lapsed = [*links(FOURTEEN[:12]), *links(FOURTEEN[12:], end=TODAY)]
    found = geography(BIOBANK, PARTIES, lapsed, TODAY)
    assert printed(found.covered_share, 4) == "0.9048"
    (flag,) = geography_flags(found, organ="board", on=TODAY)
    assert (flag.rule, flag.severity, flag.facts["lacking"]) == ("D8", "yellow", ["23", "25"])
    assert flag.result == {"coverage": "19/21"}


def test_the_same_seven_cover_every_collaborative_region_and_none_has_to_move():
    norm = care_region_norm()
    counted = tally(BIOBANK, placing(CARE_REGION, PARTIES), norm.categories)
    assert counted.counts == {"north": 1, "central": 2, "stockholm_gotland": 1, "southeast": 1, "south": 1, "west": 1}
    assert covered(counted) == norm.categories
    found = measured(counted.counts, norm)
    assert found.index == found.least == Fraction(5, 42)
    assert printed(found.index, 4) == "0.1190"
    assert found.to_move == 0
    assert balance_flags(counted, norm, organ="board", on=TODAY) == ()


def test_per_region_the_same_seven_look_unfair():
    norm = equal_norm(REGION, REGIONS)
    counted = tally(BIOBANK, placing(REGION, PARTIES), norm.categories)
    found = measured(counted.counts, norm)
    assert found.index == found.least == Fraction(2, 3)  # no seven seats can do better


# --- Tests 2 to 5 ---


def test_nine_seats_of_six_with_one_empty_category_are_red():
    counts, norm = fractions(3, 2, 0, 1, 2, 1), equal_norm(SECTOR, "abcdef")
    found = measured(counts, norm)
    assert printed(found.index, 6) == "0.277778"
    assert printed(found.least, 6) == "0.166667"
    assert list(found.nearest.values()) == [2, 2, 2, 1, 1, 1]
    assert found.to_move == 1
    (flag,) = flags_of(counts, norm)
    assert (flag.severity, flag.result["empty"], flag.result["to_move"]) == ("red", ["c"], "1")


def test_a_move_of_exactly_one_is_yellow():
    counts = fractions(3, 1, 1, 1, 2, 1)
    assert measured(counts, equal_norm(SECTOR, "abcdef")).to_move == Fraction(1, 2)
    assert severities(counts, equal_norm(SECTOR, "abcdef")) == []
    counts = fractions(4, 1, 1, 1, 1, 1)
    assert measured(counts, equal_norm(SECTOR, "abcdef")).to_move == 1
    assert severities(counts, equal_norm(SECTOR, "abcdef")) == ["yellow"]
    counts = fractions(7, 1, 1, 1, 1, 1)
    assert measured(counts, equal_norm(SECTOR, "abcdef")).to_move == 5
    assert severities(counts, equal_norm(SECTOR, "abcdef")) == ["red"]


def test_equal_thirds_are_as_the_norm():
    counts, norm = fractions(2, 2, 2), equal_norm(SECTOR, "abc")
    assert measured(counts, norm).index == 0
    assert severities(counts, norm) == []


def test_seventeen_seats_with_shared_affiliations_have_more_than_two_to_move():
    counts = fractions("5.5", "2.5", 4, 1, 1, 3)
    norm = share_norm(SECTOR, fractions("0.25", "0.25", "0.25", "0.125", "0.0625", "0.0625"))
    found = measured(counts, norm)
    assert found.seats == 17
    assert printed(found.index, 4) == "0.1875"
    assert printed(found.least, 6) == "0.044118"
    assert found.to_move == Fraction("2.4375")
    assert found.to_move_whole == 3
    assert severities(counts, norm) == ["red"]


def test_seven_slices_with_one_seat_each_are_covered_and_as_the_norm():
    slices = [f"slice{number}" for number in range(7)]
    members = [Party(f"p{each}", "association", sector=each, region="") for each in slices]
    filled, _ = board(*(each.id for each in members))
    norm = equal_norm(SECTOR, slices)
    counted = tally(filled, placing(SECTOR, {each.id: each for each in members}), norm.categories)
    assert len(covered(counted)) == 7
    assert measured(counted.counts, norm).index == 0
    assert balance_flags(counted, norm, organ="council", on=TODAY) == ()


# --- norms ---


def test_an_empty_category_is_red_only_when_there_are_seats_for_all():
    assert severities(fractions(2, 1, 0), equal_norm(SECTOR, "abc")) == ["red"]
    assert severities(fractions(1, 1, 0), equal_norm(SECTOR, "abc")) == []
    none_wanted = share_norm(SECTOR, fractions("1/2", "1/2", 0))
    assert severities(fractions(2, 2, 0), none_wanted) == []


def test_smallest_and_largest_numbers_are_norms_of_their_own():
    norm = Norm(SECTOR, BOUNDS, ("a", "b"), minimum={"a": 2, "b": 1}, maximum={"b": 3})
    assert severities(fractions(2, 3), norm) == []
    assert severities(fractions(1, 3), norm) == ["yellow"]
    assert severities(fractions(2, 4), norm) == ["yellow"]
    assert severities(fractions(0, 3), norm) == ["red"]
    (flag,) = flags_of(fractions(1, 4), norm)
    assert (flag.result["too_few"], flag.result["too_many"]) == (["a"], ["b"])


def test_a_smallest_number_goes_beside_shares():
    norm = replace(equal_norm(SECTOR, "ab"), minimum={"a": 3})
    assert severities(fractions(2, 2), norm) == ["yellow"]
    assert severities(fractions(3, 3), norm) == []


def test_shares_that_are_not_one_together_are_no_norm():
    for shares in (fractions("1/2", "1/4"), fractions("3/2", "-1/2")):
        with pytest.raises(ValueError, match="norm_shares"):
            share_norm(SECTOR, shares)


def test_a_population_norm_needs_a_dated_table():
    without = population_norm(REGION, ["12", "13"], None)
    (flag,) = flags_of({"12": Fraction(3), "13": Fraction(1)}, without)
    assert (flag.severity, flag.direction, flag.result) == ("info", "data_quality", {"reason": "norm_lacking"})
    table = PopulationTable(date(2025, 12, 31), "made up", {"12": 300, "13": 100})
    norm = population_norm(REGION, ["12", "13"], table)
    assert (norm.shares, norm.source) == ({"12": Fraction(3, 4), "13": Fraction(1, 4)}, "made up 2025-12-31")
    assert severities({"12": Fraction(3), "13": Fraction(1)}, norm) == []
    assert population_norm(REGION, ["12", "14"], table).shares is None


def test_no_seat_filled_cannot_be_judged():
    (flag,) = flags_of(fractions(0, 0), equal_norm(SECTOR, "ab"))
    assert (flag.direction, flag.result) == ("data_quality", {"reason": "no_seats"})


def test_nobody_spoken_for_is_yellow_with_names():
    (flag,) = not_covered_flags(["a", "b", "c"], {"a"}, organ="board", dimension=SECTOR, on=TODAY)
    assert (flag.severity, flag.facts["lacking"], flag.result) == ("yellow", ["b", "c"], {"coverage": "1/3"})
    (unsure,) = not_covered_flags(["a", "b"], {"a"}, organ="board", dimension=SECTOR, on=TODAY, unknown=["s1"])
    assert unsure.direction == "data_quality"


# --- seats, affiliations, places ---


def test_a_vacant_seat_counts_for_nobody_and_is_listed():
    filled, vacant = board("r01", None, "r12")
    counted = tally(filled, placing(REGION, PARTIES), ["01", "12"], vacant)
    assert (sum(counted.counts.values()), counted.vacant) == (2, ("s1",))


def test_a_seat_without_a_vote_and_a_deputy_are_not_counted():
    filled, vacant = board("r01", voting=False)
    assert (filled, vacant) == ((), ())
    deputy = Appointment("s1", "n1", "r01", Interval(START), ordinary=False)
    assert holdings([Seat("s1", "board")], [deputy], TODAY) == ((), ("s1",))


def test_a_person_of_two_parties_is_counted_by_declared_shares():
    people = {"p1": Party("p1", "region", "care"), "p2": Party("p2", "university", "academia")}
    both = Appointment("s1", "n1", "p1", Interval(START), secondary={"p2": Fraction(1, 2)})
    filled, _ = holdings([Seat("s1", "board")], [both], TODAY)
    counted = tally(filled, placing(SECTOR, people), ["care", "academia"])
    assert counted.counts == {"care": Fraction(1, 2), "academia": Fraction(1, 2)}


def test_halland_on_a_seat_is_half_south_and_half_west():
    filled, _ = board("r13")
    counted = tally(filled, placing(CARE_REGION, PARTIES), care_region_norm().categories)
    assert {each: counted.counts[each] for each in covered(counted)} == {
        "south": Fraction(1, 2),
        "west": Fraction(1, 2),
    }


def test_the_seats_own_region_goes_before_the_partys():
    filled, _ = board("r01", region="25")
    assert covered(tally(filled, placing(REGION, PARTIES), [])) == ("25",)
    found = geography(filled, PARTIES, [], TODAY)
    assert (found.by_seat, found.by_party, found.direct) == (("25",), (), ("25",))


def test_the_seats_own_collaborative_region_goes_before_every_region():
    filled, _ = board("r13", region="25", health_care_region="central")
    assert covered(tally(filled, placing(CARE_REGION, PARTIES), [])) == ("central",)
    unset, _ = board("r01", region="", sector="", health_care_region="")
    assert covered(tally(unset, placing(CARE_REGION, PARTIES), [])) == ("stockholm_gotland",)
    assert geography(unset, PARTIES, [], TODAY).by_party == ("01",)


def test_norms_that_are_decided_one_by_one_make_one_together():
    half = Fraction(1, 2)
    shares = norm_of(SECTOR, [("share", "a", half), ("share", "b", half), ("max", "b", Fraction(3))], source="§ 4")
    assert (shares.kind, shares.shares, shares.maximum) == ("share", {"a": half, "b": half}, {"b": 3})
    equal = norm_of(SECTOR, [("equal", "", None), ("min", "a", Fraction(5, 2))], "ab")
    assert (equal.kind, equal.categories, equal.minimum, equal.source) == ("equal", ("a", "b"), {"a": 3}, "")
    bounds = norm_of(SIZE, [("min", "small", Fraction(1))], ["large"])
    assert (bounds.kind, bounds.shares, bounds.categories) == ("bounds", None, ("large", "small"))
    for rows in ([("share", "a", half)], [("equal", "", None), ("share", "a", Fraction(1))]):
        with pytest.raises(ValueError, match="norm_shares"):
            norm_of(SECTOR, rows, "a")


def test_a_size_class_is_the_partys():
    sized = {"small": Party("small", "company", size="micro"), "unknown": Party("unknown", "company")}
    filled, _ = board("small", "unknown", sector="industry", region="01")
    counted = tally(filled, placing(SIZE, sized), ["micro"])
    assert (counted.unknown, covered(counted)) == (("s1",), ("micro",))


def test_a_national_company_has_no_region_and_an_unknown_one_is_not_guessed():
    known = {**PARTIES, "national": Party("national", "company", region=""), "new": Party("new", "company")}
    norm = equal_norm(REGION, ["01"])
    filled, _ = board("r01", "national")
    counted = tally(filled, placing(REGION, known), norm.categories)
    assert (counted.unplaced, counted.unknown) == (("s1",), ())
    assert counted.counts == {"01": 1}
    filled, _ = board("r01", "new")
    counted = tally(filled, placing(REGION, known), norm.categories)
    (flag,) = balance_flags(counted, norm, organ="board", on=TODAY)
    assert (counted.unknown, flag.direction, flag.result) == (("s1",), "data_quality", {"reason": "unknown"})


def test_a_region_may_be_direct_and_indirect_at_once_and_is_counted_once():
    found = geography(BIOBANK, PARTIES, links(("01", "04")), TODAY)
    assert (found.indirect, len(found.direct)) == (("01", "04"), 7)
    assert found.covered_share == Fraction(8, 21)


def test_a_link_holds_while_somebody_sits_there_and_its_agreement_runs():
    on_seat = RepresentationLink("r04", Interval(START), seat="s0", agreement="a1")
    elsewhere = RepresentationLink("r06", Interval(START), seat="s99")
    to_nothing = RepresentationLink("r07", Interval(START))
    given_ = [on_seat, elsewhere, to_nothing]
    assert geography(BIOBANK, PARTIES, given_, TODAY).indirect == ("04",)
    assert geography(BIOBANK, PARTIES, given_, TODAY, running={"a1"}).indirect == ("04",)
    assert geography(BIOBANK, PARTIES, given_, TODAY, running=set()).indirect == ()


def test_uncovered_is_not_said_while_a_partys_region_is_unknown():
    filled, _ = board("r01", "nobody")
    (flag,) = geography_flags(geography(filled, PARTIES, [], TODAY), organ="board", on=TODAY)
    assert (flag.direction, flag.facts["unknown"]) == ("data_quality", ["nobody"])


@given(st.lists(st.sampled_from(REGIONS), max_size=30), st.lists(st.sampled_from(REGIONS), max_size=30))
def test_every_region_is_direct_indirect_or_uncovered(seats, linked):
    filled, _ = board(*(f"r{code}" for code in seats))
    found = geography(filled, PARTIES, links(linked) if seats else [], TODAY)
    assert {*found.direct, *found.indirect, *found.uncovered} == set(REGIONS)
    assert not set(found.uncovered) & {*found.direct, *found.indirect}


@given(st.lists(st.integers(0, 20), min_size=2, max_size=6).filter(any))
def test_seats_to_move_are_never_fewer_than_none_nor_more_than_all(values):
    counts = fractions(*values)
    found = measured(counts, equal_norm(SECTOR, list(counts)))
    assert 0 <= found.least <= found.index <= 1
    assert 0 <= found.to_move <= found.seats
