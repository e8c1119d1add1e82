"""The report's main question, for a board region, one of the fourteen, and a company that has not signed."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tillit.core.governance.actor import Partnership, answer
from tillit.core.governance.agreements import (
    AUTO_RENEW,
    BEING_SIGNED,
    DRAFT,
    FIXED,
    UNTIL_FURTHER_NOTICE,
    Agreement,
    Signature,
)
from tillit.core.governance.commitments import Commitment, Recurrence
from tillit.core.governance.entities import (
    Appointment,
    Interval,
    Membership,
    Organ,
    Party,
    RepresentationLink,
    Seat,
)
from tillit.core.governance.mandates import MandateItem

START, TODAY = date(2026, 1, 1), date(2026, 8, 1)
ALWAYS = Interval(START)
MAIN = Agreement(
    "main",
    "main_agreement",
    "national",
    START,
    AUTO_RENEW,
    valid_to=date(2027, 1, 1),
    renewal_months=12,
    notice_months=3,
    parties=(Signature("skane", START), Signature("company")),
)
ACCESSION = Agreement(
    "accession",
    "accession_agreement",
    "national",
    START,
    UNTIL_FURTHER_NOTICE,
    notice_months=6,
    review_months=12,
    parties=(Signature("skane", START), Signature("halland", date(2026, 2, 1))),
)


def commitment(id_, party, **other):
    return Commitment(id_, party, "national", "goals", ALWAYS, **other)


WHOLE = Partnership(
    parties=(Party("skane", "region"), Party("halland", "region"), Party("company", "company")),
    memberships=(
        Membership("skane", "main_party", ALWAYS),
        Membership("halland", "acceded", ALWAYS),
        Membership("skane", "funder", Interval(START, TODAY)),
    ),
    agreements=(MAIN, ACCESSION),
    organs=(Organ("board", "deciding", "national", ALWAYS), Organ("council", "advisory", "national", ALWAYS)),
    seats=(Seat("s1", "board"), Seat("s2", "council", voting=False)),
    appointments=(
        Appointment("s1", "n1", "skane", ALWAYS, secondary={"university": Fraction(1, 4)}),
        Appointment("s2", "n2", "company", ALWAYS),
    ),
    links=(RepresentationLink("halland", ALWAYS, seat="s1", agreement="accession"),),
    mandates=(
        MandateItem("board", "budget", "decides", "national", ALWAYS),
        MandateItem("council", "budget", "advises", "national", ALWAYS),
    ),
    commitments=(
        commitment("yearly", "skane", kind="reporting", recurrence=Recurrence(date(2026, 3, 31))),
        commitment("quarterly", "skane", kind="resource", recurrence=Recurrence(date(2026, 3, 31), 3)),
        commitment("whenever", "skane"),
        commitment("theirs", "halland", due=date(2026, 9, 1)),
    ),
)


def test_a_region_in_the_board_has_signed_both_agreements():
    said = answer(WHOLE, "skane", TODAY)
    assert [(bond.agreement.id, bond.state, bond.holds_today) for bond in said.signed] == [
        ("main", "signed", True),
        ("accession", "signed", True),
    ]
    assert (said.to_sign, said.not_party_to) == ((), ())
    assert [each.role for each in said.memberships] == ["main_party"]


def test_it_sits_in_the_board_and_decides_there():
    said = answer(WHOLE, "skane", TODAY)
    assert [(place.organ.id, place.person, place.ordinary) for place in said.places] == [("board", "n1", True)]
    assert [(say.mandate.right, say.own, say.votes) for say in said.says] == [("decides", True, True)]
    assert said.spoken_for == ()


def test_a_party_that_shares_a_person_has_the_seat_too():
    assert [place.seat.id for place in answer(WHOLE, "university", TODAY).places] == ["s1"]


def test_a_deputy_has_a_place_and_no_vote():
    deputy = replace(WHOLE, appointments=(replace(WHOLE.appointments[0], ordinary=False),))
    said = answer(deputy, "skane", TODAY)
    assert [(say.own, say.votes) for say in said.says] == [(True, False)]


def test_a_region_that_has_acceded_is_spoken_for_by_those_in_the_board():
    said = answer(WHOLE, "halland", TODAY)
    assert said.places == ()
    assert [(each.organ.id, each.by, each.agreement) for each in said.spoken_for] == [
        ("board", ("skane", "university"), "accession")
    ]
    assert [(say.mandate.organ, say.own, say.votes) for say in said.says] == [("board", False, False)]
    assert [each.id for each in said.not_party_to] == ["main"]


@pytest.mark.parametrize(
    "change",
    [
        {"links": (replace(WHOLE.links[0], during=Interval(START, TODAY)),)},
        {"appointments": ()},
        {"agreements": (MAIN, replace(ACCESSION, ends_at=TODAY))},
    ],
)
def test_nobody_speaks_for_it_when_the_link_the_sitter_or_the_agreement_is_gone(change):
    assert answer(replace(WHOLE, **change), "halland", TODAY).spoken_for == ()


def test_a_link_to_an_organ_is_to_all_who_sit_there():
    link = RepresentationLink("halland", ALWAYS, organ="board")
    (said,) = answer(replace(WHOLE, links=(link,)), "halland", TODAY).spoken_for
    assert (said.seat, said.by) == (None, ("skane", "university"))


def test_a_company_that_has_not_signed_is_told_to_and_advises_without_a_vote():
    said = answer(WHOLE, "company", TODAY)
    assert [(bond.agreement.id, bond.holds) for bond in said.to_sign] == [("main", None)]
    assert (said.signed, said.notices) == ((), ())
    assert [(say.mandate.right, say.own, say.votes) for say in said.says] == [("advises", True, False)]


def test_what_falls_due_in_twelve_months_what_is_reported_and_what_has_no_day():
    said = answer(WHOLE, "skane", TODAY)
    assert [(day, each.id) for day, each in said.due] == [
        (date(2026, 9, 30), "quarterly"),
        (date(2026, 12, 31), "quarterly"),
        (date(2027, 3, 31), "quarterly"),
        (date(2027, 3, 31), "yearly"),
        (date(2027, 6, 30), "quarterly"),
    ]
    assert [(day, each.id) for day, each in said.reporting] == [(date(2027, 3, 31), "yearly")]
    assert [each.id for each in said.undated] == ["whenever"]


def test_it_leaves_what_renews_itself_by_giving_notice_in_time():
    (day, bond), *rest = answer(WHOLE, "skane", TODAY).notices
    assert (day, bond.agreement.id, rest) == (date(2026, 10, 1), "main", [])
    assert (bond.leaving.ends, bond.leaving.if_today) == (date(2027, 1, 1), date(2027, 1, 1))


def test_when_the_day_for_notice_is_past_it_leaves_one_renewal_later():
    bond = answer(WHOLE, "skane", date(2026, 10, 2)).signed[0]
    assert (bond.leaving.ends, bond.leaving.if_today) == (date(2027, 1, 1), date(2028, 1, 1))


def test_it_leaves_what_runs_until_further_notice_after_the_months_of_notice():
    bond = answer(WHOLE, "skane", TODAY).signed[1]
    assert (bond.leaving.notice_by, bond.leaving.ends) == (None, None)
    assert (bond.leaving.if_today, bond.leaving.review) == (date(2027, 2, 1), date(2027, 1, 1))
    unknown = replace(WHOLE, agreements=(replace(ACCESSION, notice_months=None),))
    assert answer(unknown, "skane", TODAY).signed[0].leaving.if_today is None


def test_a_fixed_end_is_the_way_out_and_an_own_notice_is_told():
    fixed = replace(MAIN, term_mode=FIXED, renewal_months=None)
    assert answer(replace(WHOLE, agreements=(fixed,)), "skane", TODAY).signed[0].leaving.if_today == date(2027, 1, 1)
    leaving = replace(ACCESSION, parties=(Signature("skane", START, notice_given_at=date(2026, 5, 1)),))
    whole = replace(WHOLE, agreements=(leaving,))
    bond = answer(whole, "skane", TODAY).signed[0]
    assert bond.leaving.ends == bond.leaving.if_today == date(2026, 11, 1)
    assert answer(whole, "skane", date(2026, 11, 1)).bonds == ()


def test_drafts_and_what_has_ended_are_left_out():
    ended = replace(MAIN, id="old", ends_at=TODAY)
    draft = replace(MAIN, id="draft", status=DRAFT)
    being_signed = replace(MAIN, id="new", status=BEING_SIGNED)
    said = answer(replace(WHOLE, agreements=(ended, draft, being_signed)), "skane", TODAY)
    assert [(bond.agreement.id, bond.holds_today) for bond in said.bonds] == [("new", False)]


def test_one_who_is_nothing_in_the_partnership_is_told_just_that():
    said = answer(WHOLE, "somebody", TODAY)
    assert (said.memberships, said.bonds, said.places, said.says, said.due) == ((), (), (), (), ())
    assert [each.id for each in said.not_party_to] == ["main", "accession"]
