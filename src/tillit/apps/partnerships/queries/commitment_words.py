"""What is said of commitments in words: the state of each time, how much was met, and each finding as one sentence."""

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.apps.partnerships.models import Commitment
from tillit.apps.partnerships.models.words import ROLE_WORDS, VERDICTS
from tillit.apps.partnerships.queries.organ_words import Told, figure, told
from tillit.core.governance.engagement import Inclusion
from tillit.core.governance.flags import Flag
from tillit.core.governance.fulfilment import Fulfilment

STATE_WORDS = {
    **VERDICTS,
    "overdue": gettext_lazy("försenat, inget är sagt"),
    "due": gettext_lazy("ska göras nu"),
    "coming": gettext_lazy("kommer"),
    "undated": gettext_lazy("ingen dag är sagd"),
}
STATE_MARKS = {
    "met": "meets",
    "partial": "judge",
    "not_met": "breach",
    "overdue": "breach",
    "claimed": "undecided",
    "waived": "not_applicable",
    "due": "judge",
    "coming": "not_applicable",
    "undated": "not_applicable",
}
OF_KIND = {
    "company": gettext_lazy("alla företag"),
    "region": gettext_lazy("alla regioner"),
    "municipality": gettext_lazy("alla kommuner"),
    "private_provider": gettext_lazy("alla privata vårdgivare"),
    "university": gettext_lazy("alla lärosäten"),
    "patient_association": gettext_lazy("alla patientföreningar"),
    "trade_association": gettext_lazy("alla branschföreningar"),
    "authority": gettext_lazy("alla myndigheter"),
    "institute": gettext_lazy("alla institut"),
    "association": gettext_lazy("alla föreningar"),
    "other": gettext_lazy("alla andra parter"),
}


def state_told(state: str) -> Told:
    return Told(STATE_MARKS[state], str(STATE_WORDS[state]), "")


def percent(share: Fraction | None) -> str:
    """Return a share as percent with at most one decimal, cut and not rounded: 89,96 % is not 90 %."""
    if share is None:
        return _("ej bedömbar")
    return f"{figure(Fraction(int(share * 1000), 10))} %"


def fulfilment_told(said: Fulfilment, verdict: str) -> Told:
    """Return how much of what fell due in twelve months was met, in words."""
    if said.share is None:
        return told(verdict, _("Inget har förfallit de senaste tolv månaderna."))
    says = ngettext(
        "%(met)s av %(weight)s är uppfyllt, räknat efter vikt, vid %(count)s tillfälle de senaste tolv månaderna.",
        "%(met)s av %(weight)s är uppfyllt, räknat efter vikt, vid %(count)s tillfällen de senaste tolv månaderna.",
        said.count,
    )
    return told(verdict, says % {"met": figure(said.met_weight), "weight": figure(said.weight), "count": said.count})


def gap_told(level: str, flag: Flag) -> Told:
    """Return that nothing is promised where it is decided (R14), and how much is promised beside."""
    beside = sum(count for tier, count in flag.facts["commitments"].items() if tier != flag.facts["tier"])
    first = _("Inga formella åtaganden på beslutande nivå: %(level)s.") % {"level": level}
    if not beside:
        return told(flag.severity, first)
    more = ngettext(
        "På samma nivå finns %(count)s åtagande som inte är de beslutandes.",
        "På samma nivå finns %(count)s åtaganden som inte är de beslutandes.",
        beside,
    )
    return told(flag.severity, f"{first} {more % {'count': beside}}")


def inclusion_told(said: Inclusion, what: str) -> str:
    """Return who was there from the start, in a sentence. `what`: what the groups are called, sectors or regions."""
    total = len(said.early) + len(said.later) + len(said.unknown)
    if not total:
        return _("Uppgift saknas.")
    if said.unknown:
        return _("Uppgift saknas om när %(names)s kom med.") % {"names": ", ".join(said.unknown)}
    says = _("%(early)s av %(total)s %(what)s var med från initieringen (%(share)s).")
    return says % {"early": len(said.early), "total": total, "what": what, "share": percent(said.share)}


def holder_word(row: Commitment) -> str:
    """Return whose a commitment is: a party's, an organ's, or everybody's of a kind or in a role."""
    if row.organisation is not None:
        return row.organisation.name
    if row.organ is not None:
        return row.organ.name
    kind = str(OF_KIND[row.of_kind]) if row.of_kind else _("alla")
    if not row.of_role:
        return kind
    return _("%(who)s i rollen %(role)s") % {"who": kind, "role": ROLE_WORDS[row.of_role]}


def when_word(row: Commitment) -> str:
    """Return when a commitment is due, in words."""
    if row.due_on is not None:
        return _("en gång, %(day)s") % {"day": row.due_on}
    if row.first_due is not None and row.every_months is not None:
        return _recurring(row.first_due, row.every_months)
    return _("ingen dag är sagd")


def _recurring(first: date, months: int) -> str:
    if months == 12:
        return _("varje år, första gången %(day)s") % {"day": first}
    if months == 2:
        often = _("varannan månad")
    else:
        often = ngettext("varje månad", "med %(n)s månaders mellanrum", months) % {"n": months}
    return _("%(often)s, första gången %(day)s") % {"often": often, "day": first}
