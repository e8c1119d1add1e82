"""Commitments are made, changed until something is said of them, and ended; and the worked example of D9."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.promising import DUE, TODAY, Promises, moment
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.partnerships.actions import commitments as acts
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import Commitment, CommitmentEvent
from tillit.apps.partnerships.queries.commitment_words import holder_word, inclusion_told, percent, when_word
from tillit.apps.partnerships.queries.commitments import Board, Wanted
from tillit.core.governance.engagement import Inclusion

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    return Promises()


def board(ground, today=TODAY, sees=lambda _row: True):
    return Board(ground.partnership, today, sees)


def made(ground, **more):
    return acts.make_commitment(
        partnership=ground.partnership, facts=ground.facts(**more), by=ground.office, at=moment(DUE)
    )


def test_a_commitment_of_a_party_is_made_and_noted_in_the_ledger(ground):
    found = made(ground, weight=Decimal("2.50"), quantity=Decimal(3), unit="studier")
    assert (found.organisation, found.tier, found.weight) == (ground.company, "", Decimal("2.50"))
    act = Act.objects.get(action="partnerships.commitment_made")
    assert (act.subject_key, act.by) == (str(found.pk), ground.office)


def test_an_organs_commitment_is_on_its_level_and_tier_where_nothing_else_is_said(ground):
    group = ground.organ("Arbetsgruppen", "operative", "network")
    assert made(ground, organ=group, level=None).level == ground.levels["network"]
    assert made(ground, organ=group).tier == "operative"
    assert made(ground, organ=group, tier="advisory").tier == "advisory"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "Fråga 19121212-1212"}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"area": "allt"}, "area"),
        ({"kind": "allt"}, "kind"),
        ({"tier": "högst"}, "tier"),
        ({"openness": "alla"}, "openness"),
        ({"openness": "organ"}, "openness"),
        ({"organisation": None}, "organisation"),
        ({"of_kind": "company"}, "organisation"),
        ({"organisation": None, "of_kind": "bolag"}, "of_kind"),
        ({"organisation": None, "of_role": "kung"}, "of_role"),
        ({"level": None}, "level"),
        ({"ends_on": date(2026, 2, 1)}, "ends_on"),
        ({"due_on": date(2026, 1, 31)}, "due_on"),
        ({"due_on": None, "first_due": DUE}, "every_months"),
        ({"due_on": None, "every_months": 3}, "first_due"),
        ({"due_on": DUE, "first_due": DUE, "every_months": 3}, "due_on"),
        ({"due_on": None, "first_due": DUE, "every_months": 0}, "every_months"),
        ({"due_on": None, "first_due": DUE, "every_months": 241}, "every_months"),
        ({"due_on": date(20, 1, 1)}, "due_on"),
        ({"weight": Decimal(0)}, "weight"),
        ({"weight": Decimal("0.001")}, "weight"),
        ({"weight": Decimal(1000)}, "weight"),
        ({"grace_days": -1}, "grace_days"),
        ({"quantity": Decimal(2)}, "unit"),
        ({"quantity": Decimal(-2), "unit": "st"}, "quantity"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(ground, change, field):
    with pytest.raises(Refused) as refused:
        acts.make_commitment(
            partnership=ground.partnership, facts=replace(ground.facts(), **change), by=ground.office, at=moment(DUE)
        )
    assert refused.value.field == field
    assert not Commitment.objects.exists()


def test_nobody_outside_the_partnership_and_nothing_of_another_is_taken(ground):
    with pytest.raises(Refused, match="inte med i partnerskapet"):
        made(ground, organisation=ground.university)
    frame = Frame(name="Ett annat", legal_form="by_agreement", starts_on=date(2026, 2, 1))
    other = found_partnership(frame=frame, by=ground.founder, at=moment(DUE))
    with pytest.raises(Refused, match="annat partnerskap"):
        made(ground, level=other.levels.get(code="national"))


def test_it_is_changed_until_something_is_said_of_it(ground):
    one = ground.promise()
    changed = acts.change_commitment(
        commitment=one, facts=ground.facts(text="Något annat"), by=ground.office, at=moment(DUE)
    )
    assert changed.text == "Något annat"
    ground.reported(one)
    with pytest.raises(Refused, match="lägg upp ett nytt"):
        acts.change_commitment(commitment=one, facts=ground.facts(), by=ground.office, at=moment(DUE))


def test_it_is_not_changed_when_evidence_is_there(ground):
    one = ground.promise()
    ground.shown(one, accepted=False)
    with pytest.raises(Refused, match="har underlag"):
        acts.change_commitment(commitment=one, facts=ground.facts(), by=ground.office, at=moment(DUE))


def test_it_ends_and_what_is_due_on_its_last_day_is_still_due(ground):
    one = ground.promise(first_due=date(2026, 3, 31), every_months=3)
    acts.end_commitment(commitment=one, ends_on=DUE, by=ground.office, at=moment(DUE))
    assert len(board(ground).cells(Wanted()).rows) == 1
    assert board(ground).cells(Wanted()).said.count == 2
    with pytest.raises(Refused, match="innan det börjar"):
        acts.end_commitment(commitment=one, ends_on=date(2026, 2, 1), by=ground.office, at=moment(DUE))
    ground.reported(one)
    with pytest.raises(Refused, match="redan redovisat"):
        acts.end_commitment(commitment=one, ends_on=DUE - timedelta(days=1), by=ground.office, at=moment(DUE))


# --- D9 through the database ---


def printed(ground):
    """The five of the worked example, and what is said of them."""
    a, b, c = (ground.promise(weight) for weight in (3, 2, 3))
    ground.promise(1)
    e = ground.promise(2, evidence_required=True)
    ground.judged(a)
    ground.judged(b)
    ground.judged(c, "partial", fraction=Decimal("0.5"))
    ground.reported(e)
    return e


def test_the_worked_example_is_red_and_yellow_when_the_evidence_is_accepted(ground):
    e = printed(ground)
    found = board(ground).cells(Wanted())
    assert (found.said.met_weight, found.said.weight, found.said.count) == (Fraction("6.5"), 11, 5)
    assert (f"{float(found.said.share):.6f}", found.verdict) == ("0.590909", "red")

    ground.shown(e)
    ground.judged(e)

    found = board(ground).cells(Wanted())
    assert found.said.met_weight == Fraction("8.5")
    assert (f"{float(found.said.share):.6f}", found.verdict) == ("0.772727", "yellow")


def test_the_formality_gap_is_found_on_the_deciding_level(ground):
    ground.organ("Styrelsen")
    ground.organ("Kansliet", "operative")
    ground.organ("Nätverket", "operative", "network")
    for _ in range(6):
        ground.promise(tier="operative")
    for _ in range(3):
        ground.promise(tier="operative", level=ground.levels["network"])
    ((level, flag),) = board(ground).gaps(lambda _organ: True)
    assert (level.code, flag.severity, flag.code) == ("national", "red", "formality_gap")
    assert (flag.facts["commitments"]["deciding"], flag.facts["commitments"]["operative"]) == (0, 6)
    assert board(ground).gaps(lambda _organ: False) == ()
    ground.promise(tier="deciding")
    assert board(ground).gaps(lambda _organ: True) == ()


def test_a_commitment_that_may_not_be_seen_fills_the_gap_all_the_same(ground):
    ground.organ("Styrelsen")
    ground.promise(tier="deciding")
    hidden = board(ground, sees=lambda _row: False)
    assert hidden.gaps(lambda _organ: True) == ()
    assert (hidden.cells(Wanted()).rows, hidden.holders()) == ((), [])


def test_a_commitment_of_a_class_is_each_partys_while_it_is_in(ground):
    late = ground.joined(ground.university, role="member", starts_on=date(2026, 7, 1), sector="academia")
    ground.joined(ground.company, role="member")  # in two roles at once: owes it once
    ground.promise(organisation=None, of_role="member", first_due=date(2026, 3, 31), every_months=3)
    found = {each.holder: each.said.count for each in board(ground).cells(Wanted()).rows}
    assert found == {"Fjällmarks universitet": 1, "Nordkap Pharma AB": 3}
    late.refresh_from_db()
    only = board(ground).cells(Wanted(party=str(ground.company.pk)))
    assert [each.holder for each in only.rows] == ["Nordkap Pharma AB"]


def test_what_is_due_is_sifted_by_level_and_area(ground):
    ground.promise()
    ground.promise(level=ground.levels["network"], area="follow_up")
    assert board(ground).cells(Wanted()).total == 2
    assert [each.level.code for each in board(ground).cells(Wanted(level="network")).rows] == ["network"]
    assert [each.area for each in board(ground).cells(Wanted(area="goals")).rows] == ["goals"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "en gång, 2026-06-30"),
        ({"due_on": None}, "ingen dag är sagd"),
        ({"first_due": DUE, "every_months": 1}, "varje månad, första gången 2026-06-30"),
        ({"first_due": DUE, "every_months": 2}, "varannan månad, första gången 2026-06-30"),
        ({"first_due": DUE, "every_months": 3}, "med 3 månaders mellanrum, första gången 2026-06-30"),
        ({"first_due": DUE, "every_months": 12}, "varje år, första gången 2026-06-30"),
    ],
)
def test_when_it_is_due_is_told_in_words(ground, more, said):
    assert when_word(ground.promise(**more)) == said


def test_whose_it_is_is_told_in_words(ground):
    assert holder_word(ground.promise()) == "Nordkap Pharma AB"
    assert holder_word(ground.promise(organ=ground.organ())) == "Styrelsen"
    assert holder_word(ground.promise(of_kind="company")) == "alla företag"
    assert holder_word(ground.promise(of_kind="company", of_role="member")) == "alla företag i rollen medlem"
    assert holder_word(ground.promise(of_role="main_party")) == "alla i rollen huvudpart"


def test_a_share_is_cut_and_never_rounded_over_a_limit():
    assert percent(Fraction(13, 22)) == "59 %"
    assert percent(Fraction(8999, 10000)) == "89,9 %"
    assert (percent(Fraction(9, 10)), percent(Fraction(1)), percent(None)) == ("90 %", "100 %", "ej bedömbar")


def test_who_was_there_early_is_not_known_while_one_is_not():
    assert inclusion_told(Inclusion(("A",), (), ("B",)), "sektorer") == "Uppgift saknas om när B kom med."
    assert inclusion_told(Inclusion((), (), ()), "sektorer") == "Uppgift saknas."
    said = inclusion_told(Inclusion(("A", "B", "C"), ("D", "E"), ()), "sektorer")
    assert said == "3 av 5 sektorer var med från initieringen (60 %)."


def test_nothing_due_cannot_be_judged(ground):
    ground.promise(due_on=date(2027, 6, 30))
    (cell,) = board(ground).cells(Wanted()).rows
    assert (cell.said.share, cell.verdict) == (None, "not_assessable")


def test_formality_and_early_inclusion_are_told_and_nobody_is_ranked(ground):
    ground.joined(ground.university, role="member", sector="academia", stage="operation")
    ground.joined(ground.patients, role="member")
    ground.promise()
    found = board(ground)
    assert [(level.code, share) for level, share in found.formality()] == [("national", Fraction(1, 4))]
    said = found.inclusion("sector")
    assert (said.early, said.later, said.share) == (("Industri", "Vård"), ("Akademi",), Fraction(2, 3))
    assert found.inclusion("region").early == ("Region Fjällmark",)


def test_the_whole_board_is_read_in_six_queries_however_much_there_is(ground, django_assert_num_queries):
    ground.organ("Styrelsen")
    for _ in range(3):
        one = ground.promise(first_due=date(2026, 3, 31), every_months=1)
        ground.shown(one, date(2026, 3, 1))
        ground.judged(one, due_on=date(2026, 3, 31))
    with django_assert_num_queries(6):
        found = board(ground)
        found.cells(Wanted())
        found.gaps(lambda _organ: True)
        found.formality()
        found.inclusion("sector")
        found.holders()


def test_nothing_that_something_hangs_on_can_be_taken_away(ground):
    one = ground.promise()
    ground.reported(one)
    with pytest.raises(ProtectedError):
        one.delete()


@pytest.mark.parametrize("party", [False, True])
@pytest.mark.parametrize("day", [None, DUE])
def test_the_database_keeps_one_standing_word_on_each_time(ground, party, day):
    one = ground.promise()
    said = {
        "commitment": one,
        "party": ground.company if party else None,
        "due_on": day,
        "verdict": "claimed",
        "said_on": DUE,
        "recorded_at": moment(DUE),
    }
    first = CommitmentEvent.objects.create(**said)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentEvent.objects.create(**said)
    CommitmentEvent.objects.filter(pk=first.pk).update(superseded_at=moment(TODAY))
    CommitmentEvent.objects.create(**said)
