"""Whether a draft can be kept, and whether it is whole enough to be handed in."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext as _

from tillit.apps.collaborations.models import ATTENDANCE
from tillit.apps.collaborations.whole import Whole
from tillit.apps.errors import Refused
from tillit.core.errors import BadInput
from tillit.core.money import LARGEST, decimal_of, hundredths
from tillit.core.process.content import ABOUT, AMOUNTS, as_case
from tillit.core.rulebook.editions import editions_for, vocabulary
from tillit.core.rulebook.read_case import read_case
from tillit.core.text import personal_number_in
from tillit.exchange.words import problem_text

LONGEST = 4000
"""The most characters that a text of a collaboration may have."""


def refuse_bad_content(content: Mapping[str, Any]) -> None:
    """Refuse a content that cannot be kept, with everything that is wrong with the first thing that is.

    :raises Refused: a personal number, a text too long, an amount that is none, a day that is none, an unknown value
    """
    about = content.get("about", {})
    for name, text in _texts(content):
        if personal_number_in(text):
            raise Refused(_("Ett personnummer får inte stå här. Skriv namn eller roll i stället."), field=name)
        if len(text) > LONGEST:
            raise Refused(_("Texten är för lång: högst %(most)d tecken.") % {"most": LONGEST}, field=name)
    if unknown := sorted(set(about) - set(ABOUT)):
        raise Refused(_("Okända uppgifter: %(names)s.") % {"names": ", ".join(unknown)})
    if not str(about.get("title", "")).strip():
        raise Refused(_("Samverkan saknar namn. Skriv vad den heter."), field="title")
    if len(about["title"]) > 200:
        raise Refused(_("Namnet är för långt: högst 200 tecken."), field="title")
    first, last = _day(about, "starts_on"), _day(about, "ends_on")
    if last < first:
        raise Refused(_("Sista dagen ligger före den första. Rätta den ena."), field="ends_on")
    _openness(about)
    _costs(content)
    _people(content)
    _case(content)


def _texts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in content.get("about", {}).items():
        yield name, str(value)
    for each in content.get("participant", []):
        yield "participant", f"{each.get('label', '')} {each.get('role', '')}"
    for each in content.get("cost", []):
        yield "cost", f"{each.get('label', '')} {each.get('rate_source', '')}"


def _day(about: Mapping[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(str(about.get(name, "")))
    except ValueError:
        raise Refused(_("Dagen går inte att läsa. Skriv den som 2026-02-01."), field=name) from None


def _openness(about: Mapping[str, Any]) -> None:
    kind, reason = about.get("openness", "public"), str(about.get("openness_reason", "")).strip()
    if kind not in ("public", "delayed", "withheld"):
        raise Refused(_("Välj hur öppen samverkan är."), field="openness")
    if kind == "delayed":
        _day(about, "open_from")
    if kind != "public" and not reason:
        raise Refused(_("Skriv varför samverkan inte är öppen från start."), field="openness_reason")


def _costs(content: Mapping[str, Any]) -> None:
    seen: set[str] = set()
    for number, each in enumerate(content.get("cost", []), start=1):
        if each["id"] in seen:
            raise Refused(_("Två kostnader heter %(name)s. Ge dem var sitt namn.") % {"name": each["id"]}, field="cost")
        seen.add(each["id"])
        for name in (*AMOUNTS, "hours", "rate"):
            amount_of(each.get(name), field=f"cost.{number - 1}.{name}")
        participant = each.get("participant")
        if participant and not any(them["id"] == participant for them in content.get("participant", [])):
            raise Refused(
                _("Kostnad nr %(number)d gäller en deltagare som inte finns. Välj en annan.") % {"number": number},
                field=f"cost.{number - 1}.participant",
            )


def amount_of(text: object, *, field: str) -> Decimal | None:
    """Return an amount with at most two decimals, None where nothing is said.

    :raises Refused: it is no amount, is negative or too large
    """
    if text in (None, ""):
        return None
    try:
        value = decimal_of(str(text))
        hundredths(value)
    except ValueError:
        raise Refused(
            _("%(text)s är inget belopp. Skriv till exempel 1234.50.") % {"text": text}, field=field
        ) from None
    if not 0 <= value <= LARGEST:
        raise Refused(_("Beloppet får inte vara negativt."), field=field)
    return value


def _people(content: Mapping[str, Any]) -> None:
    ids: set[str] = set()
    persons: set[str] = set()
    for each in content.get("participant", []):
        if each["id"] in ids:
            raise Refused(
                _("Två deltagare heter %(name)s. Ge dem var sitt namn.") % {"name": each["id"]}, field="participant"
            )
        ids.add(each["id"])
        if each.get("person") and each["person"] in persons:
            raise Refused(_("Samma person står två gånger bland deltagarna."), field="participant")
        persons.add(each.get("person", ""))
        if each.get("attendance", "invited") not in ATTENDANCE:
            raise Refused(_("Närvaron går inte att läsa. Välj en av de som finns."), field="participant")


def _case(content: Mapping[str, Any]) -> None:
    try:
        case = read_case(as_case(dict(content), phase="planned"), vocabulary())
        editions_for(case.starts_on, case.ends_on)
    except BadInput as bad:
        lang = "en" if get_language() == "en" else "sv"
        raise Refused(" ".join(f"{each.place}: {problem_text(each, lang)}" for each in bad.problems)) from bad


def refuse_unfinished(whole: Whole, content: Mapping[str, Any]) -> None:
    """Refuse a content that is not whole enough to ask anybody about.

    :raises Refused: purpose or benefits, kind, or one of the two sides is missing
    """
    for name, says in _needed().items():
        if not str(content["about"].get(name, "")).strip():
            raise Refused(says, field=name)
    if not content.get("collaboration", {}).get("kind"):
        raise Refused(_("Slaget av samverkan saknas. Välj ett under Vad."), field="kind")
    if not whole.side("company"):
        raise Refused(_("Inget företag är med. Lägg till företaget som part."), field="party")
    if not whole.side("care"):
        raise Refused(_("Ingen vårdgivare är med. Lägg till vården som part."), field="party")


def _needed() -> dict[str, str]:
    return {
        "purpose": _("Syftet saknas. Skriv varför ni samverkar."),
        "benefit_care": _("Vårdens nytta saknas. Skriv vad vården får ut av det."),
        "benefit_company": _("Företagets nytta saknas. Skriv vad företaget får ut av det."),
    }
