"""Who is asked to sign in a partnership that is not open sees the agreement and the first page, and nothing else."""

import pytest
from django.utils.timezone import localdate

from tests import world
from tests.apps.partnerships import agreeing
from tests.partnering import NOW, START, Ground
from tests.web.partnerships.conftest import client_of
from tillit.apps.partnerships.actions import parties

ROOT = "/partnerskap/slutet/"
LATER = ("tackning/", "fornyelse/", "fornyelse.ics", "parter/", "organ/", "mandat/", "ataganden/", "bli-aktor/")


@pytest.fixture
def ground(db):
    made = Ground(name="Slutet", openness="parties")
    made.joined(made.region)
    made.organ(openness="public", seats=1)
    return made


@pytest.fixture
def offered(ground):
    return agreeing.before_parties(ground, ground.region, ground.company, openness="parties")


def test_who_is_asked_sees_the_first_page_and_the_agreement_and_signs_it(ground, offered, officer):
    agreeing.drafted(ground, ground.region, title="De andras utkast", openness="parties")
    assert "Slutet" in officer.get("/partnerskap/").text
    first = officer.get(ROOT).text
    assert "bjuden att skriva under" in first
    assert offered.title in first
    assert "De andras utkast" not in first + officer.get(f"{ROOT}avtal/").text
    page = f"{ROOT}avtal/{offered.pk}/"
    assert "Skriv under för vår organisation" in officer.get(page).text
    said = {"signatory": "Bo Lind", "authority": "Firmateckning", "signed_on": localdate().isoformat()}
    answered = officer.post(f"{page}underskrift/", {"act": "sign", **said}, follow=True)
    assert "Underskriften är antecknad." in answered.text


def test_the_rest_of_it_is_not_theirs_and_nothing_leads_there(ground, offered, officer):
    places = [f"{ROOT}{part}" for part in LATER]
    places += [f"{ROOT}aktor/{ground.region.pk}/", f"{ROOT}organ/{ground.partnership.organs.get().pk}/"]
    for place in places:
        assert officer.get(place).status_code == 404
    for page in (ROOT, f"{ROOT}avtal/", f"{ROOT}avtal/{offered.pk}/"):
        assert [place for place in places if f'href="{place}"' in officer.get(page).text] == []
    ground.joined(ground.company)
    assert officer.get(f"{ROOT}parter/").status_code == 200


def test_only_the_one_asked_sees_it_and_only_until_it_has_left(ground, offered, officer, outsider, client):
    nobody = client_of(world.person("Åke Ö", organisation=world.company("Tredje AB")))
    for browser in (outsider, client, nobody):
        assert browser.get(ROOT).status_code == 404
        assert "Slutet" not in browser.get("/partnerskap/").text
    parties.withdraw(party=agreeing.row_of(offered, ground.company), on=START, by=ground.founder, at=NOW)
    assert officer.get(ROOT).status_code == 404
    assert officer.get(f"{ROOT}avtal/{offered.pk}/").status_code == 404
    assert "Slutet" not in officer.get("/partnerskap/").text
