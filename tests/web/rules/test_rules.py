"""The pages of the rules. No test here may use the database."""

import pytest

from tillit.core.rulebook import editions

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
