"""The examples that come with Tillit: every file is in the index, and every one comes out as the index says."""

import tomllib
from importlib.resources import files

import pytest

from tests.core.expected import differences
from tillit.exchange import casefile

FOLDER = files("tillit") / "exempel"
INDEX = tomllib.loads((files("tillit.exchange") / "examples.toml").read_text("utf-8"))["example"]
NAMES = [each["file"] for each in INDEX]


def test_there_are_at_least_ten():
    assert len(INDEX) >= 10


def test_every_file_is_in_the_index_once_and_has_a_plain_name():
    there = [entry.name for entry in FOLDER.iterdir() if entry.is_file()]
    assert sorted(NAMES) == sorted(there)
    assert [name for name in there if not name.isascii()] == []


@pytest.mark.parametrize("example", INDEX, ids=NAMES)
def test_the_example_comes_out_as_the_index_says(example):
    case = casefile.read(FOLDER.joinpath(example["file"]).read_bytes(), example["file"])
    assert differences(case, example["expect"]) == {}


def test_a_variant_stands_beside_an_example_and_comes_out_otherwise():
    by_name = {each["file"]: each for each in INDEX}
    for each in INDEX:
        if "variant_of" in each:
            other = by_name[each["variant_of"]]
            assert "variant_of" not in other, each["file"]
            assert other["expect"] != each["expect"], each["file"]


def test_what_does_not_hold_has_a_variant_that_shows_how_it_could():
    varied = {each["variant_of"] for each in INDEX if "variant_of" in each}
    alone = [each["file"] for each in INDEX if each["expect"]["outcome"] == "breach" and "variant_of" not in each]
    assert [name for name in alone if name not in varied] == []
