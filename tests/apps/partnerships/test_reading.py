"""An agreement reads on a day with the clauses of its supplements in the places of those that they replace."""

from datetime import date
from itertools import permutations

from tillit.apps.partnerships.reading import Wording, consolidated, in_order

FIRST, SECOND, THIRD = date(2026, 2, 1), date(2027, 1, 1), date(2028, 1, 1)


def clause(key, number="1", *, on=FIRST, replaces=None, agreement="main", holds=True):
    return Wording(key, number, f"Text {key}", "", on, replaces, agreement, holds)


def read(clauses, on):
    return [each.clause.id for each in consolidated(clauses, on)]


def test_a_replaced_clause_gives_way_on_the_day_and_not_before():
    clauses = [clause(1), clause(2, "2"), clause(3, on=SECOND, replaces=1, agreement="s1")]
    assert read(clauses, date(2026, 12, 31)) == [1, 2]
    assert read(clauses, SECOND) == [3, 2]
    (first, second) = consolidated(clauses, SECOND)
    assert [each.id for each in first.earlier] == [1]
    assert second.earlier == ()
    assert read(clauses, date(2026, 1, 1)) == []


def test_of_two_supplements_the_later_reads_whichever_it_was_written_against():
    for against in (1, 2):
        clauses = [
            clause(1),
            clause(2, on=SECOND, replaces=1, agreement="s1"),
            clause(3, on=THIRD, replaces=against, agreement="s2"),
        ]
        for order in permutations(clauses):
            assert read(order, THIRD) == [3]
            assert [each.id for each in consolidated(order, THIRD)[0].earlier] == [2, 1]


def test_when_a_supplement_ends_what_it_replaced_reads_again():
    clauses = [clause(1), clause(2, on=SECOND, replaces=1, agreement="s1", holds=False)]
    assert read(clauses, THIRD) == [1]
    chain = [*clauses, clause(3, on=THIRD, replaces=2, agreement="s2")]
    assert read(chain, THIRD) == [3]


def test_a_circle_or_a_clause_that_is_gone_does_not_stop_the_reading():
    assert read([clause(1, replaces=2), clause(2, "2", replaces=1)], FIRST)
    assert read([clause(5, replaces=99)], FIRST) == [5]


def test_clauses_come_in_the_order_of_their_numbers():
    numbers = ["10", "2", "2.1", "A", "3 b", "3 a", "2.10", "§ 1"]
    assert sorted(numbers, key=in_order) == ["§ 1", "2", "2.1", "2.10", "3 a", "3 b", "10", "A"]
