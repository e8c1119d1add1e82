"""Whatever goes wrong below /api/, and whoever says so, the answer is a problem in the language asked for."""

import json

import pytest

from tillit.api.v1 import texts

ROOT = "/api/v1"


def problem(answer, status):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    found = json.loads(answer.content)
    assert {"type", "title", "status", "detail", "instance"} <= found.keys()
    assert found["status"] == status
    assert found["title"]
    return found


@pytest.mark.parametrize("address", ["/api/", "/api/v2/facts", "/api/v1/facts/", "/api/v1/x/y"])
def test_an_address_that_is_not_there(client, address):
    assert problem(client.get(address), 404)["type"].endswith("/not-found")


def test_the_root_leads_to_the_description(client):
    assert client.get("/api/v1", follow=True).redirect_chain == [("/api/v1/", 301), ("/api/v1/docs", 302)]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/rules/maltider.distan", "maltider.distans"),
        ("/rules/%00", "–"),
        ("/provisions/inledning.tva-dela", "inledning.tva-delar"),
        ("/editions/samverkansregler/9.0", "samverkansregler/3.0"),
        ("/rules/serviceinformation.bransche", "serviceinformation.branschen"),
        ("/provisions/serviceinformation.slage", "serviceinformation.slaget"),
        ("/rules/x.y", "samverkansregler/3.0, specifikation/3.0"),
        ("/rules/maltider.distans?edition=samverkansregler/1.0", "samverkansregler/1.0"),
    ],
)
def test_what_is_not_there_says_what_is(client, address, words):
    assert words in problem(client.get(ROOT + address), 404)["detail"]


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("get", "/check", "OPTIONS, POST"),
        ("head", "/check", "OPTIONS, POST"),
        ("post", "/facts", "GET, HEAD, OPTIONS"),
        ("delete", "/rules/maltider.distans", "GET, HEAD, OPTIONS"),
        ("post", "/openapi.json", "GET, HEAD, OPTIONS"),
        ("put", "/docs", "GET, HEAD, OPTIONS"),
    ],
)
def test_another_method_is_told_which_there_are(client, method, address, allowed):
    answer = getattr(client, method)(ROOT + address)
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
    if method != "head":
        problem(answer, 405)


def test_a_host_that_is_not_ours(client):
    assert problem(client.get(f"{ROOT}/facts", headers={"host": "evil.example"}), 400)["type"].endswith("/bad-request")


def test_a_fault_of_ours_tells_nothing_of_what_was_sent(client, monkeypatch):
    def broken(*given, **named):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("tillit.api.v1.check.check_case", broken)
    client.raise_request_exception = False
    case = {"schema": "tillit.case/1", "case": {"title": "x", "phase": "planned", "starts_on": "2026-11-03"}}
    answer = client.post(f"{ROOT}/check", json.dumps(case), content_type="application/json")
    assert problem(answer, 500)["type"].endswith("/internal")
    assert b"secret" not in answer.content


def test_a_problem_is_told_in_english_too(client):
    told = problem(client.get(f"{ROOT}/x", headers={"accept-language": "en"}), 404)
    assert told["title"] == "There is nothing at this address"


def test_a_script_of_another_site_may_ask(client):
    answer = client.options(
        f"{ROOT}/check",
        headers={"origin": "https://other.example", "access-control-request-method": "POST"},
    )
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "OPTIONS, POST"
    assert "Content-Type" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


def test_a_script_is_told_of_an_address_that_is_not_there(client):
    assert client.options(f"{ROOT}/x").status_code == 404


def test_pages_are_left_as_they_are(client):
    assert "Access-Control-Allow-Origin" not in client.get("/finns-inte/")


def test_both_languages_hold_the_same_words():
    def keys(found, name=""):
        if isinstance(found, dict):
            return {key for inner, each in found.items() for key in keys(each, f"{name}.{inner}")}
        return {name}

    assert keys(texts.texts("sv")) == keys(texts.texts("en"))


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_problem_and_every_remedy_is_a_sentence(lang):
    told = texts.texts(lang)
    sentences = [each[key] for each in told["problem"].values() for key in ("detail", "example", "meaning")]
    sentences += [each for says in told["parameter_problem"].values() for each in says.values()]
    assert [each for each in sentences if not each.endswith(".")] == []
