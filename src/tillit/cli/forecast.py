"""Where a series is heading: the line of its last eight periods at the target's period, with an 80 % interval. FILE is
a CSV file with a header row, a column `value`, and a column `period`; without it the periods are 0, 1, 2, and so on."""

import argparse
import json
import sys
from decimal import Decimal
from typing import Any

from tillit.cli.refused import refused
from tillit.core.errors import BadInput, Problem
from tillit.core.indicators.forecast import Asked, Forecast, Line, forecast
from tillit.core.indicators.judged import DOWN, NOT_ASSESSABLE, UP
from tillit.core.money import decimal_of
from tillit.exchange import words
from tillit.exchange.figures import as_number, told
from tillit.exchange.scale import NAMES
from tillit.exchange.series import Series, read_series
from tillit.exchange.words import say

NOT_JUDGED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, the target and its period."""
    parser.add_argument("file", metavar="FILE", help="a CSV file with a column value")
    parser.add_argument("--target", required=True, metavar="N", help="the value to reach, as 100 or 0.75")
    parser.add_argument(
        "--at", required=True, metavar="PERIOD", help="the period to reach it in, written as in the file"
    )
    parser.add_argument("--direction", choices=(UP, DOWN), help="default: from the first value towards the target")
    parser.add_argument("--least", metavar="N", help="what the value cannot be below")
    parser.add_argument("--most", metavar="N", help="what the value cannot be above")
    parser.add_argument("--lang", default="sv", choices=words.LANGUAGES)
    parser.add_argument("--format", default="text", choices=("text", "json"))


def run(args: argparse.Namespace) -> int:
    """Return 0 with a forecast whatever it says, 2 for bad input, 3 when there can be none."""
    try:
        numbers = {name: _option(name, getattr(args, name)) for name in ("target", "least", "most")}
        series = read_series(args.file, args.lang)
        asked = _asked(args, series, numbers)
    except BadInput as bad:
        return refused(bad, file=args.file, lang=args.lang, form=args.format)
    found = forecast(asked)
    if args.format == "json":
        json.dump(_plain(found, asked, args), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(_text(found, asked, args))
    return NOT_JUDGED if found.verdict == NOT_ASSESSABLE else 0


def _option(name: str, given: str | None) -> Decimal | None:
    if given is None:
        return None
    try:
        return decimal_of(given)
    except ValueError:
        raise BadInput([Problem("series.option_not_a_number", f"--{name}", {"given": given[:40]})]) from None


def _asked(args: argparse.Namespace, series: Series, numbers: dict[str, Decimal | None]) -> Asked:
    if series.scale.kind == NAMES:
        raise BadInput([Problem("series.only_names", "", {"given": series.rows[0].period[:40]}, args.file)])
    at, target, values = series.scale.index_of(args.at), numbers["target"], series.values
    assert target is not None
    if at is None:
        last = series.rows[-1].period or str(len(values) - 1)
        raise BadInput([Problem("series.no_such_period", "--at", {"given": args.at[:40], "last": last}, args.file)])
    first = next(each for each in values if each is not None)
    if args.direction is None and first == target:
        raise BadInput([Problem("series.no_direction", "--direction", {"given": str(target)}, args.file)])
    direction = args.direction or (UP if target > first else DOWN)
    return Asked(values, target, at, direction, numbers["least"], numbers["most"])


def _plain(found: Forecast, asked: Asked, args: argparse.Namespace) -> dict[str, Any]:
    line = found.line
    return {
        "schema": "tillit.forecast/1",
        "file": args.file,
        "target": as_number(asked.target),
        "at": args.at,
        "direction": asked.direction,
        "points": found.points,
        "x": found.x,
        "intercept": as_number(line.intercept if line else None),
        "slope": as_number(line.slope if line else None),
        "forecast": as_number(line.forecast if line and _is_shown(found) else None),
        "low": as_number(found.low),
        "high": as_number(found.high),
        "verdict": found.verdict,
        "reason": found.code,
        "theil_sen": _line(found.theil_sen, shown=_is_shown(found)),
        "crossing": as_number(found.crossing if found.is_crossing_shown else None),
    }


def _is_shown(found: Forecast) -> bool:
    """Return False for a forecast that is refused: lines of one too far ahead are known, what they say there is not."""
    return found.verdict != NOT_ASSESSABLE


def _line(line: Line | None, *, shown: bool) -> dict[str, Any] | None:
    if line is None:
        return None
    ahead = as_number(line.forecast) if shown else None
    return {"intercept": as_number(line.intercept), "slope": as_number(line.slope), "forecast": ahead}


def _text(found: Forecast, asked: Asked, args: argparse.Namespace) -> str:
    lang = args.lang
    about = {"file": args.file, "at": args.at, "target": told(asked.target, lang), "points": str(found.points)}
    if found.verdict == NOT_ASSESSABLE or found.line is None or found.theil_sen is None:
        return say(f"forecast.{found.code}", lang, **about) + "\n"
    figures = {
        "forecast": found.line.forecast,
        "low": found.low or 0,
        "high": found.high or 0,
        "slope": found.line.slope,
        "intercept": found.line.intercept,
        "other_slope": found.theil_sen.slope,
        "other": found.theil_sen.forecast,
    }
    shown = {name: told(each, lang) for name, each in figures.items()}
    lines = [
        say("forecast.forecast", lang, **about, **shown),
        say(f"forecast.{found.code}", lang, **about),
        say(f"forecast.{asked.direction}", lang),
        say("forecast.lines", lang, **about, **shown),
    ]
    return "\n".join([*lines, ""])
