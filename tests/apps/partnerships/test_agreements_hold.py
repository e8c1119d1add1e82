"""I-1, I-2 and I-4 tried straight in the tables, past every act: the database says no."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from tests.partnering import NOW, START, Ground
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import Agreement, AgreementParty, Membership, Partnership
from tillit.core.governance.areas import ROOT_TYPES

pytestmark = pytest.mark.django_db
MIGRATION = import_module("tillit.apps.partnerships.migrations.0002_agreements_hold")
LATER = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def ground():
    return Ground()


def agreement(ground, sort="main_agreement", **fields):
    return Agreement.objects.create(
        **{
            "partnership": ground.partnership,
            "type": sort,
            "level": ground.levels["national"],
            "title": sort,
            "status": "in_force",
            "valid_from": START,
            "term_mode": "until_further_notice",
            "created_at": NOW,
            **fields,
        }
    )


def another(ground):
    frame = Frame(name="Ett till", legal_form="by_agreement", starts_on=START)
    return found_partnership(frame=frame, by=ground.founder, at=NOW)


def signed(ground, agreement, organisation, on=START, **fields):
    return AgreementParty.objects.create(
        agreement=agreement,
        organisation=organisation,
        signatory="Vera Ek",
        authority="Delegationsbeslut 12",
        signed_on=on,
        recorded_at=NOW,
        **fields,
    )


def refused(rule):
    """Return a check that the database itself stops what is done, by that very rule."""
    return pytest.raises(IntegrityError, match=rule)


def tried(act):
    with transaction.atomic():
        return act()


# ---- I-1


ONE_ROOT = "one_root_at_a_time"


def test_a_second_main_agreement_is_never_in_force_on_the_same_day(ground):
    agreement(ground)
    with refused(ONE_ROOT):
        tried(lambda: agreement(ground, "consortium_agreement", valid_from=date(2030, 1, 1)))


def test_a_main_agreement_takes_over_on_the_very_day_that_the_other_ends(ground):
    agreement(ground, valid_to=date(2028, 1, 1), term_mode="fixed")
    with refused(ONE_ROOT):
        tried(lambda: agreement(ground, valid_from=date(2027, 12, 31)))
    agreement(ground, valid_from=date(2028, 1, 1))


def test_it_can_be_drafted_beside_the_other_and_not_be_put_in_force(ground):
    agreement(ground)
    draft = agreement(ground, status="draft")
    draft.status = "in_force"
    with refused(ONE_ROOT):
        tried(draft.save)
    with refused(ONE_ROOT):
        tried(lambda: Agreement.objects.filter(pk=draft.pk).update(status="notice_given"))


def test_neither_a_parent_taken_away_nor_a_longer_time_makes_two(ground):
    top = agreement(ground)
    under = agreement(ground, "consortium_agreement", parent=top)
    under.parent = None
    with refused(ONE_ROOT):
        tried(under.save)
    top.ends_on = date(2027, 1, 1)
    top.save()
    after = agreement(ground, valid_from=date(2027, 1, 1))
    top.ends_on = date(2027, 1, 2)
    with refused(ONE_ROOT):
        tried(top.save)
    after.valid_from = date(2026, 12, 31)
    with refused(ONE_ROOT):
        tried(after.save)


def test_notice_alone_is_no_end(ground):
    agreement(ground, notice_given_on=START, notice_months=1)
    with refused(ONE_ROOT):
        tried(lambda: agreement(ground, valid_from=date(2030, 1, 1)))


def test_one_that_ended_on_a_day_that_nobody_knows_is_in_nobodys_way(ground):
    agreement(ground, status="ended")
    agreement(ground)


def test_statutes_are_no_root_of_a_partnership_by_agreement_until_its_form_changes(ground):
    agreement(ground)
    agreement(ground, "statutes")
    with refused("a_new_form_has_one_root"):
        tried(lambda: Partnership.objects.filter(pk=ground.partnership.pk).update(legal_form="other"))
    Partnership.objects.filter(pk=ground.partnership.pk).update(legal_form="association")


def test_two_partnerships_have_a_root_each(ground):
    agreement(ground)
    agreement(ground, partnership=another(ground))


def test_the_database_knows_the_roots_that_the_core_knows():
    assert dict(ROOT_TYPES) == MIGRATION.ROOTS


# ---- I-2


WITHIN = "child_(is|stays)_within_its_parent"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"valid_to": date(2028, 1, 2), "term_mode": "fixed"},
        {"valid_from": date(2026, 1, 31), "valid_to": date(2027, 1, 1), "term_mode": "fixed"},
        {"valid_to": date(2027, 1, 1), "term_mode": "auto_renew", "renewal_months": 12},
        {"valid_from": date(2026, 1, 31), "survives_parent": True},
    ],
    ids=["open-ended", "a day too long", "a day too early", "renews itself", "survives but begins before"],
)
def test_a_child_outside_its_parent_is_refused(ground, fields):
    top = agreement(ground, valid_to=date(2028, 1, 1), term_mode="fixed")
    with refused(WITHIN):
        tried(lambda: agreement(ground, "level_agreement", parent=top, **fields))


def test_a_child_may_end_the_same_day_or_survive_and_may_not_be_made_longer(ground):
    top = agreement(ground, valid_to=date(2028, 1, 1), term_mode="fixed")
    child = agreement(ground, "level_agreement", parent=top, valid_to=date(2028, 1, 1), term_mode="fixed")
    child.valid_to = date(2028, 2, 1)
    with refused(WITHIN):
        tried(child.save)
    child.survives_parent = True
    child.save()
    child.survives_parent = False
    with refused(WITHIN):
        tried(child.save)
    with refused(WITHIN):
        free = agreement(ground, "project_agreement", status="draft")
        tried(lambda: Agreement.objects.filter(pk=free.pk).update(parent=top))


def test_a_parent_that_ends_earlier_is_let_through_and_so_is_bringing_its_child_nearer(ground):
    top = agreement(ground)
    child = agreement(ground, "level_agreement", parent=top)
    Agreement.objects.filter(pk=top.pk).update(ends_on=date(2027, 1, 1))
    Agreement.objects.filter(pk=child.pk).update(ends_on=date(2028, 1, 1))
    with refused(WITHIN):
        tried(lambda: Agreement.objects.filter(pk=child.pk).update(ends_on=date(2029, 1, 1)))


def test_a_parent_does_not_come_to_begin_after_its_child(ground):
    top = agreement(ground)
    agreement(ground, "level_agreement", parent=top)
    with refused("a_parent_begins_before_its_children"):
        tried(lambda: Agreement.objects.filter(pk=top.pk).update(valid_from=date(2026, 2, 2)))


def test_no_agreement_is_above_itself_or_under_one_of_another_partnership(ground):
    top = agreement(ground)
    middle = agreement(ground, "level_agreement", parent=top)
    bottom = agreement(ground, "project_agreement", parent=middle)
    with refused("a_parent_is_above"):
        tried(lambda: Agreement.objects.filter(pk=top.pk).update(parent=bottom))
    other = another(ground)
    with refused("a_parent_is_above"):
        tried(lambda: agreement(ground, "project_agreement", parent=middle, partnership=other))


# ---- I-4


@pytest.fixture
def accession(ground):
    return agreement(ground, "accession_agreement", parent=agreement(ground))


def acceded(ground, via, on=START):
    return ground.joined(ground.company, "acceded", via=via, starts_on=on)


NOT_SIGNED = "who_has_acceded_has_signed"


def test_nobody_has_acceded_without_having_signed_by_then(ground, accession):
    signed(ground, accession, ground.region)
    with refused(NOT_SIGNED):
        tried(lambda: acceded(ground, accession))
    AgreementParty.objects.create(agreement=accession, organisation=ground.company, recorded_at=NOW)
    with refused(NOT_SIGNED):
        tried(lambda: acceded(ground, accession))


def test_a_signature_on_the_day_will_do_and_one_the_day_after_will_not(ground, accession):
    signed(ground, accession, ground.company, on=date(2026, 3, 2))
    with refused(NOT_SIGNED):
        tried(lambda: acceded(ground, accession, on=date(2026, 3, 1)))
    assert acceded(ground, accession, on=date(2026, 3, 2)).pk


@pytest.mark.parametrize("how", ["withdrawn", "superseded", "another type", "another partnership"])
def test_a_signature_that_does_not_hold_brings_nobody_in(ground, accession, how):
    fields = {"withdrawn_on": START} if how == "withdrawn" else {}
    row = signed(ground, accession, ground.company, **fields)
    if how == "superseded":
        AgreementParty.objects.filter(pk=row.pk).update(superseded_at=LATER)
    if how == "another type":
        Agreement.objects.filter(pk=accession.pk).update(type="special_agreement")
    if how == "another partnership":
        other = another(ground)
        Agreement.objects.filter(pk=accession.pk).update(parent=None, partnership=other)
    with refused(NOT_SIGNED):
        tried(lambda: acceded(ground, accession))


def test_what_a_party_acceded_by_stays(ground, accession):
    row = signed(ground, accession, ground.company)
    acceded(ground, accession)
    with refused("what_brought_parties_in_stays"):
        tried(lambda: Agreement.objects.filter(pk=accession.pk).update(type="special_agreement"))
    AgreementParty.objects.filter(pk=row.pk).update(superseded_at=LATER)
    with refused("a_signature_that_brought_in_stays"):
        tried(lambda: signed(ground, accession, ground.company, on=date(2026, 2, 2)))
    signed(ground, accession, ground.company, withdrawn_on=date(2027, 1, 1))


@pytest.mark.parametrize(
    "change",
    [{"role": "acceded"}, {"starts_on": date(2026, 1, 1)}, {"ends_on": date(2027, 1, 1)}, {"stage": "initiation"}],
)
def test_a_recorded_row_is_superseded_once_and_never_changed(ground, accession, change):
    row = ground.joined(ground.company, via=accession)
    with refused("membership_stands"):
        tried(lambda: Membership.objects.filter(pk=row.pk).update(**change))
    Membership.objects.filter(pk=row.pk).update(superseded_at=LATER)
    with refused("membership_stands"):
        tried(lambda: Membership.objects.filter(pk=row.pk).update(superseded_at=None))


def test_a_signature_is_never_written_over(ground, accession):
    row = signed(ground, accession, ground.company)
    with refused("party_stands"):
        tried(lambda: AgreementParty.objects.filter(pk=row.pk).update(signed_on=date(2026, 1, 1)))


def test_the_triggers_are_there_whatever_later_migrations_do():
    names = {name for name, _table, events, *_rest in (*MIGRATION.RULES, *MIGRATION.standing())}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
            there = {row[0] for row in cursor.fetchall()}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            there = {row[0].removesuffix("_insert").removesuffix("_update") for row in cursor.fetchall()}
    assert names <= there
