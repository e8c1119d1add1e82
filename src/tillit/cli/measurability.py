"""What goals lack before anybody can tell whether they are met: a list for each goal, no score. FILE is a TOML file
with goals and their indicators; docs/uppfoljning.md shows one."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from tillit.cli.refused import refused
from tillit.core.errors import BadInput
from tillit.core.indicators.measurability import Goal, Measurability, measurability
from tillit.core.indicators.measured_share import Counted, counted, share, total
from tillit.exchange import words
from tillit.exchange.figures import as_number
from tillit.exchange.goals import read_goals
from tillit.exchange.words import say

NOT_MEASURABLE = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and how to show the answer."""
    parser.add_argument("file", metavar="FILE", help="a TOML file with goals")
    parser.add_argument("--lang", default="sv", choices=words.LANGUAGES)
    parser.add_argument("--format", default="text", choices=("text", "json"))


def run(args: argparse.Namespace) -> int:
    """Return 0 when every goal is measurable, 1 when some goal is not, 2 for bad input."""
    try:
        goals = read_goals(args.file, args.lang)
    except BadInput as bad:
        return refused(bad, file=args.file, lang=args.lang, form=args.format)
    found = [(goal, measurability(goal)) for goal in goals]
    if args.format == "json":
        json.dump(_plain(found, args), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(_text(found, args.lang))
    return 0 if all(answer.is_measurable for _, answer in found) else NOT_MEASURABLE


def _plain(found: Sequence[tuple[Goal, Measurability]], args: argparse.Namespace) -> dict[str, Any]:
    counts = counted(goal for goal, _ in found)
    groups = [{"level": level, "tier": tier, **_share(each)} for (level, tier), each in counts.items()]
    return {
        "schema": "tillit.measurability/1",
        "file": args.file,
        "goals": [_goal(goal, answer, args.lang) for goal, answer in found],
        "groups": groups,
        "total": _share(total(counts.values())),
    }


def _goal(goal: Goal, answer: Measurability, lang: str) -> dict[str, Any]:
    return {
        "id": goal.id,
        "text": goal.text,
        "measurable": answer.is_measurable,
        "missing": _said(answer.lacking, lang),
        "remarks": _said(answer.remarks, lang),
        "not_tried": list(answer.untried),
        "advice": _said(answer.advice, lang),
        "indicators": [
            {
                "id": each.id,
                "missing": list(each.lacking),
                "remarks": list(each.remarks),
                "not_tried": list(each.untried),
            }
            for each in answer.indicators
        ],
    }


def _said(codes: Sequence[str], lang: str) -> list[dict[str, str]]:
    return [{"code": code, "text": say(f"measurability.{code}", lang)} for code in codes]


def _share(counts: Counted) -> dict[str, Any]:
    found = share(counts)
    return {
        "goals": counts.goals,
        "measurable": counts.measurable,
        "share": as_number(found.share),
        "verdict": found.verdict,
    }


def _text(found: Sequence[tuple[Goal, Measurability]], lang: str) -> str:
    lines: list[str] = []
    for goal, answer in found:
        word = "measurable" if answer.is_measurable else "not_measurable"
        lines += [
            f"{'✓' if answer.is_measurable else '✗'} {goal.id}: {goal.text}",
            f"  {say(f'measurability.{word}', lang)}",
        ]
        lines += [f"  ✗ {code} {say(f'measurability.{code}', lang)}" for code in answer.lacking]
        if answer.untried:
            lines.append(f"  ? {say('measurability.not_tried', lang, codes=', '.join(answer.untried))}")
        lines += [f"  – {code} {say(f'measurability.{code}', lang)}" for code in answer.remarks]
        lines += [f"  – {say(f'measurability.{code}', lang)}" for code in answer.advice]
        if len(answer.indicators) > 1:
            lines += [
                "  " + say("measurability.of_indicator", lang, id=each.id, codes=", ".join(each.lacking))
                for each in answer.indicators
                if each.lacking
            ]
        lines.append("")
    whole = total(counted(goal for goal, _ in found).values())
    lines.append(say("measurability.total", lang, measurable=str(whole.measurable), goals=str(whole.goals)))
    return "\n".join([*lines, ""])
