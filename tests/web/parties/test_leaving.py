"""An organisation that leaves today leaves its collaborations with the same press; one that leaves later, that day."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests import world
from tests.collaborating import Sides, fresh, plan, submitted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "state"), [(0, "cancelled"), (1, "submitted")])
def test_leaving_takes_the_organisation_out_of_its_collaborations_on_its_day(client, days, state):
    sides = Sides()
    made = submitted(sides, plan(sides))
    admin = world.person("Gun Alm", organisation=sides.region, roles=("administrator",))
    world.let_in(client, admin)
    on = localdate() + timedelta(days=days)
    sent = {"act": "leave", "on": on.isoformat()}
    assert client.post(f"/organisationer/{sides.region.pk}/band/", sent).status_code == 302
    sides.region.refresh_from_db()
    assert sides.region.left_on == on
    assert fresh(made).state == state
