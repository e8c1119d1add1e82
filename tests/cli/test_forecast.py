"""The command `forecast`: the worked example, periods by name, and why there is no forecast."""

import json

import pytest

from tillit.cli import main

EIGHT = (40, 43, 44, 48, 49, 53, 54, 58)
QUARTERS = "period;value\n" + "".join(f"{2024 + n // 4}-Q{n % 4 + 1};{v}\n" for n, v in enumerate(EIGHT))
ROWS = "value\n" + "".join(f"{v}\n" for v in EIGHT)
JSON = ("--format", "json")


@pytest.fixture
def run(tmp_path, capsys):
    def told(text, *options, code=0):
        file = tmp_path / "serie.csv"
        file.write_text(text, "utf-8")
        assert main(["forecast", str(file), *options]) == code
        out = capsys.readouterr()
        return json.loads(out.out) if "json" in options else out

    return told


@pytest.mark.parametrize(("text", "at"), [(ROWS, "16"), (QUARTERS, "2028-Q1"), (QUARTERS, "2028k1")])
def test_the_worked_example(run, text, at):
    found = run(text, "--target", "100", "--at", at, *JSON)
    assert f"{found['intercept']:.6f} {found['slope']:.6f} {found['forecast']:.5f}" == "39.916667 2.488095 79.72619"
    assert f"{found['low']:.4f} {found['high']:.4f}" == "77.1813 82.2711"
    assert found["theil_sen"] == {"intercept": 39.75, "slope": 2.5, "forecast": 79.75}
    assert (found["verdict"], found["reason"], found["direction"], found["x"]) == ("red", "misses", "up", 16)
    assert found["crossing"] is None


@pytest.mark.parametrize(("target", "verdict"), [("100", "red"), ("82", "yellow"), ("79", "green")])
def test_its_verdicts(run, target, verdict):
    assert run(ROWS, "--target", target, "--at", "16", *JSON)["verdict"] == verdict


def test_the_direction_goes_from_the_first_value_to_the_target_or_as_it_is_given(run):
    falling = "value\n" + "".join(f"{200 - v}\n" for v in EIGHT)
    assert run(falling, "--target", "100", "--at", "16", *JSON)["direction"] == "down"
    assert run(falling, "--target", "100", "--at", "16", "--direction", "up", *JSON)["verdict"] == "green"


@pytest.mark.parametrize(
    ("text", "at", "reason", "says"),
    [
        (ROWS, "17", "too_far", "två gånger de 8 värden"),
        (ROWS, "7", "target_passed", "har redan varit"),
        ("value\n1\n2\n3\n", "5", "too_few", "här är 3"),
    ],
)
def test_a_forecast_that_is_refused_exits_3_and_says_why(run, text, at, reason, says):
    found = run(text, "--target", "100", "--at", at, *JSON, code=3)
    assert (found["verdict"], found["reason"], found["forecast"], found["low"]) == (
        "not_assessable",
        reason,
        None,
        None,
    )
    assert (found["theil_sen"] or {"forecast": None})["forecast"] is None
    assert says in run(text, "--target", "100", "--at", at, code=3).out


@pytest.mark.parametrize(
    ("lang", "says"),
    [("sv", "79,7262 i period 16, med 80 % säkerhet mellan 77,1813 och 82,2711"), ("en", "79.7262 in period 16")],
)
def test_text(run, lang, says):
    assert says in run(ROWS, "--target", "100", "--at", "16", "--lang", lang).out


@pytest.mark.parametrize(("target", "says"), [("79", "Målet nås"), ("82", "osäkra"), ("100", "fel sida")])
def test_each_verdict_is_a_sentence(run, target, says):
    assert says in run(ROWS, "--target", target, "--at", "16").out


def test_a_forecast_is_cut_at_what_can_be(run):
    found = run(ROWS, "--target", "100", "--at", "16", "--most", "80", "--least", "78", *JSON)
    assert (found["low"], found["high"]) == (78, 80)


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        (ROWS, ("--target", "ett", "--at", "16"), "--target"),
        (ROWS, ("--target", "0,75", "--at", "16"), "decimalpunkt"),
        (ROWS, ("--target", "9", "--at", "16", "--most", "x"), "--most"),
        (ROWS, ("--target", "100", "--at", "2028-Q1"), "0, 1, 2"),
        (QUARTERS, ("--target", "100", "--at", "16"), "2025-Q4"),
        ("period,value\nvår,1\nhöst,2\n", ("--target", "9", "--at", "höst"), "vår"),
        (ROWS, ("--target", "40", "--at", "16"), "--direction"),
        ("value\n1,5\n", ("--target", "9", "--at", "16"), "decimalkomma"),
    ],
)
def test_what_cannot_be_used_is_told_with_a_way_out(run, text, options, says):
    told = run(text, *options, code=2)
    assert says in told.err
    assert told.out == ""


def test_target_and_period_must_be_given(run):
    run(ROWS, code=2)
    assert run(ROWS, "--target=-5", "--at", "12", *JSON)["direction"] == "down"
