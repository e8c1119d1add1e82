"""The protocol of a check as one PDF: archivable (PDF/A-3a), accessible (PDF/UA-1), with the case inside.

typst lays it out from `protocol.typ`. What a case says reaches the layout as data only. The same answer gives the same
bytes: the document's date is the day of the check, and only the fonts that come with Tillit are used.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from tillit.exchange.cards import Card, words as summary_words
from tillit.exchange.summary import Group, Summary, summary

# Letters that our fonts and typst's own can set: Latin, Greek, Cyrillic, punctuation, currency, arrows, mathematics.
_BETWEEN_EIGHTS = re.compile("(?<=:)(?=.)|(?<=[0-9a-f]{8})(?=[0-9a-f])")
_CANNOT_BE_SET = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0410-\u044f\u0401\u0451"
    "\u1e9e\u2009\u200b\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020\u2022\u2026\u2032\u2033\u2039\u203a\u20ac\u2122"
    "\u2190-\u2193\u2212\u2264\u2265\u2260]"
)


def pdf(answer: Mapping[str, Any], case_json: bytes, *, lang: str) -> bytes:
    """Return the protocol of an answer, with the case as it was tried attached.

    `answer` is the answer in `lang`; `case_json` is the case file, attached byte for byte.
    """
    import typst

    day = date.fromisoformat(answer["as_of"])
    inputs = {"protocol": json.dumps(_data(answer, lang)), "case": case_json.decode("utf-8")}
    with as_file(files("tillit.exchange.protocol")) as here:
        made = typst.compile(
            here / "protocol.typ",
            root=here,
            font_paths=[here / "fonts"],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["a-3a", "ua-1"],
            timestamp=datetime.combine(day, time(), UTC),
        )
    if not isinstance(made, bytes):
        raise TypeError("typst made no PDF")
    return made


@cache
def _words(lang: str) -> dict[str, Any]:
    name = "words.en.toml" if lang == "en" else "words.sv.toml"
    return tomllib.loads(files("tillit.exchange.protocol").joinpath(name).read_text("utf-8"))


def _data(answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    say, told = _words(lang), summary(answer, lang=lang)
    attachment = "case.json" if lang == "en" else "fall.json"
    day = date.fromisoformat(told.as_of)
    data = {
        "lang": lang,
        "words": say["typst"],
        "day": [day.year, day.month, day.day],
        "heading": told.headline,
        "title": f"{told.headline}: {told.title}",
        "name": told.title,
        "description": f"{say['typst']['protocol']}: {told.title}",
        "foot": f"{told.edition} · {told.as_of}",
        "outcome": told.outcome,
        "verdict": told.verdict,
        "sentence": " ".join(told.outside) or told.sentence,
        "limit": told.limit,
        "header": _header(answer, told),
        "shares": [asdict(share) for share in told.shares],
        "tally": [asdict(count) for count in told.tally],
        "groups": _groups(told),
        "met": [_card(card, lang) for card in told.met],
        "later": [{"title": entry.title, "phase": entry.phase} for entry in told.later],
        "about": [text.format(attachment=attachment) for text in say["about"]["text"]],
        "attachment": attachment,
    }
    return {name: settable(value) for name, value in data.items()}


def _header(answer: Mapping[str, Any], told: Summary) -> list[tuple[str, str]]:
    say = _words(told.lang)["head"]
    days = dict.fromkeys((answer["starts_on"], answer["ends_on"]))
    return [
        (say["collaboration"], told.title),
        (say["days"], "–".join(days)),
        (say["phase"], told.phase),
        (say["asked"], summary_words(told.lang)["bearer"][answer["asked"]]),
        (say["as_of"], told.as_of),
        (say["edition"], told.edition),
        (say["hash"], _BETWEEN_EIGHTS.sub("\u200b", answer["edition_hash"])),
        (say["engine"], say["engine_version"].format(version=answer["engine"])),
    ]


def _groups(told: Summary) -> list[dict[str, Any]]:
    say = _words(told.lang)["group"]
    groups = [_group(group, say[group.outcome], told.lang) for group in told.groups]
    if told.notices:
        notices = _group(Group("notices", told.notices, ()), say["notices"], told.lang)
        groups.append(notices | {"note": say["notices_note"]})
    return groups


def _group(group: Group, title: str, lang: str) -> dict[str, Any]:
    say = _words(lang)["group"]
    first_the_questions = group.questions if group.outcome != "breach" else ()
    return {
        "title": title,
        "note": "",
        "cards": [_card(card, lang) for card in group.cards],
        "questions_title": say["to_judge"] if group.outcome == "judge" else say["to_find_out"],
        "rules_title": say["waiting"],
        "questions": [
            {
                "question": each.ask.question,
                "more": [more for more in ("; ".join(each.concerns), each.ask.help) if more],
            }
            for each in first_the_questions
        ],
    }


def _card(card: Card, lang: str) -> dict[str, Any]:
    say = _words(lang)["card"] | _words(lang)["group"]
    return {
        "outcome": "not_applicable" if card.information else card.outcome,
        "word": say["information"] if card.information else card.word,
        "information": card.information,
        "concerns": card.concerns,
        "statement": card.statement,
        "seen": list(card.seen),
        "asks_label": say["to_judge"] if card.outcome == "judge" else say["to_find_out"],
        "asks": [{"question": ask.question, "help": ask.help} for ask in card.asks],
        "way_out": card.way_out,
        "way_label": say["todo" if card.information else "way_out" if card.outcome == "breach" else "holds"],
        "judgements": [
            {
                "question": f"{made.of}: {made.question}" if made.of else made.question,
                "value": made.value,
                "why": made.why,
                "signed": f"{made.by}, {made.on}",
            }
            for made in card.judgements
        ],
        "source": f"{card.edition} · {card.section}, {card.sentence} · {card.rule}",
    }


def settable(value: Any) -> Any:
    """Return data with every letter that no font of ours can set shown as "?", so that a protocol is never refused."""
    if isinstance(value, str):
        return _CANNOT_BE_SET.sub("?", value)
    if isinstance(value, dict):
        return {name: settable(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [settable(inner) for inner in value]
    return value
