"""The description is valid, whole in both languages, follows the Swedish REST API profile, and is true."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from jsonschema import Draft202012Validator, FormatChecker
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from tillit.api.v1.description import operations
from tillit.api.v1.info import RELEASED, VERSION
from tillit.api.v1.texts import LANGUAGES
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import examples

ROOT = "/api/v1"
READ = {
    "facts": "/facts",
    "facts_schema": "/facts/schema",
    "rules": "/rules?limit=200",
    "rule": "/rules/omfattning.galler",
    "provisions": "/provisions?limit=200",
    "provision": "/provisions/inledning.tva-delar",
    "norms": "/norms",
    "questions": "/questions",
    "situations": "/situations",
    "editions": "/editions",
    "edition": "/editions/samverkansregler/2.0",
    "api_info": "/api-info",
}
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def of(client, lang):
    return json.loads(client.get(f"{ROOT}/openapi.json?lang={lang}").content)


def follows(described, schema):
    """Return what checks a value by a schema of the description; what it says of formats counts too."""
    whole = {**schema, "components": described["components"]}
    return Draft202012Validator(whole, format_checker=FormatChecker())


def named(described, name):
    return next(each for each in operations(described) if each["operationId"] == name)


def answered(described, name, status="200"):
    (content,) = named(described, name)["responses"][status]["content"].values()
    return content


def test_it_is_valid_openapi_3_1(described):
    assert described["openapi"] == "3.1.0"
    OPENAPI_31_VALIDATOR.validate(described)
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described)))
    assert names - set(described["components"]["schemas"]) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_operation_parameter_and_answer_is_described(client, lang):
    for operation in operations(of(client, lang)):
        assert operation["summary"]
        assert operation["description"].endswith(".")
        assert [each["name"] for each in operation["parameters"] if not each["description"]] == []
        assert [code for code, each in operation["responses"].items() if not each["description"]] == []


def test_the_two_languages_differ_in_words_only(client):
    def bones(found):
        words = {"summary", "description", "title", "detail", "example", "examples"}
        if isinstance(found, dict):
            return {key: bones(each) for key, each in found.items() if key not in words}
        return [bones(each) for each in found] if isinstance(found, list) else found

    assert bones(of(client, "sv")) == bones(of(client, "en"))
    assert of(client, "sv")["info"]["summary"] != of(client, "en")["info"]["summary"]


def test_every_example_is_of_the_shape_it_is_an_example_of(described):
    for operation in operations(described):
        for content in [
            each
            for told in (operation.get("requestBody", {}), *operation["responses"].values())
            for each in told.get("content", {}).values()
        ]:
            for example in content.get("examples", {}).values():
                follows(described, content["schema"]).validate(example["value"])


@pytest.mark.parametrize("name", READ)
def test_what_is_answered_has_the_shape_that_is_described(described, ask, name):
    follows(described, answered(described, name)["schema"]).validate(ask(READ[name]))


@pytest.mark.parametrize("slug", examples.index())
def test_every_example_case_and_its_answer_have_their_shapes(described, send, slug):
    case = dump_case(examples.case_of(slug))
    follows(described, {"$ref": "#/components/schemas/Case"}).validate(case)
    follows(described, answered(described, "check")["schema"]).validate(send(case, query="?all=true"))


def test_every_kind_of_problem_has_the_shape_of_a_problem(described, ask, send):
    shape = follows(described, {"$ref": "#/components/schemas/Problem"})
    for found in (ask("/x", 404), ask("/rules?x=1", 422), send(b"{", 400), send({}, 422), send({}, 415, "text/plain")):
        shape.validate(found)


def test_every_answer_tells_the_headers_that_are_described(client, described):
    for name, address in READ.items():
        told = client.get(ROOT + address)
        assert [each for each in named(described, name)["responses"]["200"]["headers"] if each not in told] == []


def test_addresses_and_names_follow_the_swedish_profile(described):
    assert described["servers"] == [{"url": "http://testserver/api/v1"}]  # VER.05, UFN.01
    assert "/api-info" in described["paths"]  # VER.06
    for path, found in described["paths"].items():
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-z_]+\}))+", path), path  # RES.06, UFN.07-09
        assert "requestBody" not in found.get("get", {})  # FOR.02
    for operation in operations(described):
        for each in (each for each in operation["parameters"] if each["in"] == "query"):
            assert SNAKE.fullmatch(each["name"])  # FNS.01, FNS.03
            assert not each["required"]  # FNS.05
        paging = {
            each["name"]: each["schema"] for each in operation["parameters"] if each["name"] in ("limit", "offset")
        }
        assert set(paging) in ({"limit", "offset"}, set())  # FNS.07
        assert not paging or paging["limit"]["default"] == 20  # FNS.09
        assert [
            list(each["content"]) for code, each in operation["responses"].items() if code == "default" or code >= "400"
        ] == [["application/problem+json"]] * sum(code == "default" or code >= "400" for code in operation["responses"])


def test_keys_are_in_snake_case_but_for_those_that_the_profile_names(described):
    keys = {
        f"{name}.{key}"
        for name, schema in described["components"]["schemas"].items()
        for key in schema.get("properties", {})
        if not SNAKE.fullmatch(key)
    }
    assert {key.partition(".")[0] for key in keys} == {"ApiInfo"}


def test_the_version_is_a_semantic_one_and_its_day_is_no_day_to_come():
    assert re.fullmatch(r"1\.\d+\.\d+", VERSION)
    assert date(2026, 11, 28) <= RELEASED <= localdate()


def test_observations_came_with_a_minor_version_as_the_description_and_the_handbook_say(described):
    assert tuple(int(each) for each in VERSION.split(".")) >= (1, 1, 0)
    assert described["info"]["version"] == VERSION
    assert "/partnerships/{slug}/observations" in described["paths"]
    assert "1.1.0" in described["info"]["description"]
    assert f'"apiVersion": "{VERSION}"' in Path("docs/api.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("query", "lang", "words"), [("", "sv", "API för andra system"), ("?lang=en", "en", "API for")]
)
def test_the_page_for_people_tells_every_address_and_every_problem(client, described, query, lang, words):
    page = client.get(f"{ROOT}/docs{query}")
    assert page.status_code == 200
    assert not page.cookies
    assert f'<html lang="{lang}">' in page.text
    assert words in page.text
    assert "<script" not in page.text
    assert [each["operationId"] for each in operations(described)] == [
        each.replace("-", "_") for each in re.findall(r'<h2 id="([a-z-]+)"><code>', page.text)
    ]
    assert "https://tillit.example/problem/refused" in page.text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)
