"""D15: the whole table. Every combination is looked up in a table written as the model has it, row by row."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from tests.core.indicators.figures import OWN
from tillit.core.indicators.path import Baseline, Path, Target
from tillit.core.indicators.spc import Charted, change
from tillit.core.indicators.standing import Observed, standing
from tillit.core.indicators.verdict import D1_STATES, D3_STATES, Stated, line, stated

ANY, BEHIND, HIGH_LOW, NOTHING = object(), ("yellow", "red"), ("high", "low"), ("chance", None)
ASSURANCES = ("meets_steadily", "hit_or_miss", "misses_steadily", None)
TABLE = (  # D1, D3, assurance → code, verdict; "d1": D1's own. The first that fits decides.
    ("not_assessable", ANY, ANY, "not_assessable", "not_assessable"),  # För få värden (n/12)
    (BEHIND, "worsening", ANY, "something_changed", "red"),  # Något har ändrats – utred orsak
    (ANY, "worsening", ANY, "something_changed", "yellow"),
    (BEHIND, HIGH_LOW, ANY, "unusual_value", "d1"),  # Ovanligt värde – förklara
    (ANY, HIGH_LOW, ANY, "unusual_value", "info"),
    ("not_yet_expected", ANY, ANY, "not_yet_expected", "info"),  # ännu inte väntad
    ("green", "improvement", ANY, "on_path_and_better", "info"),  # På väg och bättre
    ("green", NOTHING, "misses_steadily", "on_path_target_outside_system", "info"),  # … utanför dagens system
    (BEHIND, "improvement", ANY, "right_way_too_slow", "yellow"),  # Rätt riktning, för långsamt – se prognos
    (BEHIND, NOTHING, "misses_steadily", "system_cannot_reach", "d1"),  # Systemet kan inte nå målet
    (BEHIND, NOTHING, ANY, "behind_no_sure_change", "d1"),  # Efter plan, utan säker förändring
    ("green", NOTHING, "meets_steadily", "stable_on_path", "green"),  # Stabilt och på väg – ingen åtgärd
    ("green", NOTHING, "hit_or_miss", "met_sometimes", "green"),  # Målet nås ibland – förändra arbetssättet
    ("green", NOTHING, None, "on_path", "green"),  # D1 alone
    ("no_target", ANY, ANY, "no_target", "info"),  # Inget mål
)


def fits(cell, value):
    if cell is ANY:
        return True
    return value in cell if isinstance(cell, tuple) else cell == value


def looked_up(d1, d3, assurance):
    row = next(row for row in TABLE if all(map(fits, row, (d1, d3, assurance))))
    return row[3], d1 if row[4] == "d1" else row[4]


def test_the_table_whole():
    for d1, d3, assurance in product(D1_STATES, D3_STATES, ASSURANCES):
        found = line(Stated(d1, d3, assurance, 12))
        assert (found.code, found.verdict) == looked_up(d1, d3, assurance), (d1, d3, assurance)
        assert not found.is_preliminary


def test_every_row_of_the_table_is_reached():
    reached = {looked_up(*each) for each in product(D1_STATES, D3_STATES, ASSURANCES)}
    assert {row[3] for row in TABLE} == {code for code, _ in reached}


def test_under_twelve_points_the_line_is_the_same_and_preliminary():
    for d1, d3, assurance in product(D1_STATES, D3_STATES, ASSURANCES):
        found = line(Stated(d1, d3, assurance, 11))
        code, verdict = looked_up(d1, d3, assurance)
        if code == "something_changed":  # what rests on preliminary limits alone is info at most; D1 stands
            verdict = d1 if d1 in BEHIND else "info"
        assert (found.code, found.verdict, found.is_preliminary) == (code, verdict, True)


def test_without_a_chart_nothing_is_preliminary():
    assert not line(Stated("red")).is_preliminary


@pytest.mark.parametrize(
    ("d1", "d3", "direction"),
    [
        ("green", "improvement", "improvement"),
        ("red", "improvement", "improvement"),
        ("no_target", "improvement", "improvement"),
        ("green", "worsening", "worsening"),
        ("red", "chance", "worsening"),
        ("red", "high", "worsening"),
        ("green", "low", "neutral"),
        ("not_assessable", None, "data_quality"),
    ],
)
def test_each_line_points_somewhere(d1, d3, direction):
    assert line(Stated(d1, d3, None, 12)).direction == direction


PATH = Path("down", Baseline(date(2026, 1, 1), Decimal(128)), (Target(date(2028, 1, 1), Decimal(100)),))
VALUES = tuple(map(Decimal, OWN.split()))


def test_the_answers_of_d1_and_d3_become_the_line():
    """Halfway in time the path is at 114; 115 days are 1/28 behind, which is green, and seven falling are better."""
    of = stated(standing(Observed(PATH, VALUES[-1], date(2027, 1, 1))), change(Charted(VALUES, "down", Decimal(100))))
    assert (of.d1, of.d3, of.assurance, of.points) == ("green", "improvement", "misses_steadily", 12)
    assert line(of).code == "on_path_and_better"


def test_too_few_values_leave_d1_alone_and_say_how_many():
    late = standing(Observed(PATH, Decimal(128), date(2027, 1, 1)))
    of = stated(late, change(Charted(VALUES[:6], "down", Decimal(100))), date(2027, 3, 31))
    found = line(of)
    assert (of.d3, found.verdict, found.code, found.points) == (None, "red", "behind_no_sure_change", 6)
    assert (found.is_preliminary, found.next_on) == (True, date(2027, 3, 31))


def test_states_that_are_no_colour_come_through():
    waits = standing(Observed(PATH, Decimal(128), date(2027, 1, 1), earliest=date(2028, 1, 1)))
    free = standing(Observed(replace(PATH, targets=()), Decimal(128), date(2027, 1, 1)))
    assert [stated(each, None).d1 for each in (waits, free)] == ["not_yet_expected", "no_target"]
