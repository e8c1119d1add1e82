from datetime import date
from fractions import Fraction

import pytest

from tillit.core.governance.engagement import Engagement, early_inclusion, engagement
from tillit.core.governance.entities import Interval, Membership, Party

START, TODAY = date(2026, 1, 1), date(2026, 8, 1)
SECTORS = ("care", "academia", "industry", "patients", "authorities")
PARTIES = {sector: Party(sector, "association", sector=sector, region="12") for sector in SECTORS}


def member(party, stage, end=None):
    return Membership(party, "member", Interval(START, end), stage)


FIVE = [
    member("care", "initiation"),
    member("academia", "initiation"),
    member("industry", "initiation"),
    member("patients", "start_up"),
    member("authorities", "operation"),
]


def test_three_of_five_sectors_were_there_at_initiation():
    found = early_inclusion(FIVE, PARTIES, "sector", TODAY)
    assert found.early == ("academia", "care", "industry")
    assert found.later == ("authorities", "patients")
    assert found.share == Fraction("0.60")


def test_a_region_was_there_when_one_of_its_parties_was():
    assert early_inclusion(FIVE, PARTIES, "region", TODAY).early == ("12",)


def test_a_party_of_no_group_is_left_out():
    known = {**PARTIES, "national": Party("national", "company", sector="industry", region="")}
    found = early_inclusion(
        [*FIVE, member("national", "initiation"), member("unheard", "operation")], known, "region", TODAY
    )
    assert (found.early, found.later, found.unknown) == (("12",), (), ())


def test_who_has_left_is_not_present():
    left = [*FIVE[:4], member("authorities", "operation", TODAY)]
    assert early_inclusion(left, PARTIES, "sector", TODAY).share == Fraction(3, 4)


def test_when_nobody_says_when_somebody_joined_the_share_is_not_known():
    found = early_inclusion([*FIVE[:4], member("authorities", None)], PARTIES, "sector", TODAY)
    assert (found.unknown, found.share, found.later) == (("authorities",), None, ("patients",))
    assert early_inclusion([], PARTIES, "sector", TODAY).share is None
    more = early_inclusion([*FIVE, member("care", None)], PARTIES, "sector", TODAY)
    assert more.share == Fraction("0.60")


def test_engagement_is_not_known_until_attendance_and_reporting_are():
    assert engagement(3, 4, 1, 2, 5) == Engagement(Fraction(3, 4), Fraction(1, 2), 5)
    assert engagement(0, 4, 0, 2) == Engagement(Fraction(0), Fraction(0), 0)


@pytest.mark.parametrize(
    "known", [(None, None, 1, 2), (None, 4, 1, 2), (3, 4, None, None), (3, 4, None, 2), (0, 0, 1, 2), (3, 4, 0, 0)]
)
def test_one_that_is_lacking_makes_it_unknown_and_not_none(known):
    assert engagement(*known) is None
