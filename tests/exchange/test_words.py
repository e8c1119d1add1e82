"""Words: both languages say the same things, every code that is raised has words, and formats are right."""

import ast
import re
import string
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

import tillit
from tillit.core.errors import BadInput, Problem
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import Fact, Text
from tillit.exchange import words
from tillit.exchange.words import LANGUAGES, day, keys, money, number, problem_lines, record_name, say, value, whole

SOURCE = Path(tillit.__file__).parent
ROOMS = ("file.", "guide.", "identifier.", "json.", "toml.", "case.", "edition.", "excel.", "check.", "goals.")
CODE = re.compile(r"[a-z]+\.[a-z][a-z0-9_]+")
RAISERS = {"Problem", "Refused", "Unreadable", "refuse", "_refused"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_hold_the_same_codes_with_the_same_placeholders():
    swedish, english = dict(keys("sv")), dict(keys("en"))
    assert set(swedish) == set(english)
    assert {code for code in swedish if placeholders(swedish[code]) != placeholders(english[code])} == set()


def test_every_problem_has_a_remedy_and_both_end_as_sentences():
    for lang in LANGUAGES:
        for code, text in keys(lang):
            if code.endswith((".problem", ".remedy", ".near")):
                assert text[-1] in ".?", (lang, code)
            if code.endswith(".problem"):
                assert say(f"{code.removesuffix('.problem')}.remedy", lang)


def codes_in(tree: ast.AST, rooms: tuple[str, ...] = ROOMS) -> Iterator[str]:
    """Yield the constants below a node that are codes: "room.what_is_wrong"."""
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and text.startswith(rooms) and CODE.fullmatch(text):
            yield text


def raised() -> set[str]:
    """Return every code that a file raises: given to what raises, or anywhere for rooms that name nothing else."""
    found: set[str] = set()
    for path in [*SOURCE.glob("core/**/*.py"), *SOURCE.glob("exchange/*.py"), *SOURCE.glob("cli/*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        found |= set(codes_in(tree, ("file.", "json.", "toml.", "excel.", "series.")))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in RAISERS:
                for argument in node.args[:1]:
                    found |= set(codes_in(argument))
    return found


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def computed() -> set[str]:
    """Return codes that are put together, so that no constant shows them."""
    return {f"case.{reason}" for reason in ("not_a_number", "too_large", "too_many_decimals", "money_decimals")}


def test_every_code_that_is_raised_has_words():
    assert len(raised()) > 60
    for lang in LANGUAGES:
        told = {code.rpartition(".")[0] for code, _ in keys(lang) if code.endswith(".problem")}
        assert (raised() | computed()) - told == set()


def test_no_words_are_left_over():
    told = {code.rpartition(".")[0] for code, _ in keys("sv") if code.endswith(".problem")}
    assert {code for code in told if not code.startswith("check.")} - (raised() | computed()) == set()


# ---------------------------------------------------------------- saying


def test_a_problem_is_told_with_its_remedy_and_what_is_near():
    known, unknown = {"key": "mod", "nearest": "mode"}, {"key": "zzz", "nearest": ""}
    assert "Menade du mode?" in say("case.unknown_key", "sv", **known)
    assert "Menade du" not in say("case.unknown_key", "sv", **unknown)


def test_a_code_without_words_and_an_argument_that_is_missing_never_hide_a_problem():
    bad = BadInput([Problem("made.up", "här", {"a": "b"}, "fil"), Problem("case.no_country", "där")])
    assert problem_lines(bad, "sv")[0] == "fil: här: made.up (a: b)"
    assert problem_lines(bad, "sv")[1].startswith("där: … är ingen landskod.")


def test_words_are_never_a_format_to_be_misused():
    bad = BadInput([Problem("case.no_country", "", {"given": "{given.__class__} {0} {"})])
    assert "{given.__class__} {0} {" in problem_lines(bad, "sv")[0]


def test_the_same_problem_is_told_once():
    assert len(problem_lines(BadInput([Problem("file.empty", "", {}, "a")] * 3), "sv")) == 1


def test_a_type_is_told_in_words():
    bad = BadInput([Problem("case.wrong_type", "x", {"expected": "bool", "given": "ja"})])
    assert "true eller false" in problem_lines(bad, "sv")[0]


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize(
    ("hundredths", "sv", "en"),
    [
        (123450, "1 234,50 kr", "SEK 1,234.50"),
        (0, "0,00 kr", "SEK 0.00"),
        (5, "0,05 kr", "SEK 0.05"),
        (-123456789, "\u22121 234 567,89 kr", "SEK \u22121,234,567.89"),
    ],
)
def test_money_is_on_one_line(hundredths, sv, en):
    assert money(hundredths, "sv") == sv.replace(" ", "\u00a0")
    assert money(hundredths, "en") == en.replace(" ", "\u00a0")


def test_money_in_another_currency():
    assert money(123450, "sv", "EUR") == "1\u00a0234,50\u00a0EUR"


def test_numbers_show_the_decimals_that_they_need():
    assert [number(each, "sv") for each in (270, 300, 5, -50)] == ["2,7", "3", "0,05", "\u22120,5"]
    assert number(300, "en", decimals=2) == "3.00"
    assert (whole(1234567, "sv"), whole(-1234, "en")) == ("1\u00a0234\u00a0567", "\u22121,234")


def test_days_are_written_as_figures_or_in_full():
    assert day(date(2026, 2, 1), "sv") == "2026-02-01"
    assert day(date(2026, 2, 1), "sv", long=True) == "1\u00a0februari\u00a02026"
    assert day(date(2026, 2, 1), "en", long=True) == "1\u00a0February\u00a02026"


def test_values_are_told_by_what_their_fact_is():
    def told(type_: str, given: object, **more: object) -> str:
        return value(Fact("x", "meal", type_, "observed", **more), given, "sv")  # type: ignore[arg-type]

    evening = datetime(2026, 3, 12, 17, 30)  # noqa: DTZ001 - as the engine holds it
    assert told("bool", True) == "ja"
    assert told("bool", None) == "vet inte"
    assert told("decimal", 24500, unit="SEK") == "245,00\u00a0kr"
    assert told("decimal", 270, unit="hours") == "2,7\u00a0timmar"
    assert told("int", 1800) == "1\u00a0800"
    assert told("enum", "a", values=("a",), labels={"a": Text("på plats", "on site")}) == "på plats"
    assert told("datetime", evening) == "2026-03-12 17:30"
    assert told("text", "Lund") == "Lund"


def test_records_are_named_by_their_kind():
    title = vocabulary().kinds["participant"].title.sv
    assert record_name("participant", "p2", "sv") == f"{title} p2"
    assert record_name("collaboration", "", "sv") == vocabulary().kinds["collaboration"].title.sv
    assert "inte" in record_name("participant", "*", "sv")


def test_any_language_but_english_is_answered_in_swedish():
    assert words.say("value.yes", "de") == "ja"
