"""The answer as text for a terminal: the outcome first, then what to do about it, each finding with its source."""

import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tillit.exchange.cards import Card
from tillit.exchange.summary import summary
from tillit.exchange.words import say

SIGNS = {"meets": "✓", "breach": "✗", "undecided": "?", "judge": "◐", "not_applicable": "–", "refused": "!"}
_COLOURS = {"meets": "32", "breach": "31", "undecided": "34", "judge": "33", "not_applicable": "2"}
_WIDEST = 100


def report(answer: Mapping[str, Any], *, lang: str, everything: bool = False, colour: bool = False) -> str:
    """Return one answer as lines; `colour` adds ANSI colours beside the signs and words, never instead of them."""
    told = summary(answer, lang=lang)
    width = max(40, min(shutil.get_terminal_size((88, 24)).columns, _WIDEST))
    lines = [
        told.title,
        f"{told.edition} · {told.phase} · {answer['starts_on']} – {answer['ends_on']}",
        "",
        f"{_sign(told.outcome, colour)} {told.verdict}. {told.headline}.",
        *_wrapped(told.sentence, "  ", width),
    ]
    if len(told.shares) > 1:
        shares = " · ".join(
            f"{share.word}: {_sign(share.outcome, colour)} {share.outcome_word}" for share in told.shares
        )
        lines.append(f"  {shares}")
    for group in told.groups:
        lines += ["", say(f"terminal.{group.outcome}", lang)]
        for question in group.questions:
            lines += _wrapped(question.ask.question, "  ? ", width)
        for card in group.cards:
            lines += _card(card, colour, width, lang, asked=bool(group.questions))
    if told.notices:
        lines += ["", say("terminal.notices", lang)]
        for card in told.notices:
            lines += _card(card, colour, width, lang)
    if everything:
        lines += ["", say("terminal.met", lang)]
        lines += [f"{_sign(card.outcome, colour)} {card.title} ({card.concerns})" for card in told.met]
        lines += _not_applicable(answer, lang, colour)
    if told.later:
        titles = "; ".join(f"{later.title} ({later.phase})" for later in told.later)
        lines += ["", *_wrapped(say("terminal.later", lang, rules=titles), "", width)]
    lines += ["", *_wrapped(say("terminal.meaning", lang), "", width), ""]
    return "\n".join(lines) + "\n"


def brief(name: str, answer: Mapping[str, Any], *, lang: str, colour: bool = False) -> str:
    """Return one answer among many: the file, the headline, and each breach with its way out on a line of its own."""
    told = summary(answer, lang=lang)
    lines = [f"{_sign(told.outcome, colour)} {name}: {told.headline}."]
    cards = [card for group in told.groups if group.outcome == "breach" for card in group.cards]
    lines += [f"    {card.concerns}: {card.title}. {card.way_out}".rstrip() for card in cards]
    return "\n".join(lines) + "\n"


def _not_applicable(answer: Mapping[str, Any], lang: str, colour: bool) -> Iterator[str]:
    titles = dict.fromkeys(
        (each["rule"], each["statement"]) for each in answer["findings"] if each["outcome"] == "not_applicable"
    )
    if titles:
        yield ""
        yield say("terminal.not_applicable", lang)
    for rule, statement in titles:
        yield f"{_sign('not_applicable', colour)} {statement} ({rule})"


def _card(card: Card, colour: bool, width: int, lang: str, *, asked: bool = False) -> Iterator[str]:
    yield f"{_sign(card.outcome, colour)} {card.concerns}"
    yield from _wrapped(card.statement, "  ", width)
    for line in card.seen:
        yield from _wrapped(line, "  · ", width)
    for ask in () if asked else card.asks:
        yield from _wrapped(say("terminal.ask", lang, question=ask.question), "  ? ", width)
    if card.way_out:
        yield from _wrapped(say("terminal.way_out", lang, way=card.way_out), "  → ", width)
    yield f"  {card.edition}, {card.section}, {card.sentence} · {card.rule}"


def _sign(outcome: str, colour: bool) -> str:
    sign = SIGNS[outcome]
    return f"\x1b[{_COLOURS[outcome]}m{sign}\x1b[0m" if colour and outcome in _COLOURS else sign


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=" " * len(indent)) or [indent]


def overview(rows: Sequence[tuple[str, str, Mapping[str, Any] | None]], *, lang: str) -> str:
    """Return a table of many files: outcome, how many rules came out how, the file; and a line of totals."""
    kinds = ("meets", "breach", "undecided", "judge")
    heads = [say(f"terminal.head.{kind}", lang) for kind in ("outcome", *kinds, "file")]
    body = [
        [
            f"{SIGNS[outcome]} {say(f'outcome.{outcome}' if answer else 'terminal.refused', lang)}",
            *_counts(answer, kinds, lang),
            name,
        ]
        for name, outcome, answer in rows
    ]
    widths = [max(len(row[column]) for row in [heads, *body]) for column in range(len(heads))]
    lines = [
        "  ".join(_cell(cell, column, widths) for column, cell in enumerate(row)).rstrip() for row in [heads, *body]
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    totals = [
        f"{say(f'outcome.{kind}', lang)} {count}"
        for kind in (*kinds, "not_applicable")
        if (count := _count(rows, kind))
    ]
    refused = _count(rows, "refused")
    if refused:
        totals.append(f"{say('terminal.refused', lang)} {refused}")
    return "\n".join([*lines, "", f"{say('terminal.files', lang, files=str(len(rows)))} {' · '.join(totals)}", ""])


def _counts(answer: Mapping[str, Any] | None, kinds: Sequence[str], lang: str) -> list[str]:
    """Return how many rules came out as each kind, counted as the report of one file counts them."""
    if answer is None:
        return ["–" for _ in kinds]
    tally = {count.outcome: count.rules for count in summary(answer, lang=lang).tally}
    return [str(tally[kind]) for kind in kinds]


def _count(rows: Sequence[tuple[str, str, Mapping[str, Any] | None]], outcome: str) -> int:
    return sum(found == outcome for _, found, _ in rows)


def _cell(text: str, column: int, widths: Sequence[int]) -> str:
    last = len(widths) - 1
    return text.ljust(widths[column]) if column in (0, last) else text.rjust(widths[column])
