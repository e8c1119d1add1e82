"""What can be read over HTTP is what the command tells."""

import json
from typing import Any

import pytest

from tillit.cli import main
from tillit.core.rulebook.editions import FOLDERS, IN_FORCE, edition, newest, newest_of_each_line, vocabulary
from tillit.core.rulebook.model import COLLABORATION, names_of
from tillit.core.rulebook.situations import LINE
from tillit.exchange.schema import case_schema

BOTH = [edition(id_) for id_ in newest_of_each_line()]


def command(capsys, *words):
    main([*words, "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_facts_are_the_commands(ask, capsys):
    assert ask("/facts") == command(capsys, "facts")


def test_the_schema_is_the_published_one(ask):
    assert ask("/facts/schema") == case_schema(vocabulary())


def whole(ask, address):
    """Return the rows of every page of a list."""
    found: list[Any] = []
    total = 1
    while len(found) < total:
        page = ask(f"{address}{'&' if '?' in address else '?'}limit=13&offset={len(found)}")
        found, total = found + page["items"], page["total"]
    return found


@pytest.mark.parametrize("chosen", FOLDERS)
def test_rules_and_provisions_page_by_page_are_the_commands_list(ask, capsys, chosen):
    listed = command(capsys, "rules", "list", "--edition", chosen)
    rules = [{key: value for key, value in row.items() if key != "kind"} for row in listed if row["kind"] == "rule"]
    assert whole(ask, f"/rules?edition={chosen}") == rules
    assert whole(ask, f"/provisions?edition={chosen}") == listed[len(rules) :]


@pytest.mark.parametrize("address", ["/rules", "/provisions"])
def test_without_an_edition_the_newest_of_every_line_is_told_the_agreements_first(ask, address):
    parts = [whole(ask, f"{address}?edition={each.id}") for each in BOTH]
    assert [each.document.line for each in BOTH] == ["samverkansregler", "specifikation"]
    assert all(parts)
    assert whole(ask, address) == [row for part in parts for row in part]


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
    assert ids("record=leg") == [rule.id for each in BOTH for rule in each.rules if rule.record == "leg"]
    assert ids("norm=SPE-SI-2") == ["serviceinformation.branschen"]
    assert "maltider.distans" in ids("q=MÅLTID+distans")
    assert "maltider.distans" in ids("q=remote+participants")
    assert ids("q=finnsinte") == []
    assert ids("norm=MÅL-2&record=leg") == []


def test_every_rule_and_every_provision_has_an_address(ask, capsys):
    for chosen in BOTH:
        for rule in (chosen.scope, *chosen.rules):
            found = ask(f"/rules/{rule.id}?edition={chosen.id}")
            assert (found["id"], found["edition"]) == (rule.id, chosen.id)
        for rule in chosen.rules:
            assert ask(f"/rules/{rule.id}")["edition"] == chosen.id
        for provision in chosen.provisions:
            assert ask(f"/provisions/{provision.id}")["edition"] == chosen.id
    assert ask("/rules/omfattning.galler")["edition"] == newest()
    for name in ("maltider.distans", "konsultuppdrag.konkurrensklausul", "omfattning.galler"):
        shown = command(capsys, "rules", "show", name)
        assert {**ask(f"/rules/{name}"), "kind": "rule"} == shown


def test_a_rule_tells_the_numbers_that_it_reads_also_those_that_nobody_has_set(ask):
    for each in BOTH:
        for rule in each.rules:
            told = ask(f"/rules/{rule.id}?edition={each.id}")["parameters"]
            assert told.keys() == names_of(rule) & each.parameters.keys()
            assert all(len(values) == len(each.parameters[name].values) for name, values in told.items())


@pytest.mark.parametrize("chosen", FOLDERS)
def test_norms_are_the_commands_coverage(ask, capsys, chosen):
    assert ask(f"/norms?edition={chosen}") == command(capsys, "rules", "coverage", "--edition", chosen)


def test_without_an_edition_norms_are_those_of_every_line(ask):
    parts = [ask(f"/norms?edition={each.id}") for each in BOTH]
    found = ask("/norms")
    for key in ("norms", "parameters"):
        assert list(found[key].items()) == [pair for part in parts for pair in part[key].items()]
    assert found["missing"] == [norm for part in parts for norm in part["missing"]]


def test_the_official_answers_say_which_editions_they_were_given_for(ask):
    found = ask("/questions")
    assert len(found) == 7
    known = {rule.id for part in BOTH for rule in (part.scope, *part.rules)}
    known |= {provision.id for part in BOTH for provision in part.provisions}
    for each in found:
        assert (each["edition"], each["confirmed"]) == (newest(LINE), False)
        assert set(each["editions"]) <= {"1", "2"}
        assert each["note"]["sv"].endswith("inte bekräftat för 3.0.")
        assert each["note"]["en"].endswith("not confirmed for 3.0.")
        assert each["source"]["page"].startswith("https://")
        assert set(each["told_by"]) <= known
        assert all(each[key][lang] for key in ("question", "short", "answer") for lang in ("sv", "en"))


def test_the_kinds_of_collaboration_are_told_from_their_neighbours(ask):
    found = {each["kind"]: each for each in ask("/situations")}
    assert list(found) == list(vocabulary().kinds[COLLABORATION].facts["kind"].values)
    bound = {kind: each["branches"] for kind, each in found.items() if each["branches"]}
    assert {kind: each["only"] for kind, each in bound.items()} == {
        "service_information": ["medtech"],
        "risk_minimisation_information": ["pharma"],
        "reference_site": ["medtech"],
        "development_project": ["pharma"],
        "quality_register": ["pharma"],
        "non_interventional_study": ["pharma"],
    }
    assert {each["certainty"] for each in bound.values()} == {"likely"}
    assert found["market_research"]["certainty"] == found["market_research"]["definition"]["certainty"] == "unknown"
    assert [each["id"] for each in found["service_information"]["choices"]] == [
        "produktinformation.eller-serviceinformation"
    ]
    for kind, each in found.items():
        assert all(kind in choice["between"] and len(choice["between"]) > 1 for choice in each["choices"])
        for rule in each["rules"]:
            assert kind in ask(f"/rules/{rule}")["applies"]


def test_editions_are_told_newest_first_and_by_day(ask):
    told = ask("/editions")
    assert {row["id"] for row in told} == set(FOLDERS) == {id_ for id_, _, _ in IN_FORCE}
    assert [row["valid_from"] for row in told] == sorted((row["valid_from"] for row in told), reverse=True)
    said = [tuple(row[key] for key in ("id", "provenance", "status", "encoded", "part_of")) for row in told[:2]]
    assert said == [
        ("samverkansregler/3.0", "official", "in_force", "complete", None),
        ("specifikation/3.0", "compiled", "in_force", "partial", "samverkansregler"),
    ]
    assert [row["id"] for row in ask("/editions?on=2026-01-31")] == ["samverkansregler/2.0"]
    assert [row["id"] for row in ask("/editions?on=2026-02-01")] == list(newest_of_each_line())
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
READ += ["/questions", "/situations", "/editions/specifikation/3.0"]


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
