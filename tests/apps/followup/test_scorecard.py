"""What the scorecard reads: the line of each indicator, the worst first to decide, levels without formal promises."""

from datetime import date

import pytest

from tests.following import Followed
from tests.partnering import NOW
from tillit.apps.followup.models import Indicator, Thresholds
from tillit.apps.followup.queries.scorecard import scorecard
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import Commitment
from tillit.apps.partnerships.queries.commitments import Board

TODAY = date(2028, 2, 1)
OPEN, OFFICE = Sight(), Sight(office=True)


@pytest.fixture
def here(db):
    return Followed()


def behind(here, code="starts", value=58, **more):
    """An indicator of which D1's first example is true: far behind its path."""
    indicator = here.indicator(code=code, aggregation="last", frequency="year", **more)
    here.path(indicator, 40, date(2026, 1, 1), 100, date(2030, 1, 1))
    here.observed(here.reporter(indicator), "2027", value)
    return indicator


def promise(here, organ=None, **more):
    facts = {"level": here.levels["national"], "area": "goals", "kind": "resource", "text": "En sak", **more}
    who = {} if "of_kind" in more or "of_role" in more else {"organ": organ or here.organ()}
    starts = more.get("starts_on", date(2026, 2, 1))
    return Commitment.objects.create(
        partnership=here.partnership, **{**facts, **who, "starts_on": starts, "created_at": NOW}
    )


def gaps(here, sight=OFFICE):
    found = scorecard(here.partnership, sight, TODAY).gaps
    board = Board(here.partnership, TODAY, lambda _row: True)
    same = board.gaps(lambda organ: sight.sees(organ.openness, organ.pk))
    assert {each.code for each in found} == {level.code for level, _flag in same}
    return [(each.code, each.beside) for each in found]


def test_an_indicator_far_behind_its_path_is_red_and_to_decide(here):
    behind(here)
    behind(here, "fine", 70)
    found = scorecard(here.partnership, OPEN, TODAY)
    assert [row.verdict for row in found.rows] == ["green", "red"]
    assert [row.indicator.code for row in found.to_decide] == ["starts"]
    assert found.to_decide[0].told.mark == "breach"


def test_what_is_closed_or_not_open_to_the_one_who_asks_is_not_there(here):
    behind(here, openness="parties")
    closed = behind(here, "old")
    Indicator.objects.filter(pk=closed.pk).update(closed_on=TODAY)
    assert scorecard(here.partnership, OPEN, TODAY).rows == ()
    assert len(scorecard(here.partnership, OFFICE, TODAY).rows) == 1


def test_described_levels_have_their_own_line_and_say_that_raters_disagree(here):
    indicator = here.indicator(code="trust", kind="qualitative")
    reporter = here.reporter(indicator)
    here.observed(reporter, "2027-Q1", 3)
    for rater, level in zip((here.founder, here.officer, here.outsider), (0, 1, 4), strict=True):
        here.observed(reporter, "2027-Q2", level, rater=rater)
    row = scorecard(here.partnership, OPEN, TODAY).rows[0]
    assert row.verdict == "red"
    assert "oense" in row.beside[0]


def test_an_indicator_that_nobody_has_rated_is_not_assessable(here):
    here.indicator(code="trust", kind="qualitative")
    row = scorecard(here.partnership, OPEN, TODAY).rows[0]
    assert (row.verdict, row.told.mark) == ("not_assessable", "undecided")


def test_thresholds_that_were_decided_are_judged_by(here):
    behind(here)
    Thresholds.objects.create(
        partnership=here.partnership,
        rule="D1",
        params={"yellow": "-0.5"},
        organ=here.organ(),
        decided_on=date(2027, 1, 1),
        decision="§ 3",
        starts_on=date(2027, 1, 1),
        recorded_at=NOW,
    )
    assert scorecard(here.partnership, OPEN, TODAY).rows[0].verdict == "yellow"


def test_a_level_where_an_organ_decides_and_nothing_is_promised_is_a_gap(here):
    assert gaps(here) == []
    board = here.organ()
    assert gaps(here) == [("national", 0)]
    promise(here, organ=board, tier="operational")
    assert gaps(here) == [("national", 1)]
    promise(here, organ=board, tier="deciding")
    assert gaps(here) == []


def test_a_promise_of_a_class_fills_the_gap_only_while_somebody_is_in_the_class(here):
    here.organ()
    promise(here, of_kind="company", tier="deciding")
    assert gaps(here) == [("national", 0)]
    here.joined(here.company)
    assert gaps(here) == []


def test_a_promise_that_has_ended_or_not_begun_fills_no_gap(here):
    board = here.organ()
    promise(here, organ=board, tier="deciding", ends_on=TODAY)
    promise(here, organ=board, tier="deciding", starts_on=date(2029, 1, 1))
    assert gaps(here) == [("national", 0)]


def test_an_organ_that_may_not_be_known_of_makes_no_gap_to_see(here):
    board = here.organ(openness="organ")
    assert gaps(here, OPEN) == []
    assert gaps(here, Sight(party=True, organs=frozenset({board.pk}))) == [("national", 0)]


@pytest.mark.parametrize("count", [3, 30])
def test_the_scorecard_is_read_in_six_queries(here, count, django_assert_num_queries):
    here.organ()
    for number in range(count):
        behind(here, f"i{number}", node="K1")
    with django_assert_num_queries(6):
        assert len(scorecard(here.partnership, OFFICE, TODAY).rows) == count
