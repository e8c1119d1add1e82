"""The words of the search: the same letters however they are typed, and Swedish endings cut off."""

import re
from pathlib import Path

import pytest
from django.db import connection

from tillit.apps.register.words import asked_for, kind_word, organisation_word, stem, words_of

RULES = Path(__file__).parents[3] / "src/tillit/core/rulebook/data"


def test_words_are_small_letters_once_and_only_the_accents_of_swedish_stay():
    assert words_of("Café ÅRE – Åre, möte!", "über Ø_x S-AB12") == (
        "cafe",
        "åre",
        "möte",
        "uber",
        "ø",
        "x",
        "s",
        "ab12",
    )


def test_a_letter_made_of_two_signs_is_the_same_letter():
    assert words_of("A\u030are") == ("åre",)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("vården", ("vård",)),
        ("patienterna", ("patient",)),
        ("utbildningar utbildning", ("utbildning",)),
        ("2026s", ("2026s",)),
        ("", ()),
        ("\"' * & |:", ()),
    ],
)
def test_a_search_asks_for_how_words_begin(typed, asked):
    assert asked_for(typed) == asked


def test_a_long_search_is_cut():
    assert len(asked_for(" ".join(f"ord{number}" for number in range(100)))) == 8
    assert asked_for("q" * 500) == ("q" * 16,)


def test_no_typed_word_can_ask_for_a_filter():
    assert kind_word("gift") not in asked_for("_k_gift")
    assert all(not word.startswith("_") for word in asked_for("_k_gift _o_1 __u"))
    assert organisation_word("0b1c2d3e-0000-4000-8000-000000000001").startswith("_o_0b1c2d3e0000")


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_stems_are_those_of_postgresql():
    known = {
        word
        for file in RULES.rglob("*.toml")
        for word in re.findall(r"[a-zåäö]{2,}", file.read_text("utf-8").casefold())
    }
    assert len(known) > 2000
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, (ts_lexize('swedish_stem', word))[1] FROM unnest(%s::text[]) AS word", [sorted(known)]
        )
        theirs = {word: cut for word, cut in cursor.fetchall() if cut}  # a stop word has none
    assert {word: (stem(word), cut) for word, cut in theirs.items() if stem(word) != cut} == {}
