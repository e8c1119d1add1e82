"""Personal numbers are made here by arithmetic: no number that could be somebody's stands in the tree."""

import unicodedata

import pytest

from tillit.core.text import nfc, personal_number_in


def check_digit(nine):
    doubled = [int(sign) * (2 - position % 2) for position, sign in enumerate(nine)]
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def number(day, born="98", century="", separator=""):
    """Return ten or twelve digits for a day as YYMMDD, with the right check digit."""
    nine = day + born + "0"
    return century + day + separator + nine[6:] + check_digit(nine)


def wrong(found):
    return found[:-1] + str((int(found[-1]) + 1) % 10)


@pytest.mark.parametrize(
    "separator", ["", "-", "+", " ", " - ", "\u2013", "\u2212", "\u2010", "\u00a0", ".", "\n", "\uff0d"]
)
@pytest.mark.parametrize("century", ["", "19", "20", "18"])
def test_ten_and_twelve_digits_are_found_with_and_without_a_separator(century, separator):
    written = number("850709", century=century, separator=separator)
    found = personal_number_in(f"Kalla in {written}, tack")
    assert found == unicodedata.normalize("NFKC", written)


def test_a_wrong_check_digit_is_no_personal_number():
    assert personal_number_in(wrong(number("850709"))) is None
    assert personal_number_in(wrong(number("850709", century="19", separator="-"))) is None


@pytest.mark.parametrize("day", ["850001", "851301", "850700", "850732", "850431", "850792", "850760"])
def test_a_day_that_cannot_be_is_no_personal_number(day):
    assert personal_number_in(number(day)) is None


@pytest.mark.parametrize("day", ["850761", "850769", "850791"])
def test_a_coordination_number_has_sixty_added_to_its_day(day):
    assert personal_number_in(number(day)) == number(day)


def test_an_organisation_number_has_at_least_two_as_its_third_digit():
    for third in "23456789":
        assert personal_number_in(number(f"55{third}001", separator="-")) is None


def test_the_twenty_ninth_of_february_is_there_in_leap_years_only():
    assert personal_number_in(number("840229"))
    assert personal_number_in(number("000229")), "2000 was a leap year, 1900 was none"
    assert personal_number_in(number("850229")) is None
    assert personal_number_in(number("000229", century="19")) is None
    assert personal_number_in(number("000229", century="20"))
    assert personal_number_in(number("840289")), "a coordination number on a leap day"
    assert personal_number_in(number("850289")) is None


@pytest.mark.parametrize("zero", [0x0660, 0x0966, 0xFF10, 0x1D7CE])
def test_digits_of_other_scripts_are_digits(zero):
    plain = number("850709", separator="-")
    foreign = "".join(chr(zero + int(sign)) if sign.isdigit() else sign for sign in plain)
    assert personal_number_in(foreign) == plain


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_signs_that_nobody_sees_do_not_hide_a_number(unseen):
    plain = number("850709")
    assert personal_number_in(plain[:3] + unseen + plain[3:6] + unseen + plain[6:]) == plain


def test_a_number_with_digits_next_to_it_is_another_number():
    plain = number("850709")
    assert personal_number_in("7" + plain) is None
    assert personal_number_in(plain + "7") is None
    assert personal_number_in("7" + number("850709", century="19")) is None
    assert personal_number_in("p" + plain + "x") == plain


def test_a_number_may_stand_after_one_that_only_looks_like_it():
    plain = number("850709")
    assert personal_number_in(f"{wrong(plain)} och {plain}") == plain


def test_four_signs_between_are_too_many():
    assert personal_number_in(number("850709", separator="-  -")) is None


@pytest.mark.parametrize(
    "text", ["", "2026-03-12 0900", "08-123 456 78", "SE0012345678", "0701-23 45 67", "12 345 678,90"]
)
def test_days_phones_and_sums_are_left_alone(text):
    assert personal_number_in(text) is None


def test_composed_letters_are_one_sign():
    assert nfc("a\u030a") == "å"
