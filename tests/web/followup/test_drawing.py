"""Pictures say what their values say: the worked examples drawn, gaps as gaps, and every number also in the table."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings, strategies as some

from tests.partnering import there
from tillit.core.indicators.chart import ChartParams
from tillit.core.indicators.forecast import Asked, ForecastParams, forecast
from tillit.core.indicators.path import Baseline, Path, Target
from tillit.core.indicators.periods import MONTH, QUARTER, period_of
from tillit.core.indicators.spc import Charted
from tillit.web.followup.drawing.figures import number, places_of, with_unit
from tillit.web.followup.drawing.multiples import multiples
from tillit.web.followup.drawing.path_chart import path_chart
from tillit.web.followup.drawing.path_parts import Course, ahead
from tillit.web.followup.drawing.rubric_chart import Rating, Ratings, rubric_chart
from tillit.web.followup.drawing.scale import roomy, spread, wrapped
from tillit.web.followup.drawing.sparkline import sparkline
from tillit.web.followup.drawing.xmr_chart import xmr_chart
from tillit.web.followup.drawing.xmr_parts import Series
from tillit.web.templatetags.together import together

NUMBER = re.compile(r"\d[\d\N{NO-BREAK SPACE}]*(?:,\d+)?")
OWN = [128, 131, 125, 133, 127, 130, 126, 132, 129, 127, 124, 131, 122, 121, 119, 118, 117, 116, 115]
"""D3's own example: days from application to first patient, lower is better, a baseline of twelve."""
LEVELS = {0: "Aldrig", 1: "Sällan", 2: "Ibland", 3: "Oftast", 4: "Alltid, också när det är svårt och ingen ser på"}


def months(count, first=date(2025, 1, 1)):
    start = period_of(first, MONTH)
    return tuple(start.ahead(step) for step in range(count))


def decimals(values):
    return tuple(None if each is None else Decimal(str(each)) for each in values)


def xmr(values, direction="down", target=None, starts=(), **params):
    charted = Charted(decimals(values), direction, None if target is None else Decimal(target), tuple(starts))
    return xmr_chart(series(charted, **params))


def series(charted, **params):
    return Series("x", "Dagar", "dagar", months(len(charted.values)), charted, ChartParams(**params))


def course(values, path=None, told=(), starts=(), frequency=QUARTER, first=date(2026, 1, 1)):
    start = period_of(first, frequency)
    periods = tuple(start.ahead(step) for step in range(len(values)))
    return Course("y", "Prövningar", "st", periods, decimals(values), tuple(starts), path, tuple(told))


def written(drawing):
    """Return every number that the picture writes."""
    return {found for each in drawing.texts for found in NUMBER.findall(each.text)}


def told(table):
    """Return every number that the table holds."""
    cells = [head.text for head in table.heads] + [cell for row in table.rows for cell in row]
    return {found for cell in cells for found in NUMBER.findall(cell)}


def of_kind(drawing, kind):
    return [each for each in drawing.strokes if kind in each.kind.split()]


def test_the_own_example_is_drawn_with_its_limits_and_its_signals():
    chart = xmr(OWN)
    texts = [each.text for each in chart.drawing.texts]
    assert {"övre gräns 140,9", "medel 128,6", "nedre gräns 116,3"} <= set(texts)
    assert {"S2 bättre", "S1 bättre"} <= set(texts)
    assert len(of_kind(chart.drawing, "signal")) == 8
    assert all("improvement" in each.kind for each in of_kind(chart.drawing, "signal"))
    marked = {at for at, row in enumerate(chart.table.rows, 1) if row[-1].startswith("S2")}
    beyond = {at for at, row in enumerate(chart.table.rows, 1) if row[-1].startswith("S1")}
    assert (marked, beyond) == (set(range(12, 18)), {18, 19})


def test_the_band_of_the_baseline_ends_where_the_baseline_does():
    band = of_kind(xmr(OWN).drawing, "baseline-band")[0]
    right = max(float(each) for each in re.findall(r"(\d+\.\d) \d", band.d))
    assert right < 62 + (606 - 62) * 0.68


def test_no_label_of_a_line_lies_among_the_values_and_none_on_another():
    texts = [each for each in xmr(OWN, target="120").drawing.texts if "gräns" in each.text or "mål" in each.text]
    assert len(texts) == 3
    assert all(float(each.x) > 606 for each in texts)
    ys = sorted(float(each.y) for each in texts)
    assert all(later - before >= 16.9 for before, later in pairwise(ys))


def test_a_missing_period_breaks_the_line_and_is_said_in_the_table():
    chart = xmr([1, 2, 3, None, 4, 5, 6])
    assert len(of_kind(chart.drawing, "series")) == 2
    assert chart.table.rows[3][1] == "uppgift saknas"
    assert "0" not in chart.table.rows[3]


def test_a_value_alone_between_missing_ones_is_seen():
    chart = xmr([1, None, 3, None, 5])
    assert of_kind(chart.drawing, "series") == []
    assert len(of_kind(chart.drawing, "dot")) == 3


def test_a_new_definition_begins_a_part_with_limits_of_its_own():
    chart = xmr([*OWN, *[each + 100 for each in OWN]], starts=[19])
    assert len(of_kind(chart.drawing, "version-line")) == 1
    assert len(of_kind(chart.drawing, "baseline-band")) == 2
    assert len(of_kind(chart.drawing, "series")) == 2
    assert "ny definition" in chart.table.rows[19][-1]
    assert chart.table.rows[0][2:5] == ("116,3", "128,6", "140,9")
    assert chart.table.rows[19][2:5] == ("216,3", "228,6", "240,9")


def test_no_value_draws_nothing_and_one_value_draws_a_point_without_limits():
    assert xmr([]) is None
    assert xmr([None, None]) is None
    chart = xmr([7])
    assert len(of_kind(chart.drawing, "dot")) == 1
    assert of_kind(chart.drawing, "limit") == []
    assert "för få" in " ".join(chart.says)


def test_a_flat_series_says_that_nothing_can_be_said():
    chart = xmr([5] * 12)
    assert of_kind(chart.drawing, "limit") == []
    assert "varierar inte" in " ".join(chart.says)
    assert [each.text for each in chart.drawing.texts if each.text.startswith("medel")] == ["medel 5"]


def test_two_hundred_values_are_a_line_with_marks_only_where_they_say_something():
    chart = xmr([(at * 7) % 13 for at in range(200)])
    assert len(chart.table.rows) == 200
    assert len(of_kind(chart.drawing, "dot")) + len(of_kind(chart.drawing, "signal")) < 60


def test_the_path_of_the_first_example_ends_at_the_target_and_is_told_each_period():
    path = Path("up", Baseline(date(2026, 1, 1), Decimal(40)), (Target(date(2030, 1, 1), Decimal(100)),))
    periods = (period_of(date(2027, 12, 31), MONTH),)
    chart = there(path_chart(Course("y", "n", "st", periods, (Decimal(58),), (), path), ("Så är det.",)))
    assert "mål 100" in [each.text for each in chart.drawing.texts]
    assert {"2026-01-01", "2030-01-01"} <= {each.text for each in chart.drawing.texts}
    measured = next(row for row in chart.table.rows if row[1] == "Uppmätt")
    assert measured[2:4] == ("58", "69,9")
    assert len(of_kind(chart.drawing, "target-path")) == 1


def forecast_example(target, at=16):
    asked = Asked(decimals([40, 43, 44, 48, 49, 53, 54, 58]), Decimal(target), at, "up")
    first = period_of(date(2026, 1, 1), QUARTER)
    return ahead(asked, forecast(asked), first, ForecastParams())


def test_the_forecasts_band_is_the_core_s_for_every_period_until_the_target():
    told_ahead = forecast_example(100)
    assert len(told_ahead) == 9
    chart = there(path_chart(course([40, 43, 44, 48, 49, 53, 54, 58], told=told_ahead), ()))
    assert len(of_kind(chart.drawing, "forecast-band")) == 1
    texts = {each.text for each in chart.drawing.texts}
    assert {"högst 82,3", "prognos 79,7", "lägst 77,2"} <= texts
    assert chart.table.rows[-1][2:] == ("79,7", "", "77,2", "82,3")


def test_a_refused_forecast_has_no_band():
    assert forecast_example(100, at=17) == ()
    chart = there(path_chart(course([40, 43, 44, 48, 49, 53, 54, 58]), ("Ingen prognos.",)))
    assert of_kind(chart.drawing, "forecast-band") == []
    assert "Ingen prognos." in chart.drawing.said


def test_a_step_in_the_path_is_drawn_as_a_step_and_a_range_as_a_band():
    path = Path("up", Baseline(date(2026, 1, 1), Decimal(0)), (Target(date(2027, 1, 1), Decimal(10), "step"),))
    line = of_kind(there(path_chart(course([1, 2], path), ())).drawing, "target-path")[0]
    assert line.d.count("L") == 2
    within = Path("range", None, (Target(date(2027, 1, 1), low=Decimal(2), high=Decimal(4)),))
    chart = there(path_chart(course([1, 3], within), ()))
    assert len(of_kind(chart.drawing, "range-band")) == 1
    assert chart.table.rows[0][4:] == ("2", "4")


def ratings(*given, **more):
    start = period_of(date(2026, 1, 1), QUARTER)
    rated = tuple(Rating(start.ahead(step), levels) for step, levels in enumerate(given))
    return Ratings("z", "Tillit", LEVELS, rated, **more)


def test_the_rubric_example_shows_described_levels_the_middle_and_every_rater():
    chart = there(rubric_chart(ratings((3,), (3,), (2,), (3,), (1,), (3, 3, 1, 2, 3), target=3), ()))
    words = " ".join(each.text for each in chart.drawing.texts)
    assert "0 Aldrig" in words
    assert "4 Alltid, också när det" in words
    assert len(of_kind(chart.drawing, "rater-bar")) == 3
    assert chart.table.rows[5][1:] == ("3 Oftast", "0", "1", "1", "3", "0")
    assert chart.table.rows[4][1] == "1 Sällan"


def test_a_period_that_nobody_rated_breaks_the_line_of_levels():
    chart = there(rubric_chart(ratings((3,), (2,), (), (3,), (1,)), ()))
    assert len(of_kind(chart.drawing, "series")) == 2
    assert chart.table.rows[2][1:] == ("uppgift saknas", "", "", "", "", "")
    assert rubric_chart(ratings((), ()), ()) is None


def test_networks_have_one_scale_and_the_order_that_is_given():
    periods = months(3)
    found = multiples(
        periods, [("Hjärta", decimals([1, 2, 3])), ("Barn", decimals([100, None, 50])), ("Lunga", (None,) * 3)]
    )
    assert [each.name for each in found.panels] == ["Hjärta", "Barn", "Lunga"]
    assert (found.low, found.high) == ("1", "100")
    assert found.panels[2].drawing is None
    assert found.table.rows[1][1:] == ("2", "uppgift saknas", "uppgift saknas")
    heights = [float(each.d.rsplit(" ", 1)[1]) for each in of_kind(found.panels[0].drawing, "series")]
    assert heights[0] > 70


def test_small_lines_of_none_one_and_missing_values():
    assert sparkline([]) is None
    assert sparkline([None]) is None
    assert len(there(sparkline(decimals([5]))).strokes) == 2
    assert len(of_kind(sparkline(decimals([1, 2, None, 3, 4])), "series")) == 2


def test_labels_of_new_definitions_do_not_lie_on_each_other():
    texts = [
        each for each in there(xmr([*range(30)], starts=[10, 11, 25])).drawing.texts if each.text == "ny definition"
    ]
    assert len(texts) == 2
    assert list(roomy([5, 0, 20], 10)) == [0, 20]


def test_labels_are_spread_apart_in_their_order_and_stay_within():
    assert spread([50.0, 51.0, 52.0], 10, 0, 100) == (50.0, 60.0, 70.0)
    assert spread([99.0, 98.0], 10, 0, 100) == (100.0, 90.0)


def test_a_long_label_is_wrapped_and_cut():
    assert wrapped("ett två tre fyra", 8, 2) == ["ett två", "tre fyra"]
    assert wrapped("ett två tre fyra fem", 8, 2) == ["ett två", "tre fyra …"]


def test_a_day_in_a_sentence_is_kept_on_one_line_and_the_rest_is_escaped():
    assert together("<b> från 2026-02-01") == '&lt;b&gt; från <span class="together">2026-02-01</span>'
    assert together("31 % och 12") == '<span class="together">31 %</span> och 12'


def test_numbers_are_written_in_swedish():
    assert number(Decimal("1234.50")) == "1\N{NO-BREAK SPACE}234,5"
    assert number(Decimal("-0.0004")) == "0"
    assert with_unit(Decimal(43), "procent") == "43\N{NO-BREAK SPACE}%"
    assert places_of([Fraction(1, 3)]) == 3
    assert places_of([Fraction(100, 3)]) == 1
    assert places_of(decimals(["1.25", 2])) == 2


QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOME_VALUES = some.lists(
    some.none() | some.decimals(-10_000, 10_000, places=2) | some.integers(-5, 5).map(Decimal), max_size=40
)


@QUIET
@given(values=SOME_VALUES, direction=some.sampled_from(["up", "down", "neutral"]), cut=some.integers(0, 40))
def test_every_number_that_an_xmr_chart_writes_stands_in_its_table(values, direction, cut):
    chart = xmr(values, direction, target="3", starts=[cut])
    if chart is not None:
        assert written(chart.drawing) <= told(chart.table)
        assert len(chart.table.rows) >= len(values)


@QUIET
@given(values=SOME_VALUES, target=some.decimals(-100, 100, places=1), at=some.integers(0, 60))
def test_every_number_that_a_path_chart_writes_stands_in_its_table(values, target, at):
    path = Path("up", Baseline(date(2025, 12, 31), Decimal(1)), (Target(date(2040, 1, 1), target),))
    asked = Asked(tuple(values), target, at, "up")
    steps = ahead(asked, forecast(asked), period_of(date(2026, 1, 1), QUARTER), ForecastParams())
    chart = there(path_chart(course(values, path, steps), ()))
    assert written(chart.drawing) <= told(chart.table)


@QUIET
@given(given=some.lists(some.lists(some.integers(0, 4), max_size=6).map(tuple), min_size=1, max_size=20))
def test_every_number_that_a_rubric_chart_writes_stands_in_its_table(given):
    chart = rubric_chart(ratings(*given, target=3, floor=1), ())
    if chart is not None:
        assert written(chart.drawing) <= told(chart.table)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_picture_is_an_image_with_name_and_description_and_coordinates_that_a_browser_reads(language):
    from django.utils.translation import override

    with override(language):
        chart = xmr(OWN)
        html = render_to_string("followup/_chart.html", {"chart": chart, "heading": "Dagar"})
    assert 'role="img"' in html
    assert "<title id=" in html
    assert "<desc id=" in html
    assert re.search(r'\sd="[^"]*,', html) is None
    assert "style=" not in html
    assert html.count("<tr>") == 1 + len(chart.table.rows)
