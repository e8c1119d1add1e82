"""A public collaboration in words: as one line of the list, and whole on its page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tillit.apps.collaborations.models import STATE_WORDS
from tillit.apps.register.queries import Row
from tillit.core.money import hundredths
from tillit.core.rulebook import editions
from tillit.exchange.words import Lang, money
from tillit.web.register.asked import kinds
from tillit.web.templatetags.words import mark

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Line:
    """A collaboration as one line of the list; `when` is a day or two, `rest` what the line says after them.

    As few parts as its template can do with: fifty of them are a page that is asked for a hundred times a second.
    """

    href: str
    title: str
    organisations: str
    when: str
    rest: str
    mark: str


def lines(rows: Collection[Row], lang: Lang) -> tuple[Line, ...]:
    """Return rows as lines of the list."""
    known, states = kinds(lang), {state: str(word) for state, word in STATE_WORDS.items()}
    home, made_up = reverse("register:entries"), _("påhittad")
    said = {name: value_word(name) for name in ("actual", "committed", "estimated")}
    marks = {outcome: marked(outcome) for outcome in {row.outcome for row in rows}}
    return tuple(
        Line(
            href=f"{home}{row.public_id}/",
            title=row.title,
            organisations=organisations(row),
            when=days(row),
            rest=joined(
                row.town,
                known.get(row.kind, row.kind),
                states.get(row.state, row.state),
                "" if row.value is None else f"{kronor(row.value, lang)}{NBSP}{said[row.value_is]}",
                made_up if row.made_up else "",
            ),
            mark=marks[row.outcome],
        )
        for row in rows
    )


def marked(outcome: str) -> SafeString:
    """Return an outcome as the `mark` tag shows it, or that nothing has been tried."""
    if outcome:
        return render_to_string("parts/mark.html", dict(mark(outcome)))
    return format_html('<span class="soft">{}</span>', _("Inte prövad"))


def organisations(row: Row) -> str:
    return joined(*(each["name"] for each in row.organisations))


def days(row: Row) -> str:
    """Return when it is: a day, or the first and the last."""
    return " – ".join(dict.fromkeys((row.starts_on.isoformat(), row.ends_on.isoformat())))


def joined(*parts: str) -> str:
    """Return the parts of a line that say something, with dots between."""
    return " · ".join(part for part in parts if part)


def kronor(amount: Decimal | str, lang: Lang) -> str:
    return money(hundredths(Decimal(amount)), lang)


def value_word(name: str) -> str:
    """Return which of the three a total is."""
    return {"estimated": _("uppskattat"), "committed": _("avtalat"), "actual": _("utfall")}[name]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a history: the day, what it was, and the parts that it touched."""

    on: str
    what: str
    parts: str


def versions(content: Mapping[str, Any], lang: Lang) -> tuple[Happened, ...]:
    """Return every version of what was agreed, the latest first, with the parts that changed."""
    return tuple(
        Happened(each["on"], str(each["number"]), ", ".join(part_word(part, lang) for part in each["parts"]))
        for each in reversed(content["versions"])
    )


def states(content: Mapping[str, Any]) -> tuple[Happened, ...]:
    """Return the states it has had, the latest first."""
    return tuple(
        Happened(each["on"], str(STATE_WORDS.get(each["state"], each["state"])), "")
        for each in reversed(content["states"])
    )


def day(at: datetime) -> str:
    """Return the day of a time, here."""
    return localdate(at).isoformat()


def part_word(part: str, lang: Lang) -> str:
    """Return a part of a collaboration by name: of what it is about, or a kind of record."""
    own = {
        "title": _("rubrik"),
        "purpose": _("syfte"),
        "benefit_care": _("nytta för vården"),
        "benefit_company": _("nytta för företaget"),
        "benefit_patient": _("nytta för patienten"),
        "kind": _("slag"),
        "starts_on": _("dagar"),
        "ends_on": _("dagar"),
        "starts_at": _("tider"),
        "ends_at": _("tider"),
        "town": _("ort"),
        "framework_agreement": _("ramavtal"),
        "openness": _("öppenhet"),
        "open_from": _("öppenhet"),
        "openness_reason": _("öppenhet"),
        "collaboration": _("uppgifter om samverkan"),
        "cost": _("kostnader"),
        "party": _("parter"),
        "paper": _("handlingar"),
        "event": _("evenemang"),
    }
    if part in own:
        return own[part]
    kind = editions.vocabulary().kinds.get(part)
    return kind.title.in_language(lang).lower() if kind else part
