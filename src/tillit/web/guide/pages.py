"""What the pages of the guided check hold: a step that is shown, the way through the steps, the answer so far."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.core.rulebook import editions
from tillit.core.rulebook.model import COLLABORATION, Fact
from tillit.exchange.answer import answer
from tillit.exchange.guide import GROUPS, Guide, relevant
from tillit.exchange.guide_news import decided, fallen, kind_advice, kind_help
from tillit.exchange.guide_page import Field, Layout
from tillit.exchange.guide_save import Slip
from tillit.exchange.guide_typed import choices, header
from tillit.exchange.guide_walk import ANSWER, START, STEPS, Shown, has_questions
from tillit.exchange.summary import Summary, summary
from tillit.exchange.words import Lang
from tillit.web.check.answers import case_json

SLUGS = {
    START: "borja",
    "what": "vad",
    "who": "vilka",
    "where": "var",
    "paid": "betalt",
    "papers": "handlingar",
    ANSWER: "svar",
}
STEP_OF = {slug: step for step, slug in SLUGS.items()}
NAMES: dict[str, Promise] = {
    START: _("Början"),
    "what": _("Vad"),
    "who": _("Vilka"),
    "where": _("Var"),
    "paid": _("Vad som betalas"),
    "papers": _("Handlingar"),
    ANSWER: _("Svar"),
}
TITLES: dict[str, Promise] = {
    START: _("Pröva en samverkan"),
    "what": _("Vad är det för samverkan?"),
    "who": _("Vilka deltar?"),
    "where": _("Var hålls det?"),
    "paid": _("Vad bjuds och vad betalas?"),
    "papers": _("Vad finns på papper?"),
}


def as_id(key: str) -> str:
    """Return a field's name as the id of its element; what no id should hold becomes a dash."""
    return re.sub(r"[^\w-]", "-", key)


@dataclass(frozen=True, slots=True)
class Way:
    """A step as it stands in the row of steps."""

    name: Promise
    address: str
    here: bool
    left: int
    empty: bool


def address(step: str) -> str:
    """Return the address to which a page is sent on its way to a step."""
    return reverse("check:again") if step == ANSWER else reverse("guide:step", args=[SLUGS[step]])


def context(shown: Shown, lang: Lang, *, as_of: date, guide: Guide | None = None) -> dict[str, Any]:
    """Return what the page of a step holds. `guide`: that of the case, where fewer questions are asked than it has."""
    errors = {slip.key: slip.says for slip in shown.slips if slip.key}
    if shown.step == START:
        return first(shown, lang, as_of=as_of)
    assert shown.case is not None
    guide = guide or relevant(shown.case, as_of=as_of)
    layout = Layout(guide, shown.step, shown.sheet, errors, lang)
    following = STEPS[STEPS.index(shown.step) + 1]
    return {
        "step": shown.step,
        "title": TITLES[shown.step],
        "page": layout.page(),
        "opened": shown.opened,
        "read": shown.read,
        "next": address(following),
        "next_name": NAMES[following],
        "back": address(STEPS[STEPS.index(shown.step) - 1]),
        **_common(shown, guide, lang),
    }


def _common(shown: Shown, guide: Guide | None, lang: Lang) -> dict[str, Any]:
    case = shown.case
    return {
        "lang": lang,
        "case": case,
        "case_json": case_json(case).decode() if case is not None else "",
        "slips": shown.slips,
        "linked": ids(shown.slips),
        "own": address(shown.step),
        "other": translate_url(address(shown.step), "sv" if lang == "en" else "en"),
        "ways": ways(shown.step, guide),
        **(so_far(shown, guide, lang) if guide is not None else {}),
    }


def ids(slips: list[Slip]) -> list[tuple[Slip, str]]:
    """Return what is wrong, each with the id of its field."""
    return [(slip, as_id(slip.key)) for slip in slips]


def first(shown: Shown, lang: Lang, *, as_of: date) -> dict[str, Any]:
    """Return what the first page holds: the case's own header and the kind of collaboration."""
    errors = {slip.key: slip.says for slip in shown.slips if slip.key}
    guide = relevant(shown.case, as_of=as_of) if shown.case is not None and not shown.slips else None
    fields = {
        name: _field(f"case.{name}", name, fact, shown.sheet.header.get(name, ""), errors, lang)
        for name, fact in header().items()
    }
    return {
        "step": START,
        "title": TITLES[START],
        "head": fields,
        "kind": kind_field(shown, lang),
        "kind_help": kind_help(lang),
        "kind_advice": kind_advice(lang),
        "next": address(GROUPS[0]),
        "next_name": NAMES[GROUPS[0]],
        **_common(shown, guide, lang),
    }


def kind_field(shown: Shown, lang: Lang) -> Field:
    """Return the question what kind of collaboration it is."""
    errors = {slip.key: slip.says for slip in shown.slips if slip.key}
    fact = editions.vocabulary().kinds[COLLABORATION].facts["kind"]
    return _field("q.kind", "kind", fact, shown.sheet.answers.get("kind", ""), errors, lang)


def _field(key: str, name: str, fact: Fact, typed: str, errors: dict[str, str], lang: Lang) -> Field:
    return Field(
        key,
        name,
        fact.question.in_language(lang),
        fact.help.in_language(lang),
        typed or ("planned" if name == "phase" else ""),
        choices(fact, lang),
        "",
        fact.type,
        errors.get(key, ""),
        needed=True,
    )


def ways(here: str, guide: Guide | None) -> list[Way]:
    """Return the row of steps, each with how many questions it may still ask."""
    return [
        Way(
            NAMES[step],
            address(step),
            step == here,
            guide.remaining_in(step) if guide is not None else 0,
            guide is not None and step in GROUPS and not has_questions(guide, step),
        )
        for step in STEPS
    ]


def so_far(shown: Shown, guide: Guide, lang: Lang) -> dict[str, Any]:
    """Return the answer as it stands: the tally, what was just decided, what is left and what fell away."""
    told: Summary = summary(answer(guide.check, lang=lang, everything=True), lang=lang)
    before = relevant(shown.before, as_of=guide.check.as_of).check if shown.before is not None else None
    news = decided(before, guide.check, lang)
    gone = fallen(guide, lang)
    return {
        "tally": told.tally,
        "outcome": told.outcome,
        "news": news[:3],
        "more_news": len(news) - 3,
        "remaining": guide.remaining,
        "to_judge": len(guide.to_judge),
        "fallen": gone,
    }
