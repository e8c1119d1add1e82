"""Judgements on the answer's own page: what waits for a person, what was typed, and what has been recorded.

Names of fields: `j.by` and `j.on` for all that is judged at once; `j.v.meal.moderate_assessed` (yes or no) and
`j.w.meal.moderate_assessed` (why) for every record of a kind, `j.v.meal:lunch.moderate_assessed` for one of them.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from tillit.core.errors import Problem
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import COLLABORATION
from tillit.exchange.guide import GROUPS, Guide
from tillit.exchange.guide_form import Plain, Posted
from tillit.exchange.guide_save import Slip
from tillit.exchange.guide_typed import read, typed
from tillit.exchange.sheets import judgement_facts
from tillit.exchange.words import Lang, problem_text, record_name


@dataclass(frozen=True, slots=True)
class One:
    """A judgement word of one record, or of all records of a kind, with what stands in its fields."""

    key: str
    of: str
    value: str
    why: str
    error: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A judgement word that waits: of one record, or of several, which can be judged in one go or one by one."""

    group: str
    question: str
    help: str
    same: One
    each: tuple[One, ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A recorded judgement; the same judgement of several records is one. `numbers` are its places in the case."""

    question: str
    of: tuple[str, ...]
    value: str
    by: str
    on: str
    why: str
    numbers: str


def asked(guide: Guide, post: Posted, errors: dict[str, str], lang: Lang) -> tuple[Asked, ...]:
    """Return what a person has to judge, in the order of the groups, with what somebody has typed already."""
    kinds = vocabulary().kinds
    found = []
    for kind, name, records in guide.to_judge:
        fact = kinds[kind].facts[name]
        each = tuple(_one(f"{record}.{name}", _named(record, lang), post, errors) for record in records)
        same = _one(f"{kind}.{name}", each[0].of if len(each) == 1 else "", post, errors)
        opened = any(one.value or one.why for one in each)
        question, help_ = fact.question.in_language(lang), fact.help.in_language(lang)
        found.append(Asked(fact.group, question, help_, same, each if len(each) > 1 else (), opened))
    return tuple(sorted(found, key=lambda each: GROUPS.index(each.group)))


def _one(key: str, of: str, post: Posted, errors: dict[str, str]) -> One:
    value = post.get(f"j.v.{key}", "")
    known = value if value in ("yes", "no") else ""
    return One(key, of, known, post.get(f"j.w.{key}", ""), errors.get(f"j.w.{key}", ""))


def _named(record: str, lang: Lang) -> str:
    kind, _, own = record.partition(":")
    return "" if kind == COLLABORATION else record_name(kind, own, lang)


def judged(plain: Plain, guide: Guide, post: Posted, *, today: date, lang: Lang) -> tuple[Plain, list[Slip]]:
    """Return the case with the judgements that were typed, and what could not be used of them."""
    found = list(_typed(guide, post))
    if not found:
        return plain, []
    slips: list[Slip] = []
    by, on = _by_and_on(post, slips, today, lang)
    new = []
    for record, name, key, value in found:
        fact = vocabulary().kinds[record.partition(":")[0]].facts[name]
        why = _text("why", post.get(f"j.w.{key}", ""), f"j.w.{key}", fact.question.in_language(lang), slips, lang)
        new.append({"fact": name, "record": record, "value": value == "yes", "by": by, "on": on, "why": why})
    if slips:
        return plain, list(dict.fromkeys(slips))
    about = {(each["fact"], each["record"]) for each in new}
    kept = [each for each in plain.get("judgement", []) if (each["fact"], each["record"]) not in about]
    return {**plain, "judgement": [*kept, *new]}, []


def _typed(guide: Guide, post: Posted) -> Iterator[tuple[str, str, str, str]]:
    """Yield record, fact, key and value of each judgement that was given; its own goes before that of all."""
    for kind, name, records in guide.to_judge:
        for record in records:
            for key in (f"{record}.{name}", f"{kind}.{name}"):
                value = post.get(f"j.v.{key}", "")
                if value in ("yes", "no"):
                    yield record, name, key, value
                    break


def _by_and_on(post: Posted, slips: list[Slip], today: date, lang: Lang) -> tuple[str, str]:
    by = _text("by", post.get("j.by", ""), "j.by", "", slips, lang)
    fact = judgement_facts()["on"]
    value, problem = read(post.get("j.on", ""), fact, lang)
    if problem is None and value is None:
        problem = Problem("guide.judge_lacks_on")
    if problem is None and str(value) > today.isoformat():
        problem = Problem("guide.judge_to_come")
    if problem is not None:
        slips.append(Slip("j.on", fact.question.in_language(lang), problem_text(problem, lang)))
    return by, str(value)


def _text(name: str, text: str, key: str, place: str, slips: list[Slip], lang: Lang) -> str:
    fact = judgement_facts()[name]
    value, problem = read(text, fact, lang)
    if problem is None and value is None:
        problem = Problem("guide.judge_lacks_by" if name == "by" else "guide.judge_lacks_why")
    if problem is not None:
        slips.append(Slip(key, place or fact.question.in_language(lang), problem_text(problem, lang)))
    return str(value or "")


def made(plain: Plain, lang: Lang) -> tuple[Made, ...]:
    """Return the recorded judgements; those that say the same of several records are one."""
    gathered: dict[tuple[Any, ...], list[tuple[int, Plain]]] = {}
    for number, each in enumerate(plain.get("judgement", [])):
        kind = each["record"].partition(":")[0]
        key = (kind, *(each[name] for name in ("fact", "value", "by", "on", "why")))
        gathered.setdefault(key, []).append((number, each))
    return tuple(_made(kind, same, lang) for (kind, *_), same in gathered.items())


def _made(kind: str, same: list[tuple[int, Plain]], lang: Lang) -> Made:
    first = same[0][1]
    return Made(
        vocabulary().kinds[kind].facts[first["fact"]].question.in_language(lang),
        tuple(name for _, each in same if (name := _named(each["record"], lang))),
        typed(first["value"], judgement_facts()["value"], lang),
        first["by"],
        first["on"],
        first["why"],
        ".".join(str(number) for number, _ in same),
    )


def withdrawn(plain: Plain, numbers: str) -> tuple[Plain, Posted]:
    """Return the case without some of its judgements, and what they said, as it would be typed again."""
    chosen = {int(each) for each in numbers.split(".") if each.isdigit()}
    every = deepcopy(plain.get("judgement", []))
    gone = [each for number, each in enumerate(every) if number in chosen]
    left = {key: value for key, value in plain.items() if key != "judgement"}
    kept = [each for number, each in enumerate(every) if number not in chosen]
    again: dict[str, str] = {}
    for each in gone:
        kind = each["record"].partition(":")[0]
        key = f"{kind if len(gone) > 1 else each['record']}.{each['fact']}"
        if len(gone) == 1 and kind != COLLABORATION:
            again |= {f"j.v.{key}": "yes" if each["value"] else "no", f"j.w.{key}": each["why"]}
        key = f"{kind}.{each['fact']}"
        again |= {f"j.v.{key}": "yes" if each["value"] else "no", f"j.w.{key}": each["why"]}
        again |= {"j.by": each["by"], "j.on": each["on"]}
    return ({**left, "judgement": kept} if kept else left), again
