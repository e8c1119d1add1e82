"""Agreements on their pages: drafted by the office, signed by who speaks for a party, seen by whom they are open to."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from tests import world
from tests.apps.partnerships import agreeing
from tests.partnering import NOW, Ground
from tests.web.partnerships.conftest import client_of
from tillit.apps.partnerships.actions import agreement_steps as steps, agreements as acts
from tillit.apps.partnerships.models import Agreement

ROOT = "/partnerskap/kliniska-provningar/"
TODAY = localdate


def of(agreement, part=""):
    return f"{ROOT}avtal/{agreement.pk}/{part}"


def asked(ground):
    return {"by": ground.founder, "at": NOW}


@pytest.fixture
def main(ground):
    """An agreement in force that the region has signed and the company has not."""
    made = agreeing.before_parties(ground, ground.region, ground.company, openness="public", notice_months=3)
    agreeing.sign(ground, made, ground.region)
    return steps.put_in_force(agreement=made, **asked(ground))


def test_the_office_takes_an_agreement_from_draft_to_force(ground, office):
    said = {
        "act": "add",
        "type": "main_agreement",
        "title": "Huvudöverenskommelse",
        "level": str(ground.levels["national"].pk),
        "valid_from": "2026-02-01",
        "term_mode": "until_further_notice",
        "openness": "public",
    }
    wrong = office.post(f"{ROOT}avtal/nytt/", said | {"term_mode": "fixed"})
    assert wrong.status_code == 422
    assert 'id="add-valid_to_error">Ett avtal på bestämd tid' in wrong.text
    assert "Utkastet är sparat" in office.post(f"{ROOT}avtal/nytt/", said, follow=True).text
    made = Agreement.objects.get()
    page = of(made, "skota/")
    office.post(page, {"act": "party", "organisation": ground.region.name})
    office.post(page, {"act": "clause", "number": "1", "text": "Syftet är fler prövningar.", "area": "goals"})
    office.post(page, {"act": "areas", "goals": "full", "goals_clauses": "1"})
    office.post(page, {"act": "being_signed"})
    row = agreeing.row_of(made, ground.region)
    signature = {"act": "sign", "party": str(row.pk), "signatory": "Vera Ek", "authority": "Beslut 12"}
    assert office.post(page, signature | {"signed_on": "2999-01-01"}).status_code == 422
    office.post(page, signature | {"signed_on": "2026-02-01", "method": "ink"})
    assert "Avtalet gäller från sin dag." in office.post(page, {"act": "in_force"}, follow=True).text
    shown = office.get(of(made)).text
    for word in ("Syftet är fler prövningar.", "Vera Ek, Beslut 12, penna", "helt", "Inget slut satt"):
        assert word in shown
    assert "Vera Ek" not in client_of(ground.outsider).get(of(made)).text


def test_what_cannot_be_done_from_here_is_not_offered(ground, office, main):
    page = office.get(of(main, "skota/")).text
    for word in ("Skicka på remiss", "Ändra uppgifterna", "Skriv en punkt"):
        assert f"<summary>{word}</summary>" not in page
    assert "<summary>Skriv ett tilläggsavtal</summary>" in page
    assert office.post(of(main, "skota/"), {"act": "draft"}).status_code == 400


def test_a_supplement_an_end_and_a_notice_are_written_by_the_office(ground, office, main):
    page = of(main, "skota/")
    office.post(page, {"act": "amend", "title": "Tillägg 1", "valid_from": "2027-01-01"})
    more = Agreement.objects.get(title="Tillägg 1")
    assert more.amends == main
    assert "Tillägg 1" in office.get(of(main)).text
    office.post(page, {"act": "notice", "on": "2026-08-01"})
    main.refresh_from_db()
    assert main.ends_on.isoformat() == "2026-11-01"
    assert "2026-10-31" in office.get(of(main)).text
    office.post(page, {"act": "end", "on": "2026-12-01"})
    main.refresh_from_db()
    assert main.ends_on.isoformat() == "2026-12-01"


def test_only_the_office_looks_after_agreements(ground, officer, client, main):
    for part in ("skota/", "fil/"):
        assert officer.get(of(main, part)).status_code == 403
        assert client.get(of(main, part)).status_code == 302
    assert officer.get(f"{ROOT}avtal/nytt/").status_code == 403


def test_who_speaks_for_a_party_signs_for_it_before_it_is_in_the_partnership(ground, officer, main):
    assert "Skriv under för vår organisation" in officer.get(of(main)).text
    page = of(main, "underskrift/")
    assert 'value="Bo Lind"' in officer.get(page).text
    said = {"act": "sign", "signatory": "Bo Lind", "authority": "Firmateckning"}
    assert officer.post(page, said | {"signed_on": ""}).status_code == 422
    answered = officer.post(page, said | {"signed_on": TODAY().isoformat()}, follow=True)
    assert "Underskriften är antecknad." in answered.text
    row = agreeing.row_of(main, ground.company)
    assert (row.signed_on, row.recorded_by) == (TODAY(), ground.officer)
    assert officer.post(page, said).status_code == 400


def test_who_speaks_for_a_party_gives_notice_for_it(ground, main):
    contact = client_of(ground.founder)
    answered = contact.post(of(main, "underskrift/"), {"act": "notice", "on": TODAY().isoformat()}, follow=True)
    assert "Uppsägningen är antecknad." in answered.text
    assert agreeing.row_of(main, ground.region).notice_given_on == TODAY()


def test_others_of_the_party_and_other_parties_do_not_sign(ground, outsider, main):
    author = client_of(world.person("Åke Ö", organisation=ground.company, roles=("author",)))
    for browser in (author, outsider):
        assert browser.get(of(main, "underskrift/")).status_code == 403
    assert "Skriv under" not in author.get(of(main)).text


def test_what_is_for_the_parties_is_not_on_an_open_page(ground, client, outsider, officer, main):
    hidden = agreeing.in_force(ground, ground.region, type="level_agreement", title="Hemligt", parent=main)
    ground.joined(ground.company)
    for browser in (client, outsider):
        assert browser.get(of(hidden)).status_code == 404
        for part in ("avtal/", "tackning/", "fornyelse/", "fornyelse.ics", "parter/", ""):
            assert "Hemligt" not in browser.get(f"{ROOT}{part}").text
        assert "Hemligt" not in browser.get(of(main)).text
    assert officer.get(of(hidden)).status_code == 200
    assert "Hemligt" in officer.get(f"{ROOT}avtal/").text


def test_who_has_not_signed_and_who_signed_is_for_the_parties(ground, client, officer, main):
    ground.joined(ground.company)
    page = client.get(of(main)).text
    assert "1 part till har inte skrivit under." in page
    assert ground.company.name not in page
    assert "Vera Ek" not in page
    mine = officer.get(of(main)).text
    assert "Inte undertecknat" in mine
    assert "Vera Ek" in mine


def test_the_agreement_reads_as_it_did_on_a_day(ground, client, main):
    assert client.get(of(main), {"dag": "2026-13-40"}).status_code == 200
    assert client.get(of(main), {"dag": "igår"}).status_code == 200
    assert "Så lyder det 2026-03-01" in client.get(of(main), {"dag": "2026-03-01"}).text


def test_the_file_is_kept_and_taken_home_by_who_may_see_the_agreement(ground, office, client, main, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert office.post(of(main, "fil/"), {}).status_code == 422
    file = SimpleUploadedFile("avtal.txt", b"Avtalet.")
    assert office.post(of(main, "fil/"), {"file": file}).status_code == 302
    main.refresh_from_db()
    version = main.document.versions.get()
    assert client.get(of(main, f"fil/{version.pk}/")).content == b"Avtalet."
    other = agreeing.drafted(ground, type="level_agreement", title="Annat", openness="public")
    assert client.get(of(other, f"fil/{version.pk}/")).status_code == 404
    Agreement.objects.filter(pk=main.pk).update(openness="parties")
    assert client.get(of(main, f"fil/{version.pk}/")).status_code == 404


# ---- the matrix, the coming year and the calendar


def test_the_matrix_says_in_words_what_is_agreed_and_what_is_missing(ground, office, client, main):
    acts.set_areas(agreement=main, areas={"goals": ("full", "")}, **asked(ground))
    ground.organ("Nätverket", "operative", "network")
    page = client.get(f"{ROOT}tackning/").text
    for word in ("helt", "saknas", "1 av 2 bundna", "Huvudöverenskommelse", "har inte startat"):
        assert word in page
    assert ground.company.name not in page
    assert ground.company.name in office.get(f"{ROOT}tackning/").text


@pytest.fixture
def running(ground):
    """Two agreements with days to come: one open to all, one for the parties."""
    top = agreeing.in_force(ground, ground.region)
    later = {"term_mode": "fixed", "valid_to": TODAY() + timedelta(days=200), "openness": "public"}
    agreeing.in_force(ground, ground.region, type="area_agreement", title="Öppet", parent=top, **later)
    soon = {"term_mode": "fixed", "valid_to": TODAY() + timedelta(days=100)}
    agreeing.in_force(ground, ground.region, type="level_agreement", title="Bara parter", parent=top, **soon)


def test_the_calendar_holds_the_days_of_what_the_asker_may_see(ground, office, client, running):
    open_one = client.get(f"{ROOT}fornyelse.ics")
    assert open_one["Content-Type"].startswith("text/calendar")
    assert open_one.text.count("BEGIN:VEVENT") == 1
    mine = office.get(f"{ROOT}fornyelse.ics").text
    assert mine.count("BEGIN:VEVENT") == 2
    last = TODAY() + timedelta(days=99)
    assert f"DTSTART;VALUE=DATE:{last:%Y%m%d}" in mine
    assert mine == office.get(f"{ROOT}fornyelse.ics").text


def test_the_coming_year_is_told_in_order(ground, office, running):
    page = office.get(f"{ROOT}fornyelse/").text
    assert page.index("Bara parter gäller t.o.m.") < page.index("Öppet gäller t.o.m.")
    assert "att se över" in page


@pytest.mark.parametrize("count", [1, 6])
def test_the_pages_ask_as_much_whatever_they_hold(ground, client, main, count, django_assert_num_queries):
    for number in range(count):
        agreeing.in_force(ground, ground.region, type="level_agreement", title=f"{number}", openness="public")
    for part, queries in (("avtal/", 4), ("tackning/", 7), ("fornyelse/", 4), ("parter/", 2)):
        with django_assert_num_queries(queries):
            client.get(f"{ROOT}{part}")
    with django_assert_num_queries(5):
        client.get(of(main))


def test_a_partnership_for_the_parties_has_no_page_for_others(db, client):
    ground = Ground(name="Slutet", openness="parties")
    made = agreeing.in_force(ground, ground.region, openness="public")
    for part in ("avtal/", f"avtal/{made.pk}/", "tackning/", "fornyelse/", "fornyelse.ics", "parter/"):
        assert client.get(f"/partnerskap/slutet/{part}").status_code == 404
