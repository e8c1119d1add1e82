"""Whatever comes in, what comes out is a case or a refusal with words; never a traceback, never a changed case."""

import copy
import json
import tomllib
from datetime import date
from typing import Any

from hypothesis import HealthCheck, example, given, settings, strategies as st

from tests.exchange.cases import CONTRACT
from tests.exchange.template_files import Filled
from tillit.core.errors import BadInput
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import casefile, template
from tillit.exchange.words import LANGUAGES, problem_lines, say

NAMES = ("a.toml", "a.json", "a.xlsx", "a.txt")
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
BASE = json.loads(json.dumps(tomllib.loads(CONTRACT), default=lambda each: each.isoformat()))
TEMPLATE = Filled().bytes()

names = st.sampled_from(NAMES)
keys = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["id", "mode", "title", "fact", "record", "complete", "total", "benefit_findings", *vocabulary().kinds]
    ),
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.dates().map(date.isoformat),
    st.sampled_from(["245.00", "245,00", "p1", "meal:lunch", "collaboration", "1e5", "٣", "-0", ".", "SE", "remote"]),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
)


def read(data: bytes, name: str) -> None:
    """Read a file; a refusal must have words in both languages for each of its problems."""
    try:
        case = casefile.read(data, name)
    except BadInput as bad:
        told(bad)
    else:
        again = casefile.read(json.dumps(dump_case(case)).encode(), "again.json")
        assert dump_case(again) == dump_case(case)


def told(bad: BadInput) -> None:
    assert bad.problems
    for lang in LANGUAGES:
        for problem in bad.problems:
            say(problem.code, lang)
        assert all(line.encode() for line in problem_lines(bad, lang))


@QUIET
@given(st.binary(max_size=300), names)
@example(b"PK\x03\x04", "a.xlsx")
@example(b"\xff\xfe\x00", "a.toml")
def test_any_bytes(data, name):
    read(data, name)


@QUIET
@given(st.text(max_size=300), names)
def test_any_text(text, name):
    read(text.encode("utf-8", "surrogatepass"), name)


@QUIET
@given(st.data())
def test_a_case_with_a_piece_of_its_text_changed(data):
    start = data.draw(st.integers(0, len(CONTRACT)))
    end = data.draw(st.integers(start, min(len(CONTRACT), start + 20)))
    piece = data.draw(st.text(alphabet='abc019.,-="[]{}\n#\\ åTZ:', max_size=12))
    read((CONTRACT[:start] + piece + CONTRACT[end:]).encode(), "a.toml")


def _places(raw: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


@QUIET
@given(st.data())
def test_a_case_with_some_of_its_values_changed(data):
    case = copy.deepcopy(BASE)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.sampled_from(_places(case)[1:] or [("case",)]))
        here = case
        for step in place[:-1]:
            here = here[step]
        key = data.draw(keys) if isinstance(here, dict) and data.draw(st.booleans()) else place[-1]
        here[key] = data.draw(values)
    read(json.dumps(case).encode(), "a.json")


@QUIET
@given(st.integers(0, len(TEMPLATE) - 1), st.binary(min_size=1, max_size=40))
def test_a_template_with_some_bytes_changed(place, bytes_):
    read(TEMPLATE[:place] + bytes_ + TEMPLATE[place + len(bytes_) :], "a.xlsx")


CELLS = st.one_of(
    scalars.filter(lambda each: not isinstance(each, float) or abs(each) < 1e300),
    st.datetimes(),
    st.sampled_from(["=1+1", "#N/A", "12/3 2026", "1.234", "ja", "vet inte", "#", "participant.mode", "mode", "Svar"]),
)


@settings(QUIET, max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["collaboration", "participant", "meal", "judgement"]),
            st.integers(1, 14),
            st.integers(1, 9),
            CELLS,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_template_with_any_cells_changed(changes):
    from openpyxl.utils.exceptions import IllegalCharacterError

    filled = Filled()
    for kind, row, column, value in changes:
        try:
            filled.sheet(kind).cell(row, column).value = value
        except (IllegalCharacterError, ValueError):
            continue
    read(filled.bytes(), "a.xlsx")


@settings(QUIET, max_examples=10)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(str.strip),
    st.integers(-10, 10**12),
    st.booleans(),
)
def test_words_and_numbers_survive_the_template(text, number, yes):
    raw = copy.deepcopy(BASE)
    raw["case"]["title"] = text
    raw["collaboration"]["expected_participants"] = number
    raw["judgement"][0] |= {"why": text, "by": text, "value": yes}
    try:
        case = casefile.read(json.dumps(raw).encode(), "a.json")
    except BadInput:
        return
    assert casefile.read(template.filled(case, "sv"), "a.xlsx") == case
