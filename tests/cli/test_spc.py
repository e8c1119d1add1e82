"""The command `spc`: the published limits to their printed digits, signals by row, and files that are wrong."""

import json

import pytest

from tests.core.indicators.figures import NHS, NIST, OWN, SAS_JETS
from tillit.cli import main


@pytest.fixture
def run(tmp_path, capsys):
    def told(text, *options, code=0):
        file = tmp_path / "serie.csv"
        file.write_text("value\n" + text.replace(" ", "\n") if "value" not in text else text, "utf-8")
        assert main(["spc", str(file), *options]) == code
        out = capsys.readouterr()
        return json.loads(out.out) if "json" in options else out

    return told


JSON = ("--format", "json")


@pytest.mark.parametrize(
    ("text", "options", "mean", "lower", "upper"),
    [
        (NIST, ("--constant", "1.128"), "50.81", "45.8159", "55.8041"),
        (NIST, (), "50.81", "45.8151", "55.8049"),
        (SAS_JETS, ("--constant", "1.128379"), "80.39", "66.2290", "94.5510"),
        (NHS, ("--screen",), "1.9444", "-0.7156", "4.6044"),
        (NHS, (), "1.9444", "-3.0626", "6.9515"),
        (OWN, ("--baseline", "12"), "128.5833", "116.2506", "140.9161"),
    ],
)
def test_published_limits(run, text, options, mean, lower, upper):
    found = run(text, *options, *JSON)
    digits = len(mean.partition(".")[2])
    assert (f"{found['mean']:.{digits}f}", f"{found['lower']:.4f}", f"{found['upper']:.4f}") == (mean, lower, upper)


def test_the_mean_moving_range_is_printed_after_screening(run):
    assert f"{run(NIST, *JSON)['mean_moving_range']:.4f}" == "1.8778"
    assert run(NHS, "--screen", *JSON)["mean_moving_range"] == 1
    assert f"{run(NHS, *JSON)['mean_moving_range']:.4f}" == "1.8824"


def test_signals_have_position_and_rule_and_nothing_else(run):
    assert run(NHS, "--screen", *JSON)["signals"] == [{"position": 5, "rule": "S1"}]
    found = run(OWN, "--baseline", "12", *JSON)["signals"]
    assert [(each["position"], each["rule"]) for each in found] == [
        *((n, "S2") for n in range(12, 18)),
        (18, "S1"),
        (19, "S1"),
    ]


def test_an_empty_cell_is_a_missing_period_and_positions_count_rows(run):
    text = "period,value\n" + "".join(f"{n},{10 + n % 2}\n" for n in range(12)) + "12,\n13,99\n"
    found = run(text, "--baseline", "12", *JSON)
    assert (found["rows"], found["values"], found["signals"]) == (14, 13, [{"position": 14, "rule": "S1"}])


def test_a_skipped_period_breaks_a_run_and_positions_still_count_rows(run):
    rising = [*range(12), 20, 21, 22, 23, 25, 26, 27]
    text = "period,value\n" + "".join(f"{n},{n if n >= 20 else 10 + n % 2}\n" for n in rising)
    assert not any(each["rule"] == "S2" for each in run(text, "--baseline", "12", *JSON)["signals"])


@pytest.mark.parametrize(("text", "reason"), [("1 2 3 4 5 6", "too_few"), ("5 " * 9 + "5", "no_variation")])
def test_what_cannot_be_judged_says_why_beside_its_limits(run, text, reason):
    found = run(text, *JSON)
    assert (found["not_judged"], found["signals"]) == (reason, [])
    assert found["lower"] is not None
    assert run(text).out.strip().endswith(("minst sju.", "tillämpas."))


def test_without_two_values_beside_each_other_there_are_no_limits(run):
    for text in ("5", "value\n5\n\n6\n"):
        found = run(text, *JSON, code=3)
        assert (found["lower"], found["mean_moving_range"], found["not_judged"]) == (None, None, "too_few")


@pytest.mark.parametrize(
    ("lang", "line", "signal"),
    [
        (
            "sv",
            "Medelvärde 128,5833, steg mellan värden i medel 4,6364, gränser 116,2506 till 140,9161.",
            "Rad 19: 115",
        ),
        ("en", "Mean 128.5833, mean moving range 4.6364, limits 116.2506 to 140.9161.", "Row 19: 115"),
    ],
)
def test_text(run, lang, line, signal):
    out = run(OWN, "--baseline", "12", "--lang", lang).out
    assert line in out
    assert signal in out


def test_text_says_when_there_is_nothing_and_when_limits_are_preliminary(run):
    out = run(NIST).out
    assert "Inget tyder på annat än slump." in out
    assert "preliminära" in out
    assert "preliminära" not in run(OWN).out


def test_the_period_of_a_signal_is_named(run):
    text = "period,value\n" + "".join(f"20{n:02},{10 + n % 2}\n" for n in range(10, 22)) + "2022,99\n"
    assert "Rad 13 (2022): 99" in run(text, "--baseline", "12").out


@pytest.mark.parametrize("baseline", ["1", "0", "-3", "11"])
def test_a_baseline_that_the_file_has_not_is_refused(run, baseline):
    told = run(NIST, f"--baseline={baseline}", code=2)
    assert "--baseline" in told.err
    assert "från 2 till 10" in told.err


def test_a_decimal_comma_is_named_with_its_row(run):
    told = run("value\n49.6\n47,6\n", code=2)
    assert "serie.csv: rad 3 i filen (värde nr 2): Talet är skrivet med decimalkomma." in told.err
    assert "49.6, inte 49,6" in told.err
    assert told.out == ""


def test_programs_get_what_is_wrong_as_json(run):
    found = run("value\n47,6\n", *JSON, code=2)
    assert (found["schema"], found["problems"][0]["code"]) == ("tillit.refusal/1", "series.decimal_comma")


def test_a_constant_that_nobody_uses_is_refused(run):
    run(NIST, "--constant", "3", code=2)
