from fractions import Fraction

import pytest

from tillit.core.governance.regions import (
    CARE_REGION_SHARES,
    CARE_REGIONS,
    REGIONS,
    by_care_region,
    split_regions,
)


def test_there_are_21_regions_with_the_codes_of_scb():
    assert (
        *("01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13"),
        *("14", "17", "18", "19", "20", "21", "22", "23", "24", "25"),
    ) == REGIONS


def test_every_region_is_one_whole_divided_over_six_collaborative_regions():
    assert {sum(shares.values()) for shares in CARE_REGION_SHARES.values()} == {Fraction(1)}
    assert {care for shares in CARE_REGION_SHARES.values() for care in shares} == set(CARE_REGIONS)


def test_halland_alone_belongs_to_two_by_half():
    assert split_regions() == ("13",)
    assert CARE_REGION_SHARES["13"] == {"south": Fraction(1, 2), "west": Fraction(1, 2)}


def test_a_seat_of_halland_is_half_south_and_half_west():
    assert by_care_region({"13": Fraction(1), "12": Fraction(1)}) == {
        "north": 0,
        "central": 0,
        "stockholm_gotland": 0,
        "southeast": 0,
        "south": Fraction(3, 2),
        "west": Fraction(1, 2),
    }


def test_another_source_can_say_another_share():
    known = {**CARE_REGION_SHARES, "13": {"south": Fraction(1, 4), "west": Fraction(3, 4)}}
    assert by_care_region({"13": Fraction(2)}, known)["west"] == Fraction(3, 2)


def test_a_code_that_is_no_region_is_not_lost():
    with pytest.raises(KeyError):
        by_care_region({"02": Fraction(1)})
