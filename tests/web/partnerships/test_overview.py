"""The first page of a partnership: who takes part, what is agreed, who sits and decides; what is hidden stays so."""

from datetime import date

import pytest
from django.utils import translation

from tests import world
from tests.partnering import NOW, START
from tests.web.partnerships.test_actor_pages import Whole
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import Membership, Seat
from tillit.apps.partnerships.queries.overview import overview

TODAY = NOW.date()
SLUG = "/partnerskap/kliniska-provningar/"


@pytest.fixture(autouse=True)
def swedish():
    """A page in English read before leaves its language behind."""
    with translation.override("sv"):
        yield


@pytest.fixture
def ground(db):
    return Whole()


def test_a_visitor_reads_who_takes_part_who_sits_and_what_is_agreed_without_names(ground, client):
    page = client.get(SLUG).text
    for seen in ("Region Fjällmark", "Nordkap Pharma AB", "Huvudöverenskommelse", "Styrelsen", "1 av 21 regioner"):
        assert seen in page
    for hidden in ("Kaj Kansli", "Sidoavtal", "Beredningen", "Bo Lind"):
        assert hidden not in page
    assert "Här finns mer som du inte ser." in page
    assert "Har inte startat. Det är inte samma sak som att den saknas." in page


def test_those_in_it_read_more_and_nobody_is_named_to_them_either(ground, office, officer):
    for browser in (office, officer):
        page = browser.get(SLUG).text
        assert "Sidoavtal" in page
    assert "Beredningen" in office.get(SLUG).text
    assert "Beredningen" not in officer.get(SLUG).text
    assert "Här finns mer som du inte ser." not in office.get(SLUG).text


def test_seats_are_told_by_sector_and_party_and_one_whose_time_is_over_is_vacant(ground):
    board = next(each for each in overview(ground.partnership, Sight(), TODAY).organs if each.name == "Styrelsen")
    assert [(each.sector, each.party) for each in board.seats] == [("Vård", "Region Fjällmark"), ("Industri", "")]
    ground.empty.health_care_region = "south"
    ground.empty.save()
    found = overview(ground.partnership, Sight(), TODAY)
    assert [each.place for each in found.organs[0].seats] == ["", "Södra"]
    assert [each.name for each in found.coverage.levels][:3] == ["nationell", "nätverk", "forskningsområde"]
    assert (board.vacant, board.decides) == (1, ("Budget",))
    replace_row(ground.sitting, at=NOW, by=None, ends_on=TODAY)
    assert overview(ground.partnership, Sight(), TODAY).organs[0].vacant == 2


def test_a_deputy_fills_no_seat(ground):
    replace_row(ground.sitting, at=NOW, by=None, role="substitute")
    assert overview(ground.partnership, Sight(), TODAY).organs[0].vacant == 2


def test_commitments_are_told_in_sum_of_those_that_may_be_read(ground):
    def counts(sight):
        found = overview(ground.partnership, sight, TODAY)
        return [(each.total, each.deciding) for each in found.promised], found.promised_total

    assert counts(Sight()) == ([(2, 1)], 2)
    assert counts(Sight(party=True)) == ([(3, 1)], 3)


def test_parties_come_by_sector_once_with_all_their_roles_and_those_without_a_sector_last(ground):
    ground.joined(ground.region, "funder", "care")
    ground.joined(ground.patients, "observer")
    found = overview(ground.partnership, Sight(), TODAY)
    assert [name for name, _ in found.sectors] == ["Vård", "Akademi", "Industri", ""]
    assert [each.roles for each in found.sectors[0][1]] == ["huvudpart, finansiär"]
    assert (found.parties, found.regions) == (4, ("Region Jämtland Härjedalen",))


def test_one_who_has_left_or_not_yet_come_does_not_take_part(ground):
    replace_row(Membership.objects.get(organisation=ground.company), at=NOW, by=None, ends_on=TODAY)
    ground.joined(ground.patients, starts_on=date(2027, 1, 1))
    assert overview(ground.partnership, Sight(), TODAY).parties == 2


def test_tiers_without_an_organ_are_said(ground):
    assert overview(ground.partnership, Sight(), TODAY).tiers_lacking == ("operativ och beredande", "rådgivande")
    assert overview(ground.partnership, Sight(office=True), TODAY).tiers_lacking == ("rådgivande",)


def test_an_empty_partnership_says_that_nobody_has_joined_and_how_one_does(db, client):
    found_partnership(frame=Frame("Tomt", "association", START), by=None, at=NOW)
    page = client.get("/partnerskap/tomt/").text
    for said in ("Ingen har gått med än.", "Inget avtal är öppet", "Inget organ är öppet", "Inget åtagande är öppet"):
        assert said in page


def test_the_page_takes_seven_queries_however_much_there_is(ground, client, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get(SLUG)
    for number in range(10):
        company = world.company(f"Bolag {number} AB")
        ground.joined(company, sector="industry")
        ground.signed(ground.main, company)
        ground.promise(f"Löfte {number}", organisation=company, openness="public")
        Seat.objects.create(organ=ground.board, number=10 + number, starts_on=START)
    with django_assert_num_queries(7):
        page = client.get(SLUG).text
    assert "Bolag 9 AB" in page
