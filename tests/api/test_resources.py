"""What can be read over HTTP is what the command tells."""

import json

import pytest

from tillit.cli import main
from tillit.core.rulebook.editions import FOLDERS, IN_FORCE, edition, vocabulary
from tillit.exchange.schema import case_schema

NEWEST = IN_FORCE[-1][0]


def command(capsys, *words):
    main([*words, "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_facts_are_the_commands(ask, capsys):
    assert ask("/facts") == command(capsys, "facts")


def test_the_schema_is_the_published_one(ask):
    assert ask("/facts/schema") == case_schema(vocabulary())


@pytest.mark.parametrize("chosen", FOLDERS)
def test_rules_page_by_page_are_the_commands_list(ask, capsys, chosen):
    found, offset = [], 0
    while True:
        page = ask(f"/rules?edition={chosen}&limit=13&offset={offset}")
        found += page["items"]
        offset += 13
        if offset >= page["total"]:
            break
    assert found == command(capsys, "rules", "list", "--edition", chosen)
    assert len(found) == page["total"]


def test_a_list_has_twenty_rows_unless_another_number_is_asked_for(ask):
    page = ask("/rules")
    assert (len(page["items"]), page["limit"], page["offset"]) == (20, 20, 0)
    assert ask("/rules?offset=9999")["items"] == []


def test_the_pages_of_a_list_are_linked(client):
    def links(query):
        told = client.get(f"/api/v1/rules{query}")["Link"]
        return {part.split('rel="')[1].strip('"'): part.split(">")[0].strip(" <") for part in told.split(",")}

    first = links("?limit=20&record=collaboration&lang=en")
    assert first.keys() == {"first", "next", "last"}
    assert first["next"] == "http://testserver/api/v1/rules?record=collaboration&lang=en&limit=20&offset=20"
    assert links("?limit=10&offset=15").keys() == {"first", "prev", "next", "last"}
    assert links("?limit=10&offset=15")["prev"].endswith("limit=10&offset=5")
    assert links("?limit=200").keys() == {"first", "last"}


def test_rules_are_found_by_norm_record_and_words(ask):
    def ids(query):
        return [row["id"] for row in ask(f"/rules?limit=200&{query}")["items"]]

    assert ids("norm=MÅL-2") == ["maltider.distans"]
    assert set(ids("record=leg")) == {rule.id for rule in edition(NEWEST).rules if rule.record == "leg"}
    assert "maltider.distans" in ids("q=MÅLTID+distans")
    assert "maltider.distans" in ids("q=remote+participants")
    assert ids("q=finnsinte") == []
    assert ids("norm=MÅL-2&record=leg") == []


def test_every_rule_and_every_provision_has_an_address(ask, capsys):
    chosen = edition(NEWEST)
    for rule in (chosen.scope, *chosen.rules):
        assert ask(f"/rules/{rule.id}")["id"] == rule.id
    for provision in chosen.provisions:
        assert ask(f"/provisions/{provision.id}")["id"] == provision.id
    shown = command(capsys, "rules", "show", "maltider.distans")
    assert ask("/rules/maltider.distans") == shown
    assert ask("/provisions?limit=200")["total"] == len(chosen.provisions)


def test_norms_are_the_commands_coverage(ask, capsys):
    assert ask("/norms") == command(capsys, "rules", "coverage")
    assert ask("/norms?edition=samverkansregler/2.0") != ask("/norms")


def test_editions_are_told_newest_first_and_by_day(ask):
    assert [row["id"] for row in ask("/editions")] == [id_ for id_, _, _ in reversed(IN_FORCE)]
    assert [row["id"] for row in ask("/editions?on=2026-01-31")] == ["samverkansregler/2.0"]
    assert [row["id"] for row in ask("/editions?on=2026-02-01")] == ["samverkansregler/3.0"]
    assert ask("/editions?on=1999-01-01") == []


@pytest.mark.parametrize("chosen", FOLDERS)
def test_an_editions_address_is_its_id(ask, chosen):
    found = ask(f"/editions/{chosen}")
    assert (found["id"], found["hash"]) == (chosen, edition(chosen).hash)
    assert len(found["parameters"]) == len(edition(chosen).parameters)


def test_the_api_says_what_it_is_as_the_profile_asks(ask):
    info = ask("/api-info")
    assert list(info) == ["apiName", "apiVersion", "apiReleased", "apiDocumentation", "apiStatus"]
    assert info["apiDocumentation"] == "http://testserver/api/v1/docs"


READ = ["/facts", "/facts/schema", "/rules", "/rules/maltider.distans", "/provisions", "/norms", "/editions"]
READ += ["/editions/samverkansregler/3.0", "/api-info", "/openapi.json", "/provisions/inledning.tva-delar"]


@pytest.mark.parametrize("address", READ)
def test_what_has_not_changed_is_not_sent_again(client, address):
    first = client.get(f"/api/v1{address}")
    assert first["Cache-Control"] == "public, max-age=3600"
    again = client.get(f"/api/v1{address}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", READ)
def test_head_is_get_without_its_body(client, address):
    whole, head = client.get(f"/api/v1{address}"), client.head(f"/api/v1{address}")
    assert head.content == b""
    assert (head.status_code, head["ETag"], head["Content-Length"]) == (200, whole["ETag"], str(len(whole.content)))


def test_nothing_touches_the_database(ask, send, django_db_blocker):
    """Without the mark for the database pytest-django stops every query; this says that it does."""
    from django.db import connection

    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()
    for address in READ:
        ask(address)
    send({"schema": "tillit.case/1", "case": {"title": "x", "phase": "planned", "starts_on": "2026-11-03"}})
