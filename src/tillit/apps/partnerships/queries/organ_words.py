"""What is said of organs, mandates and representation in words: codes, figures, and each finding as one sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.parties.geography import regions
from tillit.core.governance import balance, mandates, seats
from tillit.core.governance.flags import DATA_QUALITY, RED, YELLOW, Flag

CARE_REGION_WORDS = {
    "north": gettext_lazy("Norra"),
    "central": gettext_lazy("Mellansverige"),
    "stockholm_gotland": gettext_lazy("Stockholm–Gotland"),
    "southeast": gettext_lazy("Sydöstra"),
    "south": gettext_lazy("Södra"),
    "west": gettext_lazy("Västra"),
}
SEVERITY_WORDS = {
    "red": gettext_lazy("avviker"),
    "yellow": gettext_lazy("att se över"),
    "info": gettext_lazy("att känna till"),
    "not_assessable": gettext_lazy("ej bedömbar"),
    "green": gettext_lazy("utan anmärkning"),
}
MARKS = {
    "red": "breach",
    "yellow": "judge",
    "info": "not_applicable",
    "not_assessable": "undecided",
    "green": "meets",
}
"""The shape that goes with each verdict: a colour never stands alone."""
DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: its verdict as a word and a shape, and one sentence."""

    mark: str
    word: str
    says: str


def last_day(end: date | None) -> date | None:
    """Return the last day that holds before an end, None where no end is set."""
    return end - timedelta(days=1) if end is not None else None


def told(verdict: str, says: str) -> Told:
    return Told(MARKS[verdict], str(SEVERITY_WORDS[verdict]), says)


def flag_told(flag: Flag, names: Mapping[str, str]) -> Told:
    """Return a finding about organs in words; `names`: what keys are called, those of subjects and levels as
    "subject:1", "level:1".
    """
    unknown = flag.direction == DATA_QUALITY and flag.severity not in (RED, YELLOW)
    return told("not_assessable" if unknown else flag.severity, SENTENCES[flag.code](flag, names))


def decimal(value: Fraction | Decimal | str) -> Decimal:
    """Return an exact figure with at most four decimals, for reading."""
    exact = Fraction(value)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(DIGITS)


def figure(value: Fraction | Decimal | str) -> str:
    """Return a figure as it is written in the language of the page: "0,119", "2"."""
    plain = decimal(value).normalize()
    return str(number_format(plain or Decimal(0), use_l10n=True))


def band(low: Decimal | str | None, high: Decimal | str | None) -> str:
    """Return the amounts that a right is about, "" where it is about all."""
    said = [
        None if each is None else number_format(Decimal(each), 0, use_l10n=True, force_grouping=True)
        for each in (low, high)
    ]
    if said[0] is not None and said[1] is not None:
        return _("från %(low)s och under %(high)s kronor") % {"low": said[0], "high": said[1]}
    if said[0] is not None:
        return _("från %(low)s kronor") % {"low": said[0]}
    return _("under %(high)s kronor") % {"high": said[1]} if said[1] is not None else ""


def category_name(dimension: str, code: str, sectors: Mapping[str, str]) -> str:
    """Return what a category of a norm is called."""
    if dimension == "sector":
        return sectors.get(code, code)
    if dimension == "region":
        return regions().get(code, code)
    return str(CARE_REGION_WORDS.get(code, code))


def _list(keys: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(each, each) for each in keys)


def _deciders(flag: Flag, names: Mapping[str, str]) -> str:
    about = {
        "subject": names[f"subject:{flag.dimensions['subject']}"],
        "level": names[f"level:{flag.dimensions['level']}"],
    }
    if flag.result["two"]:
        organs = _list(dict.fromkeys(each for pair in flag.result["two"] for each in pair), names)
        said = _("Fler än ett organ beslutar om %(subject)s på nivån %(level)s: %(organs)s.")
        return said % {**about, "organs": organs}
    bands = [band(low, high) for low, high in flag.result["nobody"]]
    if bands == [""]:
        return _("Ingen beslutar om %(subject)s på nivån %(level)s.") % about
    said = _("Ingen beslutar om %(subject)s på nivån %(level)s, belopp %(bands)s.")
    return said % {**about, "bands": ", ".join(bands)}


def _denied(flag: Flag, names: Mapping[str, str]) -> str:
    return _("%(organ)s beslutar om %(subjects)s utan att ha bestämmanderätt där.") % {
        "organ": names[flag.subject],
        "subjects": _list((f"subject:{each}" for each in flag.facts["denied_and_decided"]), names),
    }


def _advisory(flag: Flag, names: Mapping[str, str]) -> str:
    return _("%(organ)s är rådgivande men har rätt att besluta om %(subjects)s.") % {
        "organ": names[flag.subject],
        "subjects": _list((f"subject:{each}" for each in flag.result["decides"]), names),
    }


def _ancestor(flag: Flag, names: Mapping[str, str]) -> str:
    return _("%(organ)s ligger över sig självt.") % {"organ": names[flag.subject]}


def _taken(flag: Flag, names: Mapping[str, str]) -> str:
    return _("%(seat)s har fler än en innehavare på samma gång.") % {"seat": names.get(flag.subject, flag.subject)}


def _twice(flag: Flag, names: Mapping[str, str]) -> str:
    return _("Samma person sitter på fler än en plats i %(organ)s och räknas en gång.") % {
        "organ": names.get(flag.subject, flag.subject)
    }


REASONS = {
    "unknown": gettext_lazy("någon på en plats hör till något som ingen har uppgett"),
    "norm_lacking": gettext_lazy("normen behöver en tabell som ingen har lagt in"),
    "no_seats": gettext_lazy("ingen plats med rösträtt är besatt"),
}


def _balance(flag: Flag, names: Mapping[str, str]) -> str:
    return balance_sentence(flag.result, names)


def balance_sentence(result: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what a verdict on representation says, the figures in it named."""
    if "reason" in result:
        return _("Går inte att bedöma: %(why)s.") % {"why": REASONS[result["reason"]]}
    said = []
    few = [each for each in result["too_few"] if each not in result["empty"]]
    for found, sentence in (
        (result["empty"], gettext_lazy("Ingen plats alls: %(names)s.")),
        (few, gettext_lazy("Färre platser än minst: %(names)s.")),
        (result["too_many"], gettext_lazy("Fler platser än högst: %(names)s.")),
    ):
        if found:
            said.append(str(sentence) % {"names": _list(found, names)})
    if "to_move" in result:
        moves = _("Platser att flytta för att komma så nära normen som det går: %(n)s.")
        said.append(moves % {"n": figure(result["to_move"])})
    return " ".join(said) or _("Inom det som är beslutat.")


def _not_covered(flag: Flag, names: Mapping[str, str]) -> str:
    return _("Ingen talar för %(names)s.") % {"names": _list(flag.facts["lacking"], names)}


SENTENCES = {
    mandates.DECIDERS: _deciders,
    mandates.DECIDES_OVER: _denied,
    mandates.ADVISORY_DECIDES: _advisory,
    mandates.OWN_ANCESTOR: _ancestor,
    seats.SEAT_TAKEN: _taken,
    seats.SITS_TWICE: _twice,
    balance.BALANCE: _balance,
    balance.NOT_COVERED: _not_covered,
}
"""Per finding about organs: what it says."""
