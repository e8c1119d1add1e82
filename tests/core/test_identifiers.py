import pytest
from hypothesis import given, strategies as st

from tests.world import number
from tillit.core.errors import BadInput
from tillit.core.identifiers import check_digit_holds, grouped, hsa_id, organisation_number
from tillit.exchange.words import LANGUAGES, problem_text


def code_of(read, text):
    with pytest.raises(BadInput) as bad:
        read(text)
    (problem,) = bad.value.problems
    for lang in LANGUAGES:
        assert problem_text(problem, lang) != problem.code
    return problem.code


@pytest.mark.parametrize(
    "text",
    ["2021005489", "202100-5489", " 202100 5489 ", "16202100-5489", "16 2021 00–5489", "202100\u20115489"],
)
def test_an_organisation_number_is_ten_digits_however_it_is_written(text):
    assert organisation_number(text) == "2021005489"


@pytest.mark.parametrize(
    "text", ["", "20210054", "20210054891", "19202100-5489x", "SE2021005489", "٢٠٢١٠٠٥٤٨٩", "noll"]
)
def test_anything_but_ten_digits_is_refused(text):
    assert code_of(organisation_number, text) == "identifier.not_ten_digits"


def test_a_wrong_check_digit_is_refused():
    assert code_of(organisation_number, "202100-5488") == "identifier.check_digit"


def test_a_third_digit_below_two_is_no_legal_person():
    assert code_of(organisation_number, "2010005483") == "identifier.third_digit"


@pytest.mark.parametrize("date", ["900101", "19900101", "900161"])
def test_a_sole_traders_number_is_a_personal_number_and_is_refused_as_one(date):
    nine = date[-6:] + "001"
    last = next(str(digit) for digit in range(10) if check_digit_holds(nine + str(digit)))
    assert code_of(organisation_number, f"{date}-001{last}") == "identifier.personal_number"


@given(st.integers(0, 999_999), st.integers(0, 9), st.integers(0, 9))
def test_one_digit_wrong_is_always_seen(start, place, digit):
    right = number(start)
    assert organisation_number(right) == right
    wrong = right[:place] + str(digit) + right[place + 1 :]
    if wrong != right:
        with pytest.raises(BadInput):
            organisation_number(wrong)


def test_a_number_is_shown_with_its_dash():
    assert grouped("2021005489") == "202100-5489"
    assert grouped("") == ""


def test_an_hsa_id_is_kept_in_capitals():
    assert hsa_id(" se2021005489-1a2b ") == "SE2021005489-1A2B"


@pytest.mark.parametrize(
    "text",
    ["", "SE2021005489", "SE2021005489-", "SE202100548-1A", "NO2021005489-1A", "SE2021005489-1-2", "SE2021005489-å"],
)
def test_what_is_no_hsa_id_is_refused(text):
    assert code_of(hsa_id, text) == "identifier.hsa_form"


def test_an_hsa_id_has_at_most_31_signs():
    assert len(hsa_id("SE2021005489-" + "A" * 18)) == 31
    assert code_of(hsa_id, "SE2021005489-" + "A" * 19) == "identifier.hsa_form"


def test_the_number_inside_an_hsa_id_must_be_one():
    assert code_of(hsa_id, "SE2021005488-1A2B") == "identifier.hsa_number"
