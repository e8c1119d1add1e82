"""The office lets parties in and out, and runs the partnership itself."""

import pytest
from django.utils.timezone import localdate

from tests import world
from tests.apps.partnerships import agreeing
from tests.partnering import START
from tillit.apps.partnerships.models import Membership

ROOT = "/partnerskap/kliniska-provningar/"
TODAY = localdate


def current(organisation):
    return Membership.objects.get(organisation=organisation, superseded_at=None)


def test_the_office_takes_a_party_in_changes_it_and_lets_it_leave(ground, office, client):
    page = f"{ROOT}parter/skota/"
    said = {
        "act": "join",
        "organisation": ground.region.name,
        "role": "main_party",
        "starts_on": "2026-02-01",
        "sector": str(ground.sectors["care"].pk),
        "voting": "yes",
        "stage": "initiation",
    }
    assert "Parten är med" in office.post(page, said, follow=True).text
    assert office.post(page, said).status_code == 422
    shown = client.get(f"{ROOT}parter/").text
    for word in (ground.region.name, "huvudpart", "Vård", "initiering", "röstar"):
        assert word in shown
    row = current(ground.region)
    office.post(page, {"act": "change", "party": str(row.pk), "role": "funder"})
    row = current(ground.region)
    assert (row.role, row.starts_on) == ("funder", START)
    office.post(page, {"act": "leave", "party": str(row.pk), "on": TODAY().isoformat()})
    assert current(ground.region).ends_on == TODAY()
    assert "Har varit med" in client.get(f"{ROOT}parter/").text


def test_who_has_not_signed_does_not_accede_on_the_page_either(ground, office):
    top = agreeing.in_force(ground, ground.region)
    via = agreeing.before_parties(ground, ground.company, type="accession_agreement", title="Anslutning", parent=top)
    said = {
        "act": "join",
        "organisation": ground.company.name,
        "role": "acceded",
        "via": str(via.pk),
        "starts_on": "2026-03-01",
    }
    wrong = office.post(f"{ROOT}parter/skota/", said)
    assert wrong.status_code == 422
    assert "har inte skrivit under Anslutning senast den dagen" in wrong.text
    agreeing.sign(ground, via, ground.company)
    office.post(f"{ROOT}parter/skota/", said)
    assert current(ground.company).via == via


def test_the_office_names_stewards_and_words_and_moves_the_partnership_on(ground, office):
    page = f"{ROOT}kansli/"
    new = world.person("Nils Ny", "nils@example.se", organisation=ground.region, roles=("author",))
    assert (
        "utsedd"
        in office.post(page, {"act": "steward", "person": "nils@example.se", "role": "office"}, follow=True).text
    )
    mine = ground.partnership.stewards.get(person=ground.founder)
    office.post(page, {"act": "alias", "name": "Swetrial"})
    office.post(page, {"act": "sector", "code": "patients", "name": "Patienter"})
    office.post(page, {"act": "level", "code": "county", "name": "Län", "rank": "2"})
    office.post(page, {"act": "subject", "code": "admission", "name": "Vilka som tas in"})
    shown = office.get(page).text
    for word in ("Nils Ny", "Swetrial", "Patienter", "Län", "Vilka som tas in"):
        assert word in shown
    assert office.post(page, {"act": "sector", "code": "patients", "name": "Igen"}).status_code == 422
    office.post(page, {"act": "move", "status": "running"})
    ground.partnership.refresh_from_db()
    assert ground.partnership.status == "running"
    office.post(page, {"act": "end_steward", "chosen": str(mine.pk)})
    assert [each.person for each in ground.partnership.stewards.filter(until=None)] == [new]


def test_what_is_said_of_it_is_changed_and_what_is_not_asked_stays(ground, office):
    ground.partnership.ends_on = TODAY().replace(year=2040)
    ground.partnership.save()
    said = {
        "act": "change",
        "name": "Nytt namn",
        "legal_form": "other",
        "starts_on": "2026-02-01",
        "openness": "public",
    }
    assert "Sparat." in office.post(f"{ROOT}kansli/", said, follow=True).text
    ground.partnership.refresh_from_db()
    assert (ground.partnership.name, ground.partnership.ends_on.year) == ("Nytt namn", 2040)


@pytest.mark.parametrize("part", ["kansli/", "parter/skota/"])
def test_others_have_no_office(ground, officer, client, part):
    assert officer.get(f"{ROOT}{part}").status_code == 403
    assert officer.post(f"{ROOT}{part}", {"act": "alias", "name": "X"}).status_code == 403
    assert client.get(f"{ROOT}{part}").status_code == 302
