"""Expressions in plain words: every rule can be said, in both languages, and says what its expression says."""

import pytest

from tillit.core.rulebook import editions
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.load_rule import Loading
from tillit.exchange.in_words import fact_value, in_words, is_simple, phrases, sentence

EDITION = editions.edition(editions.newest())
KNOWN = editions.vocabulary()


def said(text, record="collaboration", lang="sv", edition=EDITION):
    tree = parse(text, Loading(edition.id, KNOWN, dict(edition.parameters)).scope(record))
    return in_words(tree, record, edition, lang)


@pytest.mark.parametrize(
    ("text", "record", "sv", "en"),
    [
        (
            "mode in ['remote', 'both'] and industry_offers_meal",
            "participant",
            "personen deltar på distans eller både på plats och på distans, och industrin bjuder på mat eller dryck",
            "the person takes part remotely or both on site and remotely, and industry offers food or drink",
        ),
        ("not spirits", "serving", "det bjuds inte på sprit", "no spirits are offered"),
        (
            "journey_hours > 6",
            "leg",
            "restiden från start till mål är mer än 6 timmar",
            "the journey from start to goal is more than 6 hours",
        ),
        (
            "not (6 < journey_hours)",
            "leg",
            "restiden från start till mål är högst 6 timmar",
            "the journey from start to goal is at most 6 hours",
        ),
        (
            "starts_on < '2026-02-01'",
            "collaboration",
            "samverkans första dag är före 2026-02-01",
            "the first day of the collaboration is before 2026-02-01",
        ),
        (
            "benefit_findings != 'not_applicable'",
            "collaboration",
            "det sämsta utfallet av reglerna om förmåner är inte ”gäller inte”",
            "the worst outcome of the rules on benefits is not “not applicable”",
        ),
    ],
)
def test_an_expression_is_said_as_people_would_say_it(text, record, sv, en):
    told = {lang: sentence(said(text, record, lang), lang).replace("\u00a0", " ") for lang in ("sv", "en")}
    assert told == {"sv": sv, "en": en}


def test_not_is_pushed_down_to_the_facts():
    found = said("not (alcohol and (spirits or with_meal))", "serving")
    assert found.how == "any"
    assert [part.text for part in found.parts] == [
        "det bjuds inte på alkohol",
        "det bjuds inte på sprit, och alkoholen serveras inte till en måltid",
    ]


def test_what_is_short_is_one_sentence_and_what_is_nested_is_a_list():
    assert is_simple(said("alcohol and with_meal", "serving"), "sv")
    assert not is_simple(said("alcohol and with_meal and spirits", "serving"), "sv")


def test_a_fact_without_a_phrase_is_said_by_its_question():
    bare = next(
        fact
        for kind in KNOWN.kinds.values()
        for fact in kind.facts.values()
        if fact.type == "bool" and fact.name not in phrases("sv").get(kind.name, {})
    )
    assert sentence(said(bare.name, bare.record), "sv") == f"svaret är ja på frågan ”{bare.question.sv}”"
    assert sentence(said(f"not {bare.name}", bare.record), "sv") == f"svaret är nej på frågan ”{bare.question.sv}”"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_rule_of_every_edition_can_be_said_without_names_of_the_code(lang):
    for id_ in editions.FOLDERS:
        edition = editions.edition(id_)
        for rule in (edition.scope, *edition.rules):
            for tree in (rule.applies_tree, rule.requires_tree, rule.judge_tree):
                told = sentence(in_words(tree, rule.record, edition, lang), lang) if tree is not None else ""
                assert "_" not in told, (rule.id, told)
                assert "{" not in told, (rule.id, told)


def test_both_languages_have_the_same_phrases_of_facts_that_are_there():
    sv, en = phrases("sv"), phrases("en")
    assert {kind: set(names) for kind, names in sv.items()} == {kind: set(names) for kind, names in en.items()}
    for kind, names in sv.items():
        for name, phrase in names.items() if kind != "header" else ():
            fact = KNOWN.fact(kind, name)
            assert fact is not None, (kind, name)
            assert fact.record == kind
            chosen = fact.type in ("enum", "text")
            for each in (phrase, en[kind][name]):
                assert isinstance(each, list) == (fact.type == "bool" or chosen), (kind, name)
                assert all(("{value}" in one) == chosen for one in each) or isinstance(each, str), (kind, name)


def test_values_of_cases_are_told_in_words():
    hours, mode = KNOWN.fact("leg", "journey_hours"), KNOWN.fact("participant", "mode")
    meals = KNOWN.fact("collaboration", "meal_count")
    assert fact_value(hours, 6, "sv") == "6\u00a0timmar"
    assert fact_value(hours, "6.01", "sv") == "6,01\u00a0timmar"
    assert fact_value(mode, "remote", "en") == "remotely"
    assert fact_value(meals, {"min": 1, "max": 4}, "sv") == "1 till 4"
    assert fact_value(meals, {"min": 1}, "sv") == "minst 1"
    assert fact_value(None, True, "sv") == "True"
