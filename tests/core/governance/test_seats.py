from dataclasses import replace
from datetime import date

from tests.core.governance.boards import START, TODAY
from tillit.core.governance.entities import Appointment, Interval, Seat
from tillit.core.governance.representation import holdings
from tillit.core.governance.seats import overlapping, seat_flags

SEATS = [Seat("s1", "board"), Seat("s2", "board"), Seat("s3", "council")]
ANNA = Appointment("s1", "anna", "p1", Interval(START, date(2027, 1, 1)))


def found(*appointments):
    return [(flag.code, flag.severity, flag.subject) for flag in seat_flags(SEATS, appointments, TODAY)]


def test_a_seat_has_one_ordinary_holder_at_a_time():
    other = replace(ANNA, person="bo", during=Interval(date(2026, 12, 31)))
    assert overlapping(ANNA, [ANNA, other]) == (other,)
    assert overlapping(ANNA, [replace(other, during=Interval(date(2027, 1, 1)))]) == ()
    assert overlapping(ANNA, [replace(other, seat="s2")]) == ()
    assert overlapping(ANNA, [replace(other, ordinary=False)]) == ()
    assert overlapping(replace(ANNA, ordinary=False), [other]) == ()


def test_two_holders_today_are_red():
    assert found(ANNA, replace(ANNA, person="bo")) == [("seat_taken", "red", "s1")]
    assert found(ANNA, replace(ANNA, person="bo", during=Interval(date(2027, 1, 1)))) == []
    assert found(ANNA, replace(ANNA, person="bo", ordinary=False)) == []
    elsewhere = replace(ANNA, seat="of another partnership")
    assert found(ANNA, elsewhere, replace(elsewhere, person="bo")) == []


def test_a_person_who_sits_twice_in_an_organ_is_told_of_and_counted_once():
    twice = replace(ANNA, seat="s2")
    assert found(ANNA, twice) == [("sits_twice", "yellow", "board")]
    assert found(ANNA, replace(ANNA, seat="s3")) == []
    filled, vacant = holdings(SEATS, [ANNA, twice], TODAY)
    assert ([each.seat.id for each in filled], vacant) == (["s1"], ("s2", "s3"))


def test_the_one_who_began_first_counts_on_a_seat_that_two_hold():
    later = replace(ANNA, person="bo", party="p2", during=Interval(date(2026, 2, 1)))
    filled, _ = holdings(SEATS, [later, ANNA], TODAY)
    assert [each.person for each in filled] == ["anna"]
