"""The day and the state that stand beside a party are the collaboration's, whoever writes and however."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests import world
from tests.collaborating import NOW, Sides, begun, fresh, plan
from tillit.apps.collaborations.actions import submitting
from tillit.apps.collaborations.models import Collaboration, Party
from tillit.apps.collaborations.queries.rows import Asked, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    sides = Sides()
    made = begun(sides, plan(sides))
    made.sides = sides
    return made


def placed(made):
    return set(Party.objects.filter(collaboration=made).values_list("starts_on", "state"))


def test_a_party_has_its_place_from_the_start_and_moves_along(made):
    assert placed(made) == {(made.starts_on, "draft")}
    submitting.submit(collaboration=made, by=made.sides.author, acting_for=made.sides.company, at=NOW)
    assert placed(made) == {(made.starts_on, "submitted")}
    later = made.starts_on + timedelta(days=3)
    Collaboration.objects.filter(pk=made.pk).update(starts_on=later, ends_on=later)
    assert placed(made) == {(later, "submitted")}


def test_a_party_that_is_saved_with_old_values_or_loaded_in_bulk_is_set_right(made):
    stale = Party.objects.filter(collaboration=made)[0]
    Collaboration.objects.filter(pk=made.pk).update(state="closed")
    stale.save()
    Party.objects.filter(pk=stale.pk).update(starts_on=date(1999, 1, 1))
    other = world.company("Annat AB")
    Party.objects.bulk_create([Party(collaboration=made, organisation=other, side="company", role="joined")])
    assert placed(made) == {(made.starts_on, "closed")}


def test_a_list_is_turned_page_by_page_without_losing_or_repeating_a_row(made, monkeypatch):
    monkeypatch.setattr("tillit.apps.collaborations.queries.rows.SIZE", 4)
    for number in range(10):
        copy = fresh(made)
        copy.pk, copy.public_id, copy.version, copy.state = uuid4(), f"S-X{number}", 1, "approved"
        copy._state.adding = True
        copy.starts_on = copy.ends_on = made.starts_on + timedelta(days=number % 3)
        copy.save()
        Party.objects.create(collaboration=copy, organisation=made.sides.region, side="care", role="answerer")
    seen, after = [], ""
    while True:
        page = rows_of(made.sides.region, Asked(after=after))
        seen += [(row.starts_on, row.public_id) for row in page.rows]
        if not page.next:
            break
        after = page.next
    assert len(seen) == len(set(seen)) == 10
    assert [day for day, _id in seen] == sorted((day for day, _id in seen), reverse=True)
    assert rows_of(made.sides.region, Asked(after="nonsense_x")).rows == rows_of(made.sides.region, Asked()).rows
