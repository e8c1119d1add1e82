"""An outcome is closed by the other side, as it was read."""

from datetime import UTC, datetime

import pytest

from tests import world
from tests.collaborating import NOW, Sides, approved, begun, fresh, plan
from tillit.apps.collaborations.actions import outcome, partaking
from tillit.apps.collaborations.models import Collaboration, Party
from tillit.apps.errors import Refused

pytestmark = pytest.mark.django_db
AFTER = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def reported(sides):
    """An outcome that the company has reported."""
    made = approved(sides, plan(sides))
    Collaboration.objects.filter(pk=made.pk).update(state="reported", state_since=AFTER)
    return fresh(made)


def close(made, by, acting_for, **more):
    return outcome.close(collaboration=made, by=by, acting_for=acting_for, at=AFTER, **more)


def test_another_organisation_on_the_side_that_reported_does_not_close(sides, reported):
    other = world.company("Södra Pharma AB")
    officer = world.person("Ove Lo", organisation=other, roles=("compliance_officer",))
    Party.objects.create(collaboration=reported, organisation=other, side="company", role="joined")
    for by, acting_for in ((officer, other), (sides.officer, sides.company)):
        with pytest.raises(Refused, match="andra sidan"):
            close(reported, by, acting_for)
    close(reported, sides.contact, sides.region)
    assert fresh(reported).state == "closed"


def test_where_the_other_side_has_left_another_organisation_closes(sides, reported):
    other = world.company("Södra Pharma AB")
    officer = world.person("Ove Lo", organisation=other, roles=("compliance_officer",))
    Party.objects.create(collaboration=reported, organisation=other, side="company", role="joined")
    partaking.leave(collaboration=reported, organisation=sides.region, reason="Slut.", by=None, at=AFTER)
    with pytest.raises(Refused, match="andra sidan"):
        close(reported, sides.officer, sides.company)
    close(reported, officer, other)
    assert fresh(reported).state == "closed"


def test_an_outcome_that_was_sent_back_and_reported_anew_is_not_closed_unread(sides, reported):
    read = reported.revision
    outcome.reopen_report(
        collaboration=reported, reason="Fel belopp.", by=sides.contact, acting_for=sides.region, at=AFTER
    )
    Collaboration.objects.filter(pk=reported.pk).update(state="reported")
    with pytest.raises(Refused, match="ändrat under tiden"):
        close(reported, sides.contact, sides.region, revision=read)
    close(reported, sides.contact, sides.region, revision=fresh(reported).revision)


def test_an_outcome_that_was_changed_since_it_was_read_is_not_reported(sides):
    made = begun(sides, plan(sides))
    Collaboration.objects.filter(pk=made.pk).update(state="carried_out")
    with pytest.raises(Refused, match="ändrat under tiden"):
        outcome.report(
            collaboration=made, by=sides.author, acting_for=sides.company, at=NOW, revision=made.revision - 1
        )
