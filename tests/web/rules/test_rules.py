"""The pages of the rules. No test here may use the database."""

import html
from datetime import date

import pytest

from tillit.core.rulebook import editions
from tillit.core.rulebook.official import split
from tillit.exchange.official_text import store
from tillit.exchange.place_rows import place_tables

NEWEST = editions.newest()


def test_the_list_holds_every_rule_of_the_newest_edition(client):
    page = client.get("/regler/")
    assert page.status_code == 200
    for rule in editions.edition(NEWEST).rules:
        assert f'href="/regler/{rule.id}/"' in page.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_rule_has_its_page_in_both_languages(client, prefix):
    edition = editions.edition(NEWEST)
    for rule in (edition.scope, *edition.rules):
        page = client.get(f"{prefix}/regler/{rule.id}/")
        assert page.status_code == 200, rule.id
        assert page.text.count("<h1>") == 1
        assert rule.norms[0] in page.text


@pytest.mark.parametrize("edition", editions.FOLDERS)
def test_earlier_editions_can_be_read_too(client, edition):
    page = client.get("/regler/", {"utgava": edition})
    assert page.status_code == 200
    for rule in editions.edition(edition).rules:
        assert client.get(f"/regler/{rule.id}/", {"utgava": edition}).status_code == 200


def test_what_is_no_rule_and_no_edition_is_not_found(client):
    assert client.get("/regler/finns.inte/").status_code == 404
    assert client.get("/regler/", {"utgava": "samverkansregler/9"}).status_code == 404


def everything(edition):
    return (edition.scope, *edition.rules, *edition.provisions)


def test_the_list_holds_every_provision_too_and_says_its_kind(client):
    page = client.get("/regler/")
    for provision in editions.edition(NEWEST).provisions:
        assert f'href="/regler/{provision.id}/"' in page.text
    assert "Skyldighet" in page.text


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("edition", editions.FOLDERS)
def test_every_rule_and_provision_of_every_edition_has_its_page(client, prefix, edition):
    for each in everything(editions.edition(edition)):
        page = client.get(f"{prefix}/regler/{each.id}/", {"utgava": edition})
        assert page.status_code == 200, each.id
        assert page.text.count("<h1>") == 1


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"q": "sprit"}, "alkohol.sprit", "maltider.distans"),
        ({"q": "MÅL-2"}, "maltider.distans", "alkohol.sprit"),
        ({"q": "måltid distans"}, "maltider.distans", "maltider.skatt"),
        ({"kind": "definition"}, "definitioner.sprit", "alkohol.sprit"),
        ({"bearer": "participant"}, "godkannande.arbetsgivare", "maltider.distans"),
        ({"kind": "rule", "q": "sprit"}, "alkohol.sprit", "definitioner.sprit"),
    ],
)
def test_the_list_is_narrowed_by_words_and_choices(client, asked, there, gone):
    page = client.get("/regler/", asked)
    listed = page.text.split("<aside")[0]
    assert f"/regler/{there}/" in listed
    assert f"/regler/{gone}/" not in listed
    assert " av " in page.text


def test_a_search_that_finds_nothing_says_so_and_how_to_go_on(client):
    page = client.get("/regler/", {"q": "xyzzy", "kind": "<script>"})
    assert page.status_code == 200
    assert "Ingen regel passar" in page.text
    assert "<script>" not in page.text


def test_a_rule_says_its_expression_in_plain_words_and_its_cases_by_questions(client):
    page = client.get("/regler/maltider.distans/").text
    assert (
        "personen deltar på distans eller både på plats och på distans, och industrin bjuder på mat eller dryck."
        in page
    )
    assert "Hur deltar personen? <b>på distans</b>" in page
    assert "not meal_offered" in page


def test_a_term_is_explained_the_first_time_only_and_leads_to_its_definition(client):
    page = client.get("/regler/maltider.distans/").text
    assert page.count('popovertarget="ord-definitioner.maltid"') == 1
    assert page.count('id="ord-definitioner.maltid"') == 1
    assert 'href="/regler/definitioner.maltid/"' in page
    assert "popovertarget" not in client.get("/regler/definitioner.maltid/").text.split("Mat som")[0]


def test_a_rule_leads_on_to_its_neighbours_and_to_the_examples_it_decides(client):
    page = client.get("/regler/maltider.distans/").text
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    assert "/exempel/lunchseminarium/" in page


def test_without_a_loaded_text_the_page_says_so_and_how(client, settings):
    settings.TEXTS = None
    page = client.get("/regler/maltider.distans/").text
    assert "inte inläst här" in page
    assert "tillit rules text" in page


def test_the_loaded_text_stands_beside_the_rule_with_its_sentence_marked(client, settings, tmp_path):
    settings.TEXTS = tmp_path
    raw = "Måltider\nFörsta påhittade. Andra påhittade. Tredje påhittade."
    store(split(raw, editions.edition(NEWEST)), tmp_path, on=date(2026, 11, 23))
    page = client.get("/regler/maltider.distans/").text
    assert "<mark>Andra påhittade.</mark>" in page
    assert "Överenskommelsens egen text, inläst av" in page
    assert "hittar inte längre sin källa" in client.get("/regler/resor.ekonomiklass/").text
    assert "är inläst" in client.get("/regler/").text


def test_numbers_have_their_source_or_are_not_set(client):
    assert "Dokumentationsprincipen, mening 2" in client.get("/regler/").text
    assert "inte satt" in client.get("/regler/", {"utgava": "samverkansregler/1.0"}).text


@pytest.mark.parametrize(("prefix", "title"), [("", "Fritidsorter"), ("/en", "Leisure resorts")])
def test_the_tables_of_places_are_shown_with_their_sources(client, prefix, title):
    page = client.get(f"{prefix}/regler/orter/")
    assert page.status_code == 200
    assert title in page.text
    for table in place_tables("sv"):
        assert table.rows
        assert all(row.source in html.unescape(page.text) for row in table.rows)


@pytest.mark.parametrize("rule", ["serviceinformation.arbetsplatsen", "maltider.distans"])
def test_a_rule_is_found_in_whichever_part_has_it(client, rule):
    page = client.get(f"/regler/{rule}/")
    assert page.status_code == 200
    assert rule in page.text
    assert client.get(f"/regler/{rule}/", {"utgava": "samverkansregler/1.0"}).status_code == 404


def test_the_foot_leads_to_the_api_in_the_page_s_own_language(client):
    for address, lang in (("/regler/", "sv"), ("/en/regler/", "en")):
        link = f"/api/v1/docs?lang={lang}"
        assert f'href="{link}"' in client.get(address).text
        assert client.get(link).status_code == 200
