"""Organisations come into a partnership, change and leave; who accedes has signed (I-4)."""

from datetime import date

import pytest

from tests import world
from tests.apps.partnerships import agreeing
from tests.partnering import NOW, START, Ground
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.partnerships.actions import parties
from tillit.apps.partnerships.actions.frame import Frame, add_sector, found_partnership
from tillit.apps.partnerships.actions.memberships import Position, change_membership, join, leave
from tillit.apps.partnerships.models import Membership

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 1)


@pytest.fixture
def ground():
    return Ground()


def joined(ground, organisation, role="main_party", on=START, ends_on=None, **said):
    return join(
        partnership=ground.partnership,
        organisation=organisation,
        position=Position(role, **said),
        starts_on=on,
        ends_on=ends_on,
        by=ground.founder,
        at=NOW,
    )


def changed(ground, row, role, **more):
    from_day = more.pop("from_day", None)
    return change_membership(membership=row, to=Position(role, **more), from_day=from_day, by=ground.founder, at=NOW)


def current(ground):
    rows = Membership.objects.filter(partnership=ground.partnership, superseded_at=None)
    return list(rows.order_by("starts_on").values_list("role", "starts_on", "ends_on"))


@pytest.fixture
def accession(ground):
    top = agreeing.in_force(ground, ground.region)
    return agreeing.before_parties(
        ground, ground.company, type="accession_agreement", title="Anslutningsavtal", parent=top
    )


def test_a_party_joins_with_its_sector_and_its_stage(ground):
    row = joined(ground, ground.region, sector=ground.sectors["care"], stage="initiation", voting=True)
    assert (row.sector, row.stage, row.voting, row.recorded_by) == (
        ground.sectors["care"],
        "initiation",
        True,
        ground.founder,
    )
    assert Act.objects.filter(action="partnerships.joined").count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"role": "chef"}, "role"),
        ({"stage": "sent"}, "stage"),
        ({"ends_on": START}, "ends_on"),
        ({"role": "acceded"}, "via"),
    ],
)
def test_what_no_party_can_be_is_told_at_its_field(ground, said, field):
    with pytest.raises(Refused) as refused:
        joined(ground, ground.company, **said)
    assert refused.value.field == field
    assert current(ground) == []


def test_a_sector_of_another_partnership_is_refused(ground):
    other = found_partnership(frame=Frame("Ett till", "other", START), by=None, at=NOW)
    theirs = add_sector(partnership=other, code="x", name="X", by=None, at=NOW)
    with pytest.raises(Refused, match="annat partnerskap"):
        joined(ground, ground.company, sector=theirs)


def test_nobody_is_in_the_same_role_twice_and_one_can_have_two(ground):
    joined(ground, ground.region)
    with pytest.raises(Refused, match="redan med"):
        joined(ground, ground.region, on=LATER)
    joined(ground, ground.region, "funder")


def test_who_has_left_tillit_does_not_join(ground):
    with pytest.raises(Refused, match="deltar inte"):
        joined(ground, world.company("Borta AB", left_on=START))


def test_who_has_not_signed_by_the_day_has_not_acceded(ground, accession):
    with pytest.raises(Refused, match="inte skrivit under"):
        joined(ground, ground.company, "acceded", via=accession)
    agreeing.sign(ground, accession, ground.company, on=date(2026, 3, 1))
    with pytest.raises(Refused, match="senast den dagen"):
        joined(ground, ground.company, "acceded", via=accession)
    row = joined(ground, ground.company, "acceded", on=date(2026, 3, 1), via=accession)
    assert row.via == accession


def test_a_main_agreement_lets_nobody_accede(ground, accession):
    with pytest.raises(Refused, match="anslutningsavtal eller"):
        joined(ground, ground.region, "acceded", via=accession.parent)


def test_who_acceded_by_an_agreement_cannot_have_left_it_before(ground, accession):
    agreeing.sign(ground, accession, ground.company)
    row = joined(ground, ground.company, "acceded", on=date(2026, 3, 1), via=accession)
    signed = agreeing.row_of(accession, ground.company)
    with pytest.raises(Refused, match="ansluten genom"):
        parties.withdraw(party=signed, on=date(2026, 3, 1), by=ground.founder, at=NOW)
    leave(membership=row, on=LATER, by=ground.founder, at=NOW)
    out = parties.withdraw(party=signed, on=LATER, by=ground.founder, at=NOW)
    with pytest.raises(Refused, match="redan part"):
        parties.add_party(agreement=accession, organisation=ground.company, by=ground.founder, at=NOW)
    assert out.withdrawn_on == LATER


def test_a_party_leaves_and_the_row_of_before_is_kept(ground):
    row = joined(ground, ground.region)
    with pytest.raises(Refused, match="inte med förrän"):
        leave(membership=row, on=START, by=ground.founder, at=NOW)
    out = leave(membership=row, on=LATER, by=ground.founder, at=NOW)
    assert current(ground) == [("main_party", START, LATER)]
    row.refresh_from_db()
    assert (row.ends_on, row.superseded_at) == (None, NOW)
    with pytest.raises(Refused, match="Någon annan"):
        leave(membership=row, on=LATER, by=ground.founder, at=NOW)
    with pytest.raises(Refused, match="redan lämnat"):
        leave(membership=out, on=date(2027, 6, 1), by=ground.founder, at=NOW)
    joined(ground, ground.region, on=LATER)


def test_a_change_from_a_day_ends_what_was_and_a_correction_takes_its_place(ground):
    row = joined(ground, ground.region, stage="start_up")
    changed(ground, row, "funder", from_day=LATER)
    assert current(ground) == [("main_party", START, LATER), ("funder", LATER, None)]
    now = Membership.objects.get(superseded_at=None, starts_on=LATER)
    changed(ground, now, "member")
    assert current(ground) == [("main_party", START, LATER), ("member", LATER, None)]
    with pytest.raises(Refused, match="inte med den dagen"):
        changed(ground, Membership.objects.get(superseded_at=None, starts_on=LATER), "funder", from_day=START)


def test_a_change_that_is_refused_leaves_all_as_it_was(ground):
    row = joined(ground, ground.region)
    joined(ground, ground.region, "funder")
    before = current(ground)
    for more in ({}, {"from_day": LATER}):
        with pytest.raises(Refused, match="redan med"):
            changed(ground, row, "funder", **more)
        assert current(ground) == before
