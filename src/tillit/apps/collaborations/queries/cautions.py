"""Warnings in words. They are kept as codes with arguments, so that they read the same in both languages."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _, ngettext

from tillit.core.money import hundredths
from tillit.exchange.cards import rule_of
from tillit.exchange.words import Lang, money

Args = Mapping[str, Any]
_LINES = ("samverkansregler/3.0", "specifikation/3.0")


def caution_in_words(plain: Mapping[str, Any], lang: Lang) -> str:
    """Return a warning as a sentence. An unknown code is told as it stands: it must never be lost."""
    code, args = plain["code"], plain.get("args", {})
    if code == "rule":
        rule = next((found for line in _LINES if (found := rule_of(line, args.get("rule", "")))), None)
        return rule.statement.in_language(lang) if rule else str(args.get("rule", code))
    says = _SAYS.get(code)
    return says(args, lang) if says else f"{code}: {plain.get('subject', '')}"


def _procurement(args: Args, _lang: Lang) -> str:
    return _("%(buyer)s upphandlar %(subject)s, där företaget är eller kan bli anbudsgivare.") % args


def _meals(args: Args, _lang: Lang) -> str:
    if args["company"]:
        says = _(
            "%(name)s bjuds på måltider av %(company)s under %(year)s, den här samverkan inräknad: %(count)s. "
            "Gränsen är %(most)s: %(source)s."
        )
    else:
        says = _(
            "%(name)s bjuds på måltider under %(year)s, den här samverkan inräknad: %(count)s. "
            "Gränsen är %(most)s: %(source)s."
        )
    return says % _closed(args)


def _fees(args: Args, lang: Lang) -> str:
    summed = money(hundredths(Decimal(args["sum"])), lang)
    said = {
        **_closed(args),
        "sum": _("minst %(sum)s") % {"sum": summed} if args["at_least"] else summed,
        "most": money(hundredths(Decimal(args["most"])), lang),
    }
    if args["company"]:
        says = _(
            "%(name)s får %(sum)s i arvoden av %(company)s under %(year)s, den här samverkan inräknad. "
            "Gränsen är %(most)s: %(source)s."
        )
    else:
        says = _(
            "%(name)s får %(sum)s i arvoden under %(year)s, den här samverkan inräknad. "
            "Gränsen är %(most)s: %(source)s."
        )
    return says % said


def _share(args: Args, _lang: Lang) -> str:
    says = _(
        "%(name)s är med i %(count)s av %(of)s samverkan som %(unit)s har under %(year)s. "
        "Gränsen är %(most)s procent: %(source)s."
    )
    return says % _closed(args)


def _same(args: Args, _lang: Lang) -> str:
    companies = ngettext("Ett annat företag", "%(companies)d andra företag", args["companies"]) % args
    said = {**args, "who": companies, "days": _days(args)}
    if args["event"]:
        says = _(
            "%(who)s samverkar i %(town)s %(days)s kring evenemanget %(event)s, som det här liknar. "
            "Anslut till det under Evenemang, eller skriv varför det är ett annat."
        )
    else:
        says = _(
            "%(who)s har en samverkan i %(town)s %(days)s som liknar den här. "
            "Skriv in evenemanget under Evenemang så att fler kan ansluta, eller skriv varför det är ett annat."
        )
    return says % said


def _shared(args: Args, _lang: Lang) -> str:
    says = ngettext(
        "Ett annat företag är med i evenemanget %(event)s. "
        "Se till att ni tillsammans inte betalar mer än det kostar, och att samma sak inte betalas två gånger.",
        "%(companies)d andra företag är med i evenemanget %(event)s. "
        "Se till att ni tillsammans inte betalar mer än det kostar, och att samma sak inte betalas två gånger.",
        args["companies"],
    )
    return says % args


def _booked(args: Args, _lang: Lang) -> str:
    return _("%(name)s är anmäld till något annat %(days)s, på tider som kan krocka.") % {**args, "days": _days(args)}


def _assignment(args: Args, _lang: Lang) -> str:
    said = {**args, "days": _days(args)}
    return _("%(name)s har ett annat uppdrag åt %(company)s som pågår %(days)s.") % said


def _closed(args: Args) -> dict[str, Any]:
    """Return the arguments with a source that a full stop can be set behind."""
    return {**args, "source": str(args["source"]).rstrip(". ")}


def _days(args: Args) -> str:
    return args["first"] if args["first"] == args["last"] else f"{args['first']} – {args['last']}"


_SAYS: dict[str, Callable[[Args, Lang], str]] = {
    "procurement_open": _procurement,
    "meals_over": _meals,
    "fees_over": _fees,
    "share_over": _share,
    "same_event": _same,
    "event_shared": _shared,
    "double_booked": _booked,
    "other_assignment": _assignment,
}
