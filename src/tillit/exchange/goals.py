"""Goals with their indicators from a TOML file, for the check of what is missing before they can be measured.

Only what is written counts: a key that is left out is not known. A key that nobody knows is refused with the nearest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tillit.core.errors import BadInput, Problem
from tillit.core.indicators.goal_text import EFFECT, KINDS
from tillit.core.indicators.judged import DIRECTIONS
from tillit.core.indicators.measurability import QUALITATIVE, QUANTITATIVE, Goal, Indicator
from tillit.core.indicators.periods import MONTHS
from tillit.core.money import decimal_of
from tillit.core.rulebook.reading import nearest
from tillit.core.text import nfc, personal_number_in
from tillit.exchange.casefile import LARGEST_FILE, bytes_of, text_of
from tillit.exchange.plain import toml_case
from tillit.exchange.words import Lang, say

SCHEMA = "tillit.goals/1"
MOST_GOALS, LONGEST_TEXT = 1_000, 2_000
_TEXTS = ("unit", "no_baseline_because", "owner", "owner_party", "source", "method", "decision_use", "id")
_NUMBERS = ("baseline", "target", "low", "high", "least", "most")
_DAYS = ("baseline_day", "target_day")
_CHOICES = {"kind": (QUANTITATIVE, QUALITATIVE), "direction": DIRECTIONS, "frequency": tuple(MONTHS)}
INDICATOR_KEYS = (*_TEXTS, *_NUMBERS, *_DAYS, *_CHOICES, "levels", "on_path", "counts_meetings")
GOAL_KEYS = ("id", "text", "kind", "level", "tier", "owner", "owner_party", "indicator")


def read_goals(path: str | Path, lang: Lang = "sv") -> tuple[Goal, ...]:
    """Return the goals in a TOML file.

    :raises BadInput: with every problem found, each with the file's name, its place and what to do
    """
    data = bytes_of(path)
    try:
        if len(data) > LARGEST_FILE:
            raise BadInput([Problem("goals.too_large", "", {"limit": str(LARGEST_FILE // 1_000_000)})])
        return _goals(toml_case(text_of(data, lang), lang), lang)
    except BadInput as bad:
        raise bad.in_file(str(path)) from None


@dataclass(slots=True)
class _Reading:
    """One table being read: where it is, and the problems found so far in the whole file."""

    table: Mapping[str, Any]
    place: str
    lang: Lang
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, key: str = "", **args: str) -> None:
        place = ", ".join(part for part in (self.place, key) if part)
        self.problems.append(Problem(code, place, {"key": key, **args}))

    def only(self, known: Sequence[str]) -> None:
        for key in self.table:
            if key not in known:
                self.refuse("goals.unknown_key", key[:40], nearest=nearest(key, tuple(known)), known=", ".join(known))

    def text(self, key: str) -> str:
        given = self.table.get(key, "")
        if not isinstance(given, str):
            self.refuse("goals.not_text", key)
            return ""
        if len(given) > LONGEST_TEXT:
            self.refuse("goals.too_long", key, limit=str(LONGEST_TEXT))
        if personal_number_in(given):
            self.refuse("goals.personal_number", key)
        return nfc(given).strip()

    def choice(self, key: str, choices: Sequence[str], default: str | None) -> str | None:
        given = self.table.get(key, default)
        if given is None or given in choices:
            return None if given is None else str(given)
        self.refuse("goals.no_choice", key, given=str(given)[:40], choices=", ".join(choices))
        return default

    def number(self, key: str) -> Decimal | None:
        given = self.table.get(key)
        if given is None:
            return None
        if isinstance(given, str):
            try:
                return decimal_of(given)
            except ValueError:
                self.refuse("goals.not_a_number", key, given=given[:40])
                return None
        if isinstance(given, bool) or not isinstance(given, int | Decimal) or not Decimal(given).is_finite():
            self.refuse("goals.not_a_number", key, given=str(given)[:40])
            return None
        return Decimal(given)

    def day(self, key: str) -> date | None:
        given = self.table.get(key)
        if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
            return given
        try:
            return date.fromisoformat(given)
        except (TypeError, ValueError):
            self.refuse("goals.not_a_day", key, given=str(given)[:40])
            return None

    def flag(self, key: str) -> bool | None:
        given = self.table.get(key)
        if given is None or isinstance(given, bool):
            return given
        self.refuse("goals.not_yes_or_no", key, given=str(given)[:40])
        return None

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        given = self.table.get(key, [])
        if isinstance(given, list) and all(isinstance(each, Mapping) for each in given):
            return given
        self.refuse("goals.not_tables", key, name=f"{'goal.' if key == 'indicator' else ''}{key}")
        return []


def _goals(raw: Mapping[str, Any], lang: Lang) -> tuple[Goal, ...]:
    top = _Reading(raw, "", lang)
    top.only(("schema", "goal"))
    if raw.get("schema", SCHEMA) != SCHEMA:
        top.refuse("goals.schema", "schema", expected=SCHEMA)
    tables = top.tables("goal")
    if len(tables) > MOST_GOALS:
        top.refuse("goals.too_many", "goal", limit=str(MOST_GOALS))
        tables = []
    elif not tables and not top.problems:
        top.refuse("goals.none")
    goals = tuple(_goal(table, number, top) for number, table in enumerate(tables, 1))
    ids = [goal.id for goal in goals]
    for goal in goals:
        if ids.count(goal.id) > 1:
            top.refuse("goals.id_twice", "id", given=goal.id)
    if top.problems:
        raise BadInput(top.problems)
    return goals


def _goal(table: Mapping[str, Any], number: int, top: _Reading) -> Goal:
    own = table.get("id")
    name = own if isinstance(own, str) and own.isprintable() and 0 < len(own) <= 40 else str(number)
    reading = _Reading(table, say("goals.place", top.lang, number=str(number), id=name), top.lang, top.problems)
    reading.only(GOAL_KEYS)
    text = reading.text("text")
    if not text and isinstance(table.get("text", ""), str):
        reading.refuse("goals.no_text", "text")
    owners = {key: reading.text(key) for key in ("owner", "owner_party")}
    indicators = tuple(_indicator(each, at, reading, owners) for at, each in enumerate(reading.tables("indicator"), 1))
    kind = reading.choice("kind", KINDS, EFFECT) or EFFECT
    return Goal(reading.text("id") or str(number), text, kind, reading.text("level"), reading.text("tier"), indicators)


def _indicator(table: Mapping[str, Any], number: int, goal: _Reading, owners: Mapping[str, str]) -> Indicator:
    place = f"{goal.place}, {say('goals.place_indicator', goal.lang, number=str(number))}"
    reading = _Reading(table, place, goal.lang, goal.problems)
    reading.only(INDICATOR_KEYS)
    texts = {key: reading.text(key) for key in _TEXTS}
    numbers = {key: reading.number(key) for key in _NUMBERS}
    levels = table.get("levels", [])
    if not isinstance(levels, list) or not all(isinstance(each, str) for each in levels):
        reading.refuse("goals.not_levels", "levels")
        levels = []
    return Indicator(
        id=texts["id"] or str(number),
        kind=reading.choice("kind", _CHOICES["kind"], QUANTITATIVE) or QUANTITATIVE,
        direction=reading.choice("direction", _CHOICES["direction"], None),
        frequency=reading.choice("frequency", _CHOICES["frequency"], None),
        levels=len([each for each in levels if each.strip()]),
        na_reason=texts["no_baseline_because"],
        owner=texts["owner"] or owners["owner"],
        owner_party=texts["owner_party"] or owners["owner_party"],
        baseline_day=reading.day("baseline_day"),
        target_day=reading.day("target_day"),
        on_path=reading.flag("on_path"),
        counts_meetings=reading.flag("counts_meetings") or False,
        unit=texts["unit"],
        source=texts["source"],
        method=texts["method"],
        decision_use=texts["decision_use"],
        baseline=numbers["baseline"],
        target=numbers["target"],
        low=numbers["low"],
        high=numbers["high"],
        least=numbers["least"],
        most=numbers["most"],
    )
