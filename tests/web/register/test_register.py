"""The open register as a visitor meets it: no account, no cookie, few queries, both languages."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.public_rows import NOW
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.register import actions, queries
from tillit.web.register.table import COLUMNS, plain

pytestmark = pytest.mark.django_db


def rows(client, query=""):
    answer = client.get(f"/oppet/samverkan.csv{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_list_leads_to_what_is_open_without_a_cookie(client, carried_out, publish, prefix):
    entry = publish(carried_out(actual_total=Decimal("1234.50")))
    page = client.get(f"{prefix}/oppet/")
    assert page.status_code == 200
    assert f'href="{prefix}/oppet/{entry.public_id}/"' in page.text
    assert "Nordkap Pharma AB · Region Fjällmark" in page.text
    assert ("SEK\u00a01,234.50" if prefix else "1\u00a0234,50\u00a0kr\u00a0utfall") in page.text
    assert 'class="mark' not in page.text or "mark-" in page.text
    assert not page.cookies
    assert not client.get(f"{prefix}/oppet/{entry.public_id}/").cookies


def test_what_has_not_been_tried_says_so(client, carried_out, publish):
    publish(carried_out())
    assert "Inte prövad" in client.get("/oppet/").text


def test_an_empty_register_says_when_something_comes(client):
    assert "Ingen samverkan är öppen ännu" in client.get("/oppet/").text


def test_a_page_of_fifty_rows_takes_at_most_eight_queries(client, carried_out, publish, django_assert_max_num_queries):
    for day in range(52):
        publish(carried_out(starts_on=date(2026, 11, 1) - timedelta(days=day)))
    with django_assert_max_num_queries(8) as asked:
        page = client.get("/oppet/?q=utbildning&slag=educational_meeting&ar=2026")
    assert page.text.count("<h2><a") == 50
    assert len(asked) == 4
    older = page.text.split('<a rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "slag=educational_meeting" in older
    second = client.get("/oppet/" + older)
    assert second.text.count("<h2><a") == 2
    newer = second.text.split('<a rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get("/oppet/" + newer).text.count("<h2><a") == 50


def test_one_collaboration_takes_two_queries(client, whole, publish, django_assert_num_queries):
    entry = publish(whole)
    with django_assert_num_queries(2):
        client.get(f"/oppet/{entry.public_id}/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_its_page_says_why_who_when_what_and_how_it_came_out(client, whole, publish, prefix):
    text = client.get(f"{prefix}/oppet/{publish(whole).public_id}/").text
    assert text.count("<h1>") == 1
    for said in ("Vården lär sig den nya metoden.", "Tidigare behandling.", "Hjärtkliniken", "2026-11-03", "Åre"):
        assert said in text
    assert 'href="#mark-judge"' in text
    assert f'href="{prefix}/regler/?utgava=samverkansregler/3.0"' in text
    if not prefix:
        for said in (
            "11\u00a0500,50\u00a0kr",
            "2 personer deltog av 3",
            "version 2",
            "rubrik, måltid",
            "Ingen uppgift",
        ):
            assert said in text
        assert "aldrig personer" in text


def test_no_person_stands_on_any_page(client, whole, publish):
    entry = publish(whole)
    told = client.get("/oppet/").text + client.get(f"/oppet/{entry.public_id}/").text + str(rows(client))
    for name in ("Anna Berg", "Erik Holm", "Hemlig", "example.se"):
        assert name not in told


def test_what_left_says_so_at_its_address_and_nowhere_else(client, carried_out, publish):
    entry = publish(carried_out())
    actions.withdraw(entry=entry, because="Efter ett beslut av domstol", by=None, at=NOW)
    gone = client.get(f"/oppet/{entry.public_id}/")
    assert gone.status_code == 410
    assert "Efter ett beslut av domstol" in gone.text
    assert "hjärtsvikt" not in gone.text
    assert entry.public_id not in client.get("/oppet/").text
    assert rows(client) == []


def test_what_is_withheld_is_told_without_the_parties_own_words(client, carried_out, publish):
    made = carried_out()
    entry = publish(made)
    Collaboration.objects.filter(pk=made.pk).update(openness="withheld", openness_reason="Hemligt skäl")
    publish(made)
    gone = client.get(f"/oppet/{entry.public_id}/").text
    assert "har bestämt att den inte ska vara öppen" in gone
    assert "Hemligt" not in gone


@pytest.mark.parametrize("address", ["S-FINNS", "%00", "x/y"])
def test_what_was_never_open_is_not_found(client, address):
    assert client.get(f"/oppet/{address}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["slag=x", "utfall=x", "ar=20", "ar=99999999", "ar=%C2%B2", "organisation=1", "efter=-1", "fore=x", "efter=1e3"],
)
def test_a_filter_that_cannot_be_shows_nothing_rather_than_everything(client, query):
    assert client.get(f"/oppet/?{query}").status_code == 404
    assert client.get(f"/oppet/samverkan.csv?{query}").status_code == 404


def test_an_odd_search_is_only_a_search_that_finds_nothing(client, carried_out, publish):
    publish(carried_out())
    for q in ("%00", "<script>alert(1)</script>", "🙂", "a" * 300, "' OR 1=1 --", "NEAR(x y)", "*", '"'):
        page = client.get("/oppet/", {"q": q})
        assert page.status_code == 200
        assert "<script>alert" not in page.text


def test_one_organisations_own_can_be_chosen_and_left(client, carried_out, publish, sides):
    publish(carried_out())
    page = client.get(f"/oppet/?organisation={sides[0].pk}&q=hjärt").text
    assert "Bara samverkan med <b>Nordkap Pharma AB</b>" in page
    assert 'href="/oppet/?q=hj%C3%A4rt"' in page


def test_more_than_are_counted_is_said_as_more(client, carried_out, publish, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 1)
    publish(carried_out())
    publish(carried_out())
    assert "Fler än 1 samverkan" in client.get("/oppet/").text


def test_the_file_has_the_rows_of_the_list_and_no_formula(client, carried_out, publish):
    bad = publish(carried_out(title='=HYPERLINK("http://x")', kind="gift"))
    publish(carried_out(title="Vanlig", kind="donation"))
    (row,) = rows(client, "?slag=gift")
    assert list(row) == list(COLUMNS)
    assert (row["public_id"], row["title"]) == (bad.public_id, '\'=HYPERLINK("http://x")')
    assert (row["company"], row["care"], row["value_sek"], row["value_is"]) == (
        "Nordkap Pharma AB",
        "Region Fjällmark",
        "12000.00",
        "estimated",
    )
    assert {each["title"] for each in rows(client)} >= {"Vanlig"}


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1"])
def test_every_beginning_of_a_formula_is_neutralised(cell):
    assert plain(cell).startswith("'")
    assert plain("Åre = bra") == "Åre = bra"


def test_the_first_page_and_the_menu_lead_to_the_register(client):
    assert client.get("/").text.count('href="/oppet/"') >= 2
    assert 'aria-current="page">Öppna registret' in client.get("/oppet/").text
