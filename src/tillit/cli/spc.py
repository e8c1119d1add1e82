"""Limits and signals of a series (XmR chart): what is chance, and what has changed. FILE is a CSV file with a header
row, a column `value`, and a column `period` if you like. An empty cell is a missing period."""

import argparse
import json
import sys
from typing import Any

from tillit.cli.refused import refused
from tillit.core.errors import BadInput, Problem
from tillit.core.indicators.chart import CONSTANTS, ChartParams
from tillit.core.indicators.judged import NEUTRAL
from tillit.core.indicators.spc import Change, Charted, change
from tillit.exchange import words
from tillit.exchange.figures import as_number, told
from tillit.exchange.series import Series, read_series
from tillit.exchange.words import say

NO_LIMITS = 3
FEWEST_BASELINE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and how the limits are made."""
    parser.add_argument("file", metavar="FILE", help="a CSV file with a column value")
    parser.add_argument("--baseline", type=int, metavar="N", help="the first N values make the limits (default: all)")
    parser.add_argument(
        "--constant",
        default="2.66",
        choices=tuple(CONSTANTS),
        help="2.66 times the mean moving range (default), or 3/d2 with d2 1.128 or 1.128379",
    )
    parser.add_argument(
        "--screen", action="store_true", help="leave out, once, moving ranges of 3.267 times their mean"
    )
    parser.add_argument("--lang", default="sv", choices=words.LANGUAGES)
    parser.add_argument("--format", default="text", choices=("text", "json"))


def run(args: argparse.Namespace) -> int:
    """Return 0 with limits, 2 for bad input, 3 when there are none: no two values stand beside each other.

    Too few values for a rule, and values that do not vary, are told beside the limits: `not_judged`.
    """
    try:
        series = read_series(args.file, args.lang)
        _baseline_fits(args, series)
    except BadInput as bad:
        return refused(bad, file=args.file, lang=args.lang, form=args.format)
    params = ChartParams(args.constant, args.baseline, screen=args.screen)
    found = change(Charted(series.values, NEUTRAL), params)
    if args.format == "json":
        json.dump(_plain(found, series, args), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(_text(found, series, args))
    return NO_LIMITS if found.limits is None else 0


def _baseline_fits(args: argparse.Namespace, series: Series) -> None:
    values = sum(row.value is not None for row in series.rows)
    if args.baseline is not None and not FEWEST_BASELINE <= args.baseline <= values:
        given = {"given": str(args.baseline), "values": str(values), "least": str(FEWEST_BASELINE)}
        raise BadInput([Problem("series.baseline", "--baseline", given, args.file)])


def _plain(found: Change, series: Series, args: argparse.Namespace) -> dict[str, Any]:
    limits, rows = found.limits, series.by_index
    return {
        "schema": "tillit.spc/1",
        "file": args.file,
        "rows": len(series.rows),
        "values": sum(row.value is not None for row in series.rows),
        "baseline": found.points,
        "constant": args.constant,
        "screened": args.screen,
        "mean": as_number(limits.mean if limits else None),
        "mean_moving_range": as_number(limits.mean_moving_range if limits else None),
        "lower": as_number(limits.lower if limits else None),
        "upper": as_number(limits.upper if limits else None),
        "preliminary": found.is_preliminary,
        "not_judged": found.code if found.verdict == "not_assessable" else None,
        "signals": [{"position": rows[each.index].number, "rule": each.rule} for each in found.signals],
    }


def _text(found: Change, series: Series, args: argparse.Namespace) -> str:
    lang, limits, rows = args.lang, found.limits, series.by_index
    values = sum(row.value is not None for row in series.rows)
    counts = {"values": str(values), "missing": str(len(series.values) - values), "points": str(found.points)}
    lines = [say("spc.counted", lang, file=args.file, **counts)]
    if limits is not None:
        figures = {"mean": limits.mean, "range": limits.mean_moving_range, "lower": limits.lower, "upper": limits.upper}
        lines.append(say("spc.limits", lang, **{name: told(each, lang) for name, each in figures.items()}))
    if found.verdict == "not_assessable":
        return "\n".join([*lines, say(f"spc.{found.code}", lang), ""])
    if found.is_preliminary:
        lines.append(say("spc.preliminary", lang))
    if not found.signals:
        lines.append(say("spc.no_signals", lang))
    for each in found.signals:
        row = rows[each.index]
        assert row.value is not None
        about = {"row": str(row.number), "period": f" ({row.period})" if row.period else ""}
        text = say(f"spc.{each.rule}.{each.side}", lang)
        lines.append(say("spc.signal", lang, value=told(row.value, lang), rule=each.rule, text=text, **about))
    return "\n".join([*lines, ""])
