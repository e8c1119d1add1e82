"""Every finding about organs is one sentence with a word and a shape; figures are written as the reader has them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from tillit.apps.partnerships.queries.organ_words import (
    MARKS,
    SENTENCES,
    SEVERITY_WORDS,
    balance_sentence,
    band,
    category_name,
    figure,
    flag_told,
    last_day,
)
from tillit.core.governance import balance, entities, mandates, seats
from tillit.core.governance.entities import Appointment, Interval, Seat
from tillit.core.governance.flags import VERDICTS
from tillit.core.governance.mandates import MandateItem, mandate_flags

DAY = date(2026, 8, 1)
ALWAYS = Interval(date(2026, 1, 1))
NAMES = {"a": "Styrelsen", "b": "Nämnden", "subject:1": "budget", "level:2": "nationell", "s": "Plats 1"}


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def right(organ, right="decides", **more):
    return MandateItem(organ, "1", right, "2", ALWAYS, **more)


def said(*items, organs=(), subjects=()):
    found = mandate_flags(items, organs, subjects, partnership="p", on=DAY)
    return [(each.mark, each.says.replace("\xa0", " ")) for each in (flag_told(flag, NAMES) for flag in found)]


def test_every_finding_has_a_sentence_and_every_verdict_a_word_and_a_shape():
    assert set(SENTENCES) == {*mandates.JUDGES, *seats.JUDGES, *balance.JUDGES}
    assert set(MARKS) == set(SEVERITY_WORDS) == set(VERDICTS)
    assert len(set(MARKS.values())) == len(MARKS)


def test_two_who_decide_are_both_named():
    assert said(right("a"), right("b")) == [
        ("breach", "Fler än ett organ beslutar om budget på nivån nationell: Styrelsen, Nämnden.")
    ]


def test_the_amounts_that_nobody_decides_on_are_named():
    items = (right("a", amount_to=Decimal(1000)), right("b", amount_from=Decimal(2000), amount_to=Decimal(3000)))
    assert said(*items) == [
        (
            "judge",
            "Ingen beslutar om budget på nivån nationell, belopp från 1 000 och under 2 000 kronor, från 3 000 kronor.",
        )
    ]


def test_rights_that_cannot_stand_and_circles_are_told():
    board = entities.Organ("a", "advisory", "2", ALWAYS, parent="b")
    other = entities.Organ("b", "operative", "2", ALWAYS, parent="a")
    found = said(right("a"), right("a", "no_authority"), organs=(board, other))
    assert [each for _mark, each in found] == [
        "Styrelsen är rådgivande men har rätt att besluta om budget.",
        "Styrelsen beslutar om budget utan att ha bestämmanderätt där.",
        "Styrelsen ligger över sig självt.",
        "Nämnden ligger över sig självt.",
    ]


def test_a_seat_with_two_holders_and_one_who_sits_twice_are_told_without_their_names():
    rows = (Seat("s", "a"), Seat("t", "a"))
    who = tuple(Appointment(seat, "eva", "p", ALWAYS) for seat in ("s", "s", "t"))
    found = [flag_told(each, NAMES).says for each in seats.seat_flags(rows, who, DAY)]
    assert found == [
        "Plats 1 har fler än en innehavare på samma gång.",
        "Samma person sitter på fler än en plats i Styrelsen och räknas en gång.",
    ]


def test_a_balance_tells_what_is_lacking_and_the_seats_to_move():
    result = {"empty": ["x"], "too_few": ["x", "y"], "too_many": ["z"], "to_move": "39/16"}
    assert balance_sentence(result, {"x": "Vård", "y": "Akademi", "z": "Industri"}) == (
        "Ingen plats alls: Vård. Färre platser än minst: Akademi. Fler platser än högst: Industri."
        " Platser att flytta för att komma så nära normen som det går: 2,4375."
    )
    assert balance_sentence({"empty": [], "too_few": [], "too_many": []}, {}) == "Inom det som är beslutat."


def test_figures_are_exact_to_four_decimals_and_in_the_readers_language():
    assert [figure(each) for each in (Fraction(5, 42), Fraction(2), Decimal(0), "0.50")] == ["0,119", "2", "0", "0,5"]
    with translation.override("en"):
        assert figure(Fraction(5, 42)) == "0.119"
    assert figure(Fraction(100)) == "100"


def test_a_band_of_amounts_and_a_last_day():
    assert [band(None, None), band(None, Decimal(5)), band(Decimal(5), None)] == ["", "under 5 kronor", "från 5 kronor"]
    assert (last_day(date(2027, 1, 1)), last_day(None)) == (date(2026, 12, 31), None)


def test_categories_are_called_what_they_are_called():
    assert category_name("region", "12", {}) == "Region Skåne"
    assert category_name("sector", "care", {"care": "Vård"}) == "Vård"
    assert category_name("health_care_region", "south", {}) == "Södra"
    assert category_name("size", "small", {}) == "small"
