from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tillit.core.money import LARGEST, as_decimal, decimal_of, hundredths


@pytest.mark.parametrize(
    ("text", "whole"),
    [("245.00", 24500), ("0", 0), ("-3.5", -350), (" 7.1 ", 710), ("1000000000000", 10**14), (".5", 50), ("5.", 500)],
)
def test_a_number_with_a_point_is_whole_hundredths(text, whole):
    assert hundredths(decimal_of(text)) == whole


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "-", "--1", "+1", "1,5", "1 000", "1e5", "0x1", "1.2.3", "nan", "inf", "-Infinity", "1_0", "٣"],
)
def test_what_is_no_plain_number_is_refused(text):
    with pytest.raises(ValueError, match="not_a_number"):
        decimal_of(text)


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_no_number_is_not_a_number_of_hundredths(value):
    with pytest.raises(ValueError, match="not_a_number"):
        hundredths(Decimal(value))


@pytest.mark.parametrize("value", ["1000000000000.01", "-1000000000000.01", "1e30", "1000000000000." + "0" * 25 + "1"])
def test_more_than_a_million_millions_is_too_large(value):
    with pytest.raises(ValueError, match="too_large"):
        hundredths(Decimal(value))


@pytest.mark.parametrize("value", ["0.001", "1.005", "123.45" + "0" * 28 + "1", "1e-400"])
def test_a_third_digit_is_never_rounded_away(value):
    with pytest.raises(ValueError, match="too_many_decimals"):
        hundredths(Decimal(value))


def test_zeros_after_the_second_digit_are_no_digits():
    assert hundredths(Decimal("1.2300")) == 123
    assert hundredths(Decimal("1E+2")) == 10000


@given(st.integers(-LARGEST * 100, LARGEST * 100))
def test_hundredths_come_back_as_they_were(whole):
    assert hundredths(as_decimal(whole)) == whole
    assert hundredths(decimal_of(str(as_decimal(whole)))) == whole
