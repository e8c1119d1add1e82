"""A public collaboration in words: as one line of the list, and whole on its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tillit.apps.collaborations.models import STATE_WORDS
from tillit.apps.register.queries import Row
from tillit.core.money import hundredths
from tillit.core.rulebook import editions
from tillit.exchange.words import Lang, money
from tillit.web.register.asked import kinds


@dataclass(frozen=True, slots=True)
class Line:
    """A collaboration as one line of the list; `outcome` is "" where nothing has been tried."""

    href: str
    title: str
    organisations: str
    kind: str
    state: str
    starts_on: str
    ends_on: str
    town: str
    value: str
    outcome: str
    made_up: bool


def lines(rows: Iterable[Row], lang: Lang) -> tuple[Line, ...]:
    """Return rows as lines of the list."""
    known, states = kinds(lang), {state: str(word) for state, word in STATE_WORDS.items()}
    home = reverse("register:entries")
    said = {name: value_word(name) for name in ("actual", "committed", "estimated")}
    return tuple(
        Line(
            href=f"{home}{row.public_id}/",
            title=row.title,
            organisations=" · ".join(each["name"] for each in row.organisations),
            kind=known.get(row.kind, row.kind),
            state=states.get(row.state, row.state),
            starts_on=row.starts_on.isoformat(),
            ends_on=row.ends_on.isoformat() if row.ends_on != row.starts_on else "",
            town=row.town,
            value="" if row.value is None else f"{kronor(row.value, lang)} {said[row.value_is]}",
            outcome=row.outcome,
            made_up=row.made_up,
        )
        for row in rows
    )


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
