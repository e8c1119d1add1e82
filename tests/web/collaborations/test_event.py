"""The page where a collaboration joins an event, and what its own page tells of it."""

import pytest

from tests import world
from tests.collaborating import NOW, Sides, begun, fresh, plan, submitted
from tests.elsewhere import other
from tests.world import let_in
from tillit.apps.collaborations.models import Collaboration, Event
from tillit.apps.register.actions import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def made(sides):
    return begun(sides, plan(sides))


def of(made, part="evenemang/"):
    return f"/samverkan/{made.public_id}/{part}"


def event(name="Hjärtdagarna", day="2026-04-14", town="Västerås"):
    return Event.objects.create(name=name, town=town, starts_on=day, ends_on=day)


NEW = {"act": "new", "name": "Hjärtdagarna", "town": "", "starts_on": "2026-04-14", "ends_on": "2026-04-15"}


def test_a_new_one_is_written_down_told_on_the_page_and_left(client, sides, made):
    let_in(client, sides.author)
    assert of(made) in client.get(of(made, "")).text
    assert 'value="Västerås"' in client.get(of(made)).text

    told = client.post(of(made), NEW, follow=True).text

    assert "Samverkan hör nu till evenemanget." in told
    assert "Hjärtdagarna" in told
    assert "Ingen annan samverkan hör dit än." in told
    assert "Hjärtdagarna" not in client.post(of(made), {"act": "leave"}, follow=True).text
    assert fresh(made).event is None
    assert client.post(of(made), {"act": "leave"}).status_code == 400


def test_one_that_is_there_is_found_by_name_town_and_days_and_chosen(client, sides, made):
    near, far = event(), event("Njurveckan", "2026-10-01", "Lund")
    let_in(client, sides.author)
    assert "Njurveckan" not in client.get(of(made)).text
    found = client.get(of(made), {"q": "lund", "fran": "2026-09-01", "till": "2026-12-31"}).text
    assert "Njurveckan" in found
    assert "Hjärtdagarna" not in found
    assert client.get(of(made), {"q": "x\x00", "fran": "2026-13-99", "till": "nonsens"}).status_code == 200
    assert client.post(of(made), {"act": "join", "event": str(far.pk)}).status_code == 302
    assert fresh(made).event == far
    assert client.post(of(made), {"act": "join", "event": str(near.pk)}).status_code == 302
    assert fresh(made).event == near
    assert client.post(of(made), {"act": "join", "event": str(sides.clinic.pk)}).status_code == 422
    assert client.post(of(made), {"act": "join", "event": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"name": " "}, "new-name_error"),
        ({"ends_on": "2026-04-13"}, "new-ends_on_error"),
        ({"starts_on": ""}, "new-starts_on_error"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, sides, made, wrong, place):
    page = let_in(client, sides.author).post(of(made), NEW | wrong)
    assert page.status_code == 422
    assert f'id="{place}"' in page.text
    assert not Event.objects.exists()


def test_the_others_are_counted_and_only_the_open_ones_are_named(client, sides, made):
    meeting = event()
    Collaboration.objects.filter(pk=made.pk).update(event=meeting)
    another = world.company("Annat AB")
    open_one = other(sides, company=another, event=meeting, state="closed", title="Öppen kväll")
    other(sides, company=another, event=meeting, state="submitted", title="Hemlig plan")
    publish(collaboration=open_one, at=NOW, today=NOW.date())
    text = let_in(client, sides.author).get(of(made, "")).text
    assert "2 andra samverkan hör dit." in text
    assert f"/oppet/{open_one.public_id}/" in text
    assert "Öppen kväll" in text
    assert "Hemlig plan" not in text


def test_readers_do_not_choose_others_find_nothing_and_what_is_over_stays(client, sides):
    made = submitted(sides, plan(sides))
    auditor = world.person("Ulf Ros", organisation=sides.company, roles=("auditor",))
    let_in(client, auditor)
    assert client.get(of(made)).status_code == 403
    assert of(made) not in client.get(of(made, "")).text
    stranger = world.person("Ola Vik", organisation=world.company("Annat AB"), roles=("compliance_officer",))
    assert let_in(client, stranger).get(of(made)).status_code == 404
    assert let_in(client, sides.contact).post(of(made), NEW).status_code == 302
    Collaboration.objects.filter(pk=made.pk).update(state="closed")
    assert client.get(of(made)).status_code == 403
    client.logout()
    assert client.get(of(made)).status_code == 302
