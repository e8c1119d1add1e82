"""Everything that the page of one public collaboration says, ready for its template."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from tillit.apps.collaborations.models import SIDES, STATE_WORDS
from tillit.apps.parties.models.organisations import KINDS
from tillit.apps.register.models import BECAUSE, CHANGES
from tillit.apps.register.queries import Shown
from tillit.exchange.cards import edition_name
from tillit.exchange.words import Lang, words
from tillit.web.register.asked import kinds
from tillit.web.register.rows import Happened, day, kronor, organisations, part_word, states, value_word, versions

_TOTALS = ("estimated", "committed", "actual")
_BENEFITS = ("patient", "care", "company")


@dataclass(frozen=True, slots=True)
class Side:
    """The organisations of one side, and how many people of it: None where nothing is known."""

    word: str
    organisations: tuple[Mapping[str, str], ...]
    invited: int | None
    took_part: int | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What the engine found: the outcome of all and of each bearer, how many rules gave each, and by which edition."""

    outcome: str
    bearers: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    as_of: str
    of_plan: bool
    edition: str
    edition_name: str
    hash: str


@dataclass(frozen=True, slots=True)
class Page:
    """A public collaboration whole. Amounts are in words; "" is not known."""

    public_id: str
    title: str
    organisations: str
    kind: str
    state: str
    days: tuple[str, ...]
    town: str
    made_up: bool
    purpose: str
    benefits: tuple[tuple[str, str], ...]
    sides: tuple[Side, ...]
    totals: tuple[tuple[str, str], ...]
    framework_agreement: str
    tried: Tried | None
    versions: tuple[Happened, ...]
    states: tuple[Happened, ...]
    changes: tuple[Happened, ...]
    published_on: str
    changed_on: str


def page(found: Shown, lang: Lang) -> Page:
    """Return the page of an entry that has not been withdrawn."""
    content = found.content
    row = found.row
    totals = content["totals"]
    benefit = {"care": _("Vården"), "company": _("Företaget"), "patient": _("Patienten")}
    return Page(
        public_id=row.public_id,
        title=row.title,
        organisations=organisations(row),
        kind=kinds(lang).get(row.kind, row.kind),
        state=str(STATE_WORDS.get(row.state, row.state)),
        days=tuple(dict.fromkeys((row.starts_on.isoformat(), row.ends_on.isoformat()))),
        town=row.town,
        made_up=row.made_up,
        purpose=content["purpose"],
        benefits=tuple((benefit[name], content["benefits"][name]) for name in _BENEFITS if content["benefits"][name]),
        sides=_sides(content),
        totals=tuple(
            (value_word(name).capitalize(), kronor(totals[name], lang) if totals[name] is not None else "")
            for name in _TOTALS
        ),
        framework_agreement=content["framework_agreement"],
        tried=_tried(content["assessment"], lang),
        versions=versions(content, lang),
        states=states(content),
        changes=changes(found, lang),
        published_on=day(row.published_at),
        changed_on=day(row.changed_at),
    )


def changes(found: Shown, lang: Lang) -> tuple[Happened, ...]:
    """Return what has happened to the public row, the latest first."""
    return tuple(
        Happened(
            day(each.at), str(CHANGES[each.what]), ", ".join(dict.fromkeys(_shown_part(part) for part in each.parts))
        )
        for each in found.changes
    )


def because(found: Shown) -> str:
    """Return why a row was withdrawn, in words."""
    return str(BECAUSE.get(found.withdrawn_because, found.withdrawn_because))


def _shown_part(part: str) -> str:
    own = {
        "state": _("läge"),
        "states": _("läge"),
        "benefits": _("nytta"),
        "organisations": _("organisationer"),
        "totals": _("värden"),
        "participants": _("antal deltagare"),
        "assessment": _("prövning"),
        "edition": _("prövning"),
        "version": _("version"),
        "versions": _("version"),
    }
    return own.get(part) or part_word(part, "sv")


def _sides(content: Mapping[str, Any]) -> tuple[Side, ...]:
    people = content["participants"]
    found = [
        Side(
            str(SIDES.get(side, side)).capitalize(),
            tuple({**each, "kind_word": str(KINDS.get(each["kind"], ""))} for each in organisations),
            people.get(side, {}).get("invited"),
            people.get(side, {}).get("took_part"),
        )
        for side, organisations in groupby(content["organisations"], key=lambda each: each["side"])
    ]
    named = {each["side"] for each in content["organisations"]}
    found += [
        Side(str(SIDES.get(side, side)).capitalize(), (), each["invited"], each["took_part"])
        for side, each in people.items()
        if side not in named
    ]
    return tuple(found)


def _tried(assessment: Mapping[str, Any] | None, lang: Lang) -> Tried | None:
    if assessment is None:
        return None
    say = words(lang)
    layers = {each["id"]: each["hash"] for each in assessment["layers"]}
    return Tried(
        outcome=assessment["outcome"],
        bearers=tuple(
            (say["bearer"].get(bearer, bearer), outcome)
            for bearer, outcome in assessment["outcomes"].items()
            if bearer != "all" and outcome in say["outcome"]
        ),
        counts=tuple(
            (outcome, assessment["counts"][outcome]) for outcome in say["outcome"] if outcome in assessment["counts"]
        ),
        as_of=assessment["as_of"],
        of_plan=assessment["phase"] != "carried_out",
        edition=assessment["edition"],
        edition_name=edition_name(assessment["edition"]),
        hash=layers.get(assessment["edition"], ""),
    )
