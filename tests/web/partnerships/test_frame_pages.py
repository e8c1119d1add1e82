"""The list of partnerships, the founding of one and its page: who sees which."""

import pytest
from django.utils.timezone import localdate

from tests import world
from tests.partnering import NOW, START, Ground
from tests.web.partnerships.conftest import client_of
from tillit.apps.partnerships.actions.frame import RESERVED, Frame, found_partnership
from tillit.apps.partnerships.models import Partnership
from tillit.web.partnerships import urls


def test_a_visitor_finds_open_partnerships_and_their_pages(ground, client):
    page = client.get("/partnerskap/")
    assert "Kliniska prövningar" in page.text
    assert "Lägg upp" not in page.text
    assert "avtalssamverkan" in client.get("/partnerskap/kliniska-provningar/").text
    assert client.get("/partnerskap/finns-inte/").status_code == 404


def test_what_is_for_the_parties_is_in_the_list_of_those_alone(db, client):
    ground = Ground(name="Slutet", openness="parties")
    ground.joined(ground.company, sector="industry")
    for browser in (client, client_of(ground.outsider)):
        assert "Slutet" not in browser.get("/partnerskap/").text
        assert browser.get("/partnerskap/slutet/").status_code == 404
    for person in (ground.founder, ground.officer):
        assert "Slutet" in client_of(person).get("/partnerskap/").text
        assert client_of(person).get("/partnerskap/slutet/").status_code == 200


def test_the_list_is_searched_also_by_other_names(ground, client):
    ground.partnership.aliases.create(name="Swetrial")
    assert "Kliniska prövningar" in client.get("/partnerskap/", {"q": "swetri"}).text
    page = client.get("/partnerskap/", {"q": "inget sådant"})
    assert "Inget partnerskap passar." in page.text


@pytest.mark.parametrize("sought", ["östra", "ÖSTRA åk", "åkersberga nätverket"])
def test_the_list_and_the_search_find_swedish_letters_in_any_case_and_every_word(ground, client, sought):
    ground.partnership.aliases.create(name="Nätverket Östra Åkersberga")
    assert "Kliniska prövningar" in client.get("/partnerskap/", {"q": sought}).text
    assert "Kliniska prövningar" in client.get("/sok/", {"q": sought}).text


def test_whoever_speaks_for_an_organisation_founds_one(ground, officer):
    said = {
        "act": "found",
        "name": "Biobanken",
        "legal_form": "by_agreement",
        "starts_on": localdate().isoformat(),
        "openness": "parties",
    }
    page = officer.post("/partnerskap/ny/", said, follow=True)
    made = Partnership.objects.get(name="Biobanken")
    assert page.redirect_chain[-1][0] == f"/partnerskap/{made.slug}/"
    assert made.stewards.get().person == ground.officer
    wrong = officer.post("/partnerskap/ny/", said | {"legal_form": ""})
    assert wrong.status_code == 422
    assert "Biobanken" in wrong.text


def test_others_do_not_found(ground, client):
    author = world.person("Åke Ö", organisation=ground.region, roles=("author",))
    assert client_of(author).get("/partnerskap/ny/").status_code == 403
    assert client.get("/partnerskap/ny/").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_whatever_it_holds(ground, client, count, django_assert_num_queries):
    for number in range(count):
        Partnership.objects.create(
            slug=f"p{number}",
            name=f"P {number}",
            legal_form="other",
            starts_on=localdate(),
            created_at="2026-08-01T09:00Z",
        )
    with django_assert_num_queries(2):
        client.get("/partnerskap/")
    with django_assert_num_queries(3):
        client.get("/partnerskap/?q=p")


def test_a_page_of_the_list_that_there_is_none_of_is_the_last(ground, client):
    for number in range(51):
        Partnership.objects.create(
            slug=f"p{number:02}", name=f"P {number:02}", legal_form="other", starts_on=localdate(), created_at=NOW
        )
    page = client.get("/partnerskap/?sida=2").text
    assert "P 50" in page
    assert "P 00" not in page
    for beyond in ("3", "9999999"):
        assert "P 50" in client.get(f"/partnerskap/?sida={beyond}").text
    assert "P 00" in client.get("/partnerskap/?sida=0").text


def test_a_partnership_called_as_another_page_has_an_address_of_its_own(ground, client):
    beside = {str(each.pattern).split("/")[1] for each in urls.urlpatterns} - {"", "<slug:slug>"}
    assert beside == RESERVED
    for name in ("Ny", "Modeller", "Jämförelse"):
        made = found_partnership(frame=Frame(name, "other", START), by=None, at=NOW)
        assert f"<h1>{name}</h1>" in client.get(f"/partnerskap/{made.slug}/").text
