"""The pages of organs, seats, mandates and representation: what is done there, and who sees and does what."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests import world
from tests.partnering import NOW, START, Ground
from tests.web.partnerships.conftest import client_of
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import (
    CURRENT,
    Agreement,
    Appointment,
    MandateItem,
    Nomination,
    Organ,
    RepresentationLink,
)
from tillit.web.partnerships.tiles import LETTERS, PLACES

HERE = "/partnerskap/kliniska-provningar"
DAY = localdate().isoformat()
OPEN = ("/organ/", "/mandat/", "/organ/{key}/", "/representation/{key}/")
FOR_OFFICE = ("/organ/nytt/", "/organ/{key}/skota/", "/organ/{key}/platser/", "/representation/{key}/skota/")


def page_of(organ, tail=""):
    return f"{HERE}/organ/{organ.pk}/{tail}"


def facts(ground, **said):
    usual = {
        "act": "add",
        "name": "Styrelsen",
        "tier": "deciding",
        "level": ground.levels["national"].pk,
        "starts_on": DAY,
        "quorum_rule": "more_than_half",
        "majority_rule": "simple",
        "openness": "public",
    }
    return {**usual, **said}


def sits(ground, organ, number=1, organisation=None, person=None):
    organisation = organisation or ground.region
    return Appointment.objects.create(
        seat=organ.seats.get(number=number),
        person=person or world.person("Eva Ek", organisation=organisation),
        organisation=organisation,
        starts_on=START,
        recorded_at=NOW,
    )


def mandate(ground, organ, right="decides"):
    return MandateItem.objects.create(
        organ=organ,
        right=right,
        subject=ground.budget,
        level=ground.levels["national"],
        starts_on=START,
        recorded_at=NOW,
    )


# ---- who


def test_open_pages_are_for_anybody_and_the_offices_for_the_office(ground, client, office, officer, outsider):
    key = ground.organ(seats=1).pk
    ground.joined(ground.company)
    for tail in OPEN:
        assert {each.get(HERE + tail.format(key=key)).status_code for each in (client, office, outsider)} == {200}
    for tail in FOR_OFFICE:
        address = HERE + tail.format(key=key)
        assert [each.get(address).status_code for each in (client, office, officer, outsider)] == [302, 200, 403, 403]


def test_a_closed_partnership_and_a_closed_organ_are_not_found_by_others(db, client):
    ground = Ground(openness="parties")
    ground.joined(ground.company)
    key = ground.organ(openness="organ", seats=1).pk
    officer = client_of(ground.officer)
    for tail in OPEN:
        assert client.get(HERE + tail.format(key=key)).status_code == 404
    assert [officer.get(HERE + tail.format(key=key)).status_code for tail in OPEN] == [200, 200, 404, 404]
    assert "Styrelsen" not in officer.get(f"{HERE}/organ/").text
    assert "Styrelsen" in client_of(ground.founder).get(f"{HERE}/organ/").text


def test_names_of_people_are_on_no_open_page(ground, client, officer, office):
    board = ground.organ(seats=1)
    sits(ground, board)
    ground.joined(ground.company)
    pages = (page_of(board), f"{HERE}/representation/{board.pk}/", f"{HERE}/organ/")
    for address in pages:
        assert "Eva Ek" not in client.get(address).text
    assert "Region Fjällmark" in client.get(page_of(board)).text
    for browser in (officer, office):
        assert "Eva Ek" in browser.get(page_of(board)).text


def test_an_organ_above_that_one_may_not_know_of_is_not_named(ground, client):
    above = ground.organ("Hemliga nämnden", openness="organ")
    board = ground.organ(parent=above)
    for address in (f"{HERE}/organ/", page_of(board)):
        assert "Hemliga" not in client.get(address).text


def test_an_organ_of_another_partnership_is_not_found_here(ground, client):
    other = found_partnership(frame=Frame("Ett annat", "association", START), by=ground.founder, at=NOW)
    board = Organ.objects.create(
        partnership=other, name="Styrelsen", tier="deciding", level=other.levels.all()[0], starts_on=START
    )
    for tail in OPEN[2:]:
        assert client.get(HERE + tail.format(key=board.pk)).status_code == 404


# ---- the office


def test_the_office_sets_up_an_organ_with_rights_and_seats_and_seats_somebody(ground, office):
    assert office.post(f"{HERE}/organ/nytt/", facts(ground)).status_code == 302
    board = Organ.objects.get(name="Styrelsen")
    office.post(f"{HERE}/mandat/", {"act": "subject", "name": "Nya parter"})
    subject = ground.partnership.subjects.get(code="nya-parter")
    right = {"act": "give", "subject": subject.pk, "level": board.level_id, "right": "decides", "starts_on": DAY}
    assert office.post(page_of(board, "skota/"), right).status_code == 302
    assert "Nya parter" in office.get(page_of(board)).text
    seat = {"act": "add", "voting": "yes", "starts_on": DAY, "sector": ground.sectors["care"].pk}
    assert office.post(page_of(board, "platser/"), seat).status_code == 302
    eva = world.person("Eva Ek", "eva@example.se", organisation=ground.region)
    on = board.seats.get()
    term = {
        "act": f"appoint-{on.pk}",
        "person": eva.email,
        "organisation": ground.region.name,
        "role": "chair",
        "starts_on": DAY,
    }
    page = office.post(page_of(board, "platser/"), term, follow=True)
    assert "Personen sitter nu på platsen." in page.text
    assert on.appointments.get().role == "chair"


def test_what_stands_in_the_way_is_said_at_its_field_and_what_was_typed_is_kept(ground, office):
    board, other = ground.organ(), ground.organ("Nämnden")
    mandate(ground, board)
    said = {
        "act": "give",
        "subject": ground.budget.pk,
        "level": board.level_id,
        "right": "decides",
        "starts_on": DAY,
        "source": "Avtalet § 9",
    }
    page = office.post(page_of(other, "skota/"), said)
    assert page.status_code == 422
    assert "Styrelsen beslutar redan" in page.text
    assert "Avtalet § 9" in page.text
    assert 'href="#give-subject"' in page.text


def test_a_right_a_seat_and_a_term_are_ended_on_their_pages(ground, office):
    board = ground.organ(seats=1)
    right, row = mandate(ground, board), sits(ground, board)
    on = {"on": DAY}
    office.post(page_of(board, "skota/"), {"act": f"end-{right.pk}", **on})
    share = {"act": f"share-{row.pk}", "organisation": ground.company.name, "share": "0,25"}
    assert office.post(page_of(board, "platser/"), share).status_code == 302
    row = Appointment.objects.filter(CURRENT).get()
    assert str(row.affiliations.get().share) == "0.2500"
    gone = {"act": f"share-{row.pk}", "organisation": ground.company.name, "share": "0"}
    office.post(page_of(board, "platser/"), gone)
    row = Appointment.objects.filter(CURRENT).get()
    assert not row.affiliations.exists()
    office.post(page_of(board, "platser/"), {"act": f"leave-{row.pk}", **on})
    office.post(page_of(board, "platser/"), {"act": f"close-{board.seats.get().pk}", **on})
    assert MandateItem.objects.filter(CURRENT).get().ends_on == localdate()
    assert Appointment.objects.filter(CURRENT).get().ends_on == localdate()
    assert board.seats.get().ends_on == localdate()


def test_an_organ_is_changed_and_closed_and_then_there_is_nothing_more_to_do(ground, office):
    board = ground.organ()
    office.post(page_of(board, "skota/"), facts(ground, act="change", name="Rådet", tier="advisory", starts_on=START))
    board.refresh_from_db()
    assert (board.name, board.tier) == ("Rådet", "advisory")
    later = (localdate() + timedelta(days=1)).isoformat()
    office.post(page_of(board, "skota/"), {"act": "close", "on": later, "reason": "Klart"})
    board.refresh_from_db()
    assert board.closing_reason == "Klart"
    Organ.objects.filter(pk=board.pk).update(ends_on=localdate())
    assert "Organet är stängt. Här finns inget mer" in office.get(page_of(board, "skota/")).text
    assert "Stängt från" in office.get(page_of(board)).text


# ---- nominations


def test_one_who_speaks_for_an_organisation_that_proposes_does_so_and_takes_it_back(ground, officer, outsider, client):
    ground.joined(ground.company)
    board = ground.organ(seats=2)
    board.seats.filter(number=1).update(nominating=ground.company)
    board.seats.filter(number=2).update(nominating=ground.university)
    one, two = board.seats.all()
    page = officer.get(page_of(board))
    assert "Föreslå någon" in page.text
    assert f'<option value="{one.pk}"' in page.text
    assert f'<option value="{two.pk}"' not in page.text
    said = {"act": "propose", "seat": one.pk, "person": ground.officer.pk, "reason": "Kan budget"}
    assert {each.post(page_of(board), said).status_code for each in (outsider, client)} == {403}
    assert officer.post(page_of(board), said).status_code == 302
    row = Nomination.objects.get()
    assert (row.nominated_by, row.organisation) == (ground.company, ground.company)
    assert officer.post(page_of(board), {"act": f"elect-{row.pk}"}).status_code == 403
    officer.post(page_of(board), {"act": f"withdraw-{row.pk}", "reason": "Ångrade oss"})
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_the_office_writes_proposals_down_and_elects(ground, office):
    board = ground.organ(seats=1)
    ground.joined(ground.company)
    said = {
        "act": "write_down",
        "seat": board.seats.get().pk,
        "person": ground.officer.email,
        "organisation": ground.company.name,
        "nominated_by": ground.company.name,
    }
    office.post(page_of(board), said)
    row = Nomination.objects.get()
    elect = {"act": f"elect-{row.pk}", "role": "member", "starts_on": DAY, "decision": "Stämman § 7"}
    assert office.post(page_of(board), elect).status_code == 302
    assert board.seats.get().appointments.get().person == ground.officer
    unknown = office.post(page_of(board), said | {"person": "ingen@example.se"})
    assert "Ingen person har den adressen" in unknown.text


# ---- mandates and representation


def test_the_table_of_mandates_tells_with_word_and_shape_where_nobody_decides(ground, client):
    mandate(ground, ground.organ(), "prepares")
    page = client.get(f"{HERE}/mandat/").text
    assert "Ingen beslutar om Budget på nivån nationell." in page
    assert 'href="#mark-judge"' in page
    assert "Lägg till ett ämne" not in page
    assert client.post(f"{HERE}/mandat/", {"act": "subject", "name": "x"}).status_code == 403


def test_a_norm_is_decided_on_its_page_and_its_figures_named(ground, office, client):
    board = ground.organ(seats=2)
    ground.joined(ground.region, sector="care")
    sits(ground, board)
    address = f"{HERE}/representation/{board.pk}/"
    assert "Ingen norm är beslutad" in client.get(address).text
    said = {
        "act": "norm",
        "dimension": "sector",
        "rows": "andel Vård 0,5\nAndel  industri 0.5",
        "decided_on": DAY,
        "source": "Avtalet § 4",
    }
    assert office.post(address + "skota/", said).status_code == 302
    page = client.get(address).text
    assert "Sektor: andel" in page
    assert "Avtalet § 4" in page
    assert "Loosemore–Hanby" in page
    assert "1 tom (plats 2)" in page
    wrong = office.post(address + "skota/", said | {"rows": "ungefär lika"})
    assert wrong.status_code == 422
    assert "Raden ”ungefär lika” går inte att läsa." in wrong.text


def test_a_norm_that_nobody_has_decided_is_tried_and_said_to_be_so(ground, client):
    board = ground.organ(seats=1)
    sits(ground, board)
    address = f"{HERE}/representation/{board.pk}/"
    page = client.get(address, {"norm": "samverkansregion-lika"}).text
    assert "Inte beslutad, prövas här" in page
    people = client.get(address, {"norm": "region-folkmangd"}).text
    assert "ej bedömbar" in people
    assert client.get(address, {"norm": "nonsens"}).status_code == 200


def test_a_party_is_spoken_for_and_no_longer(ground, office):
    board = ground.organ(seats=1)
    basis = Agreement.objects.create(
        partnership=ground.partnership,
        type="accession_agreement",
        level=ground.levels["national"],
        title="Anslutning",
        status="in_force",
        valid_from=START,
        term_mode="until_further_notice",
        created_at=NOW,
    )
    address = f"{HERE}/representation/{board.pk}/skota/"
    said = {
        "act": "link",
        "organisation": ground.patients.name,
        "seat": board.seats.get().pk,
        "basis": basis.pk,
        "starts_on": START.isoformat(),
    }
    assert office.post(address, said).status_code == 302
    row = RepresentationLink.objects.get()
    assert row.seat == board.seats.get()
    assert "gäller inte i dag" not in office.get(page_of(board)).text
    office.post(address, {"act": f"unlink-{row.pk}", "on": DAY})
    assert RepresentationLink.objects.filter(CURRENT).get().ends_on == localdate()


def test_the_map_has_a_tile_for_every_region_with_a_word_and_a_table_beside(ground, client):
    board = ground.organ(seats=1)
    sits(ground, board)
    page = client.get(f"{HERE}/representation/{board.pk}/").text
    assert page.count('class="tile ') == 21
    assert page.count("<tr>") > 21
    assert "egen plats" in page
    assert 'fill="url(#delad)"' in page
    assert "Halland (N) är streckad" in page


def test_every_region_has_one_place_on_the_map():
    placed = [code for line in PLACES for code in line if code]
    assert sorted(placed) == sorted(LETTERS)
    assert len(set(LETTERS.values())) == 21


# ---- how much is asked


@pytest.mark.parametrize("count", [1, 4])
def test_a_visitors_page_asks_at_most_ten_times_whatever_it_holds(ground, client, count, django_assert_max_num_queries):
    board = ground.organ(seats=count)
    for number in range(1, count + 1):
        sits(ground, board, number, person=world.person(f"Person {number}", organisation=ground.region))
        mandate(ground, ground.organ(f"Organ {number}", seats=2), "advises")
    for tail in OPEN:
        with django_assert_max_num_queries(10):
            client.get(HERE + tail.format(key=board.pk))
