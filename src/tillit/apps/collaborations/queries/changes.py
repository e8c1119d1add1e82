"""Changes between two versions, in words: what it concerns, what it said, what it says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.models import ATTENDANCE, OPENNESS
from tillit.apps.parties.models import Organisation, Unit
from tillit.core.money import hundredths
from tillit.core.process.reach import Change
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import COLLABORATION, Fact
from tillit.exchange.guide_typed import choices
from tillit.exchange.words import Lang, money, record_name

NOTHING = "–"
_ROWS = {"person": Person, "employer": Organisation, "payer": Organisation, "unit": Unit}
_AMOUNTS = ("estimated", "committed", "actual", "rate")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: what it concerns, and what stood and stands there; "–" is nothing."""

    what: str
    before: str
    after: str


def names_in(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what each participant of a content is called, by record id. One query."""
    said = content.get("participant", [])
    keys = [each["person"] for each in said if each.get("person")]
    known = {str(key): person.name for key, person in Person.objects.in_bulk(keys).items()}
    return {each["id"]: known.get(each.get("person", ""), "") or each.get("label") or each["id"] for each in said}


def changes_in_words(
    changes: Iterable[Change], lang: Lang, people: Mapping[str, str] | None = None
) -> tuple[ChangeRow, ...]:
    """Return changes as rows; a record that came or went is one row, with what is said of one that came.

    `people`: what participants are called, by record id. At most three queries, for names behind keys.
    """
    every = tuple(changes)
    whole = {each.record for each in every if each.name == "there"}
    names = {**_names(every), **(people or {})}
    rows = []
    for each in every:
        if each.name == "there":
            came = each.after is not None
            said = (NOTHING, _came(each.record, every, names, lang)) if came else (_("fanns"), _("borttagen"))
            rows.append(ChangeRow(_record(each.record, names, lang), *said))
        elif each.record not in whole:
            fact = _fact(each)
            shown = [_shown(value, each.name, fact, names, lang) for value in (each.before, each.after)]
            rows.append(ChangeRow(_what(each, fact, names, lang), *shown))
    return tuple(rows)


def _came(record: str, changes: Iterable[Change], names: Mapping[str, str], lang: Lang) -> str:
    """Return what is said of a record that came, question by question."""
    told = []
    for each in changes:
        if each.record == record and each.name != "there":
            fact = _fact(each)
            told.append(f"{_label(each, fact, lang)} {_shown(each.after, each.name, fact, names, lang)}")
    return "; ".join([_("tillagd"), *told])


def _names(changes: Iterable[Change]) -> dict[str, str]:
    keys: dict[str, set[str]] = {}
    for each in changes:
        if each.name in _ROWS:
            keys.setdefault(each.name, set()).update(str(value) for value in (each.before, each.after) if value)
    return {
        str(row.pk): str(row)
        for name, found in keys.items()
        for row in _ROWS[name]._default_manager.filter(pk__in=[key for key in found if len(key) == 36])
    }


def _fact(change: Change) -> Fact | None:
    kind = change.record.partition(":")[0]
    known = vocabulary().kinds.get("cost_line" if kind == "cost" else kind)
    return known.facts.get(change.name) if known is not None else None


def _label(change: Change, fact: Fact | None, lang: Lang) -> str:
    return str(_labels().get(change.name) or (fact.question.in_language(lang) if fact else change.name))


def _what(change: Change, fact: Fact | None, names: Mapping[str, str], lang: Lang) -> str:
    label = _label(change, fact, lang)
    if change.record in ("about", COLLABORATION):
        return label
    return f"{_record(change.record, names, lang)}: {label}"


def _record(record: str, names: Mapping[str, str], lang: Lang) -> str:
    kind, _sep, own = record.partition(":")
    if kind == "records":
        known = vocabulary().kinds.get(own)
        return known.whole_question.in_language(lang) if known else own
    if kind == "party":
        return _("part")
    if kind == "paper":
        return _("handling")
    return record_name("cost_line" if kind == "cost" else kind, names.get(own, own), lang)


def _shown(value: object, name: str, fact: Fact | None, names: Mapping[str, str], lang: Lang) -> str:
    if value in (None, ""):
        return NOTHING
    if name == "attendance":
        return str(ATTENDANCE.get(str(value), value))
    if name == "openness":
        return str(OPENNESS.get(str(value), value))
    if name in _AMOUNTS or (fact is not None and fact.unit == "SEK"):
        return _kronor(str(value), lang)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if fact is not None and fact.type in ("bool", "enum"):
        return dict(choices(fact, lang)).get(str(value), str(value)).lower()
    if value in ("yes", "no"):
        return _("ja") if value == "yes" else _("nej")
    return names.get(str(value), str(value))


def _kronor(text: str, lang: Lang) -> str:
    try:
        return money(hundredths(Decimal(text)), lang)
    except (InvalidOperation, ValueError):
        return text


def _labels() -> dict[str, str]:
    return {
        "title": _("rubrik"),
        "purpose": _("syfte"),
        "benefit_care": _("nytta för vården"),
        "benefit_company": _("nytta för företaget"),
        "benefit_patient": _("nytta för patienten"),
        "starts_on": _("första dagen"),
        "ends_on": _("sista dagen"),
        "starts_at": _("börjar"),
        "ends_at": _("slutar"),
        "town": _("ort"),
        "framework_agreement": _("ramavtal"),
        "openness": _("öppenhet"),
        "open_from": _("öppen från"),
        "openness_reason": _("skäl till att inte vara öppen"),
        "person": _("person"),
        "label": _("benämning"),
        "role": _("uppgift"),
        "employer": _("arbetsgivare"),
        "unit": _("enhet"),
        "attendance": _("närvaro"),
        "sponsored": _("sponsrad"),
        "payer": _("betalas av"),
        "participant": _("gäller deltagaren"),
        "concerns": _("gäller"),
        "estimated": _("uppskattat"),
        "committed": _("avtalat"),
        "actual": _("utfall"),
        "hours": _("timmar"),
        "rate": _("timpris"),
        "rate_source": _("timprisets källa"),
        "complete": _("är listan hel"),
        "total": _("antal"),
        "name": _("namn"),
        "side": _("sida"),
    }
