"""The pages of clinical trials as a visitor, a party, a sponsor, a site and the office meet them."""

import pytest
from django.urls import reverse

from tests import world
from tests.following import Followed
from tests.partnering import NOW
from tillit.apps.followup.actions import trials as acts
from tillit.apps.followup.models import Trial, TrialSite, TrialState

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed():
    made = Followed()
    made.joined(made.company)
    made.joined(made.university)
    return made


def trial(followed, **facts):
    said = acts.TrialFacts(**{"title": "Hjärtstudien", "openness": "public", "sponsor": followed.company, **facts})
    return acts.add_trial(partnership=followed.partnership, facts=said, by=followed.founder, at=NOW)


def place(followed, name, *more):
    return reverse(f"followup:{name}", args=[followed.partnership.slug, *more])


def test_a_party_writes_down_its_own_trial_and_what_state_it_has_come_to(client, followed):
    world.let_in(client, followed.officer)
    sent = {"act": "add", "title": "Hjärtstudien", "phase": "III", "openness": "public", "sponsor": "Annat AB"}
    answer = client.post(place(followed, "trial_new"), sent)
    made = Trial.objects.get()
    assert answer["Location"] == place(followed, "trial", made.pk)
    assert made.sponsor == followed.company
    said = {"act": "state", "state": "started", "on": "2026-03-01", "quality": "official", "source": "CTIS"}
    client.post(place(followed, "trial", made.pk), said)
    assert TrialState.objects.get().source == "CTIS"
    assert "Startad 2026-03-01" in client.get(place(followed, "trial", made.pk)).content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, followed):
    made = trial(followed)
    world.let_in(client, followed.founder)
    said = {"act": "state", "state": "started", "on": "2026-02-30", "quality": "official", "source": "CTIS"}
    answer = client.post(place(followed, "trial", made.pk), said)
    assert answer.status_code == 422
    assert "Skriv dagen som 2026-02-01." in answer.content.decode()
    assert 'value="CTIS"' in answer.content.decode()
    assert not TrialState.objects.exists()


def test_a_site_counts_its_own_patients_and_nobody_elses(client, followed):
    made = trial(followed)
    acts.place_site(
        trial=made, organisation=followed.university, recruited=acts.Recruited(10), by=followed.founder, at=NOW
    )
    world.let_in(client, world.person("Ulf Ek", organisation=followed.university, roles=("contact_person",)))
    counted = {"act": "site", "organisation": followed.university.name, "planned": "10", "so_far": "4"}
    client.post(place(followed, "trial", made.pk), {**counted, "on": "2026-07-01"})
    assert TrialSite.objects.get().recruited == 4
    other = {**counted, "organisation": followed.company.name, "on": "2026-07-01"}
    assert client.post(place(followed, "trial", made.pk), other).status_code == 403
    state = {"act": "state", "state": "closed", "on": "2026-03-01", "quality": "official", "source": "x"}
    assert client.post(place(followed, "trial", made.pk), state).status_code == 400
    assert TrialSite.objects.count() == 1


def test_who_may_see_and_do_what(client, followed):
    closed, open_ = trial(followed, openness="parties"), trial(followed, title="Öppen")
    assert client.get(place(followed, "trial", closed.pk)).status_code == 404
    assert client.get(place(followed, "trial", open_.pk)).status_code == 200
    assert client.get(place(followed, "trials")).status_code == 200
    assert client.get(place(followed, "trial_new")).status_code == 302
    world.let_in(client, followed.outsider)
    assert client.get(place(followed, "trial", closed.pk)).status_code == 404
    assert client.get(place(followed, "trial_new")).status_code == 403
    assert client.post(place(followed, "trial", open_.pk), {"act": "state"}).status_code == 400
    world.let_in(client, followed.officer)
    assert client.get(place(followed, "trial", closed.pk)).status_code == 200


def test_a_network_that_one_may_not_know_of_is_not_named(client, followed):
    organ = followed.organ("Dolt nätverk", level="network", openness="organ")
    made = trial(followed, network=organ)
    assert "Dolt nätverk" not in client.get(place(followed, "trial", made.pk)).text
    world.let_in(client, followed.founder)
    assert "Dolt nätverk" in client.get(place(followed, "trial", made.pk)).text


def test_what_is_counted_is_told_with_what_could_not_be(client, followed):
    trial(followed)
    shown = client.get(place(followed, "trials") + "?fas=III").content.decode()
    assert "Inga prövningar att visa." in shown
    shown = client.get(place(followed, "trials")).content.decode()
    assert "1 klinisk prövning" in shown
    assert "ingen prövning har båda dagarna" in shown
    assert "Antal patienter: uppgift saknas." in shown


@pytest.mark.parametrize("many", [2, 60])
def test_pages_ask_at_most_ten_queries(client, followed, django_assert_max_num_queries, many):
    for number in range(many):
        made = trial(followed, title=f"Prövning {number}")
    world.let_in(client, followed.officer)
    for address in (place(followed, "trials"), place(followed, "trial", made.pk), place(followed, "trial_new")):
        client.get(address)
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200
