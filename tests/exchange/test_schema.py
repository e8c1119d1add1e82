"""The published schema: made from the vocabulary, takes every case that the reader takes, refuses plain mistakes."""

import copy
import json
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.exchange.cases import CONTRACT, texts
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import casefile, schema

PUBLISHED = Path(schema.__file__).with_name(schema.FILE)
FORMATS = Draft202012Validator.FORMAT_CHECKER


def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(PUBLISHED.read_text("utf-8")), format_checker=FORMATS)


def in_json(raw: Any) -> Any:
    """Return what a TOML file holds as JSON would hold it."""
    return json.loads(
        json.dumps(raw, default=lambda each: float(each) if isinstance(each, Decimal) else each.isoformat())
    )


def test_the_published_schema_is_that_of_the_vocabulary():
    """To publish it anew: ./tillit facts --schema > src/tillit/exchange/case.schema.json"""
    assert json.loads(PUBLISHED.read_text("utf-8")) == schema.case_schema(vocabulary())


def test_the_schema_is_a_sound_schema():
    Draft202012Validator.check_schema(json.loads(PUBLISHED.read_text("utf-8")))


@pytest.mark.parametrize("name", texts())
def test_every_example_is_as_the_schema_says_as_written_and_as_dumped(name):
    file, text = texts()[name]
    written = json.loads(text) if file.endswith(".json") else in_json(tomllib.loads(text))
    assert not list(validator().iter_errors(written))
    assert not list(validator().iter_errors(in_json(dump_case(casefile.read(text.encode(), file)))))


def spoil(path: list[Any], value: object) -> Callable[[dict[str, Any]], None]:
    def change(case: dict[str, Any]) -> None:
        here: Any = case
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        spoil(["schema"], "tillit.case/2"),
        spoil(["surprise"], 1),
        spoil(["case", "phase"], "dreamt"),
        spoil(["case", "starts_on"], "12/3 2026"),
        spoil(["case", "starts_on"], "2026-02-30"),
        spoil(["collaboration", "aranger"], "joint"),
        spoil(["collaboration", "arranger"], "nobody"),
        spoil(["participant", 0, "invited"], "ja"),
        spoil(["participant", 0, "works_in"], "Sverige"),
        spoil(["participant"], {}),
        spoil(["meal", 0, "price_per_person"], "245,00"),
        spoil(["meal", 0, "price_per_person"], "245.001"),
        spoil(["meal", 0, "price_per_person"], "-1"),
        spoil(["meal", 0, "price_per_person"], -1),
        spoil(["meal", 0, "price_per_person"], 10**13),
        spoil(["meal", 0, "moderate_assessed"], True),
        spoil(["records", "participant", "total"], -1),
        spoil(["judgement", 0, "fact"], "mode"),
        spoil(["judgement", 0, "by"], ""),
        spoil(["judgement", 0, "record"], "lunch"),
        lambda case: case["judgement"][0].pop("why"),
        lambda case: case["case"].pop("title"),
    ],
)
def test_what_the_schema_refuses_the_reader_refuses_too(change):
    from tillit.core.errors import BadInput

    case = in_json(tomllib.loads(CONTRACT))
    spoiled = copy.deepcopy(case)
    change(spoiled)
    assert list(validator().iter_errors(spoiled))
    with pytest.raises(BadInput):
        casefile.read(json.dumps(spoiled).encode(), "a.json")


def test_dates_in_toml_may_be_dates_or_text():
    as_text = CONTRACT.replace("starts_on = 2026-03-12", 'starts_on = "2026-03-12"')
    assert casefile.read(as_text.encode(), "a.toml").starts_on == date(2026, 3, 12)
