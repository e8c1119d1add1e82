"""What is said of agreements in words: where one stands, until when, each finding as one sentence (D11, I-1 to I-4)."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.apps.partnerships.models import Level
from tillit.apps.partnerships.models.words import AGREEMENT_STATUS_WORDS, AREA_WORDS, LEVEL_WORDS
from tillit.apps.partnerships.queries.organ_words import Told, told
from tillit.core.governance import agreements as core, coverage, hierarchy, renewal
from tillit.core.governance.flags import DATA_QUALITY, RED, YELLOW, Flag

COMING = "coming"
STANDING_WORDS = {**AGREEMENT_STATUS_WORDS, COMING: gettext_lazy("gäller senare")}
STANDING_MARKS = {
    "draft": "undecided",
    "consultation": "undecided",
    "being_signed": "judge",
    COMING: "judge",
    "in_force": "meets",
    "notice_given": "judge",
    "ended": "not_applicable",
}
COVERAGE_MARKS = {
    "full": "meets",
    "partial": "judge",
    "reference": "judge",
    "none_stated": "breach",
    coverage.NOT_STARTED: "not_applicable",
    coverage.NOT_READ: "undecided",
}
CELL_WORDS = {
    "full": gettext_lazy("helt"),
    "partial": gettext_lazy("delvis"),
    "reference": gettext_lazy("hänvisar"),
    "none_stated": gettext_lazy("saknas"),
    coverage.NOT_STARTED: gettext_lazy("har inte startat"),
    coverage.NOT_READ: gettext_lazy("inte läst"),
}
FIELD_WORDS = {
    "valid_to": gettext_lazy("slutdagen"),
    "renewal_months": gettext_lazy("hur länge det förlängs"),
    "notice_months": gettext_lazy("uppsägningstiden"),
}
Names = Mapping[str, str]


def standing_of(fact: core.Agreement, today: date) -> str:
    """Return where an agreement stands on a day: its status, or that its days are to come or have passed."""
    if fact.status in (core.DRAFT, core.CONSULTATION, core.BEING_SIGNED):
        return fact.status
    if core.in_force(fact, today):
        noticed = fact.notice_given_at is not None and fact.notice_given_at <= today
        return core.NOTICE_GIVEN if noticed else core.IN_FORCE
    return COMING if today < fact.valid_from and fact.status != core.ENDED else core.ENDED


def standing_told(standing: str) -> Told:
    return Told(STANDING_MARKS[standing], str(STANDING_WORDS[standing]), "")


def level_name(level: Level) -> str:
    """Return what a level is called: one of the usual ones in the reader's language, others as they were named."""
    usual = LEVEL_WORDS.get(level.code)
    return str(usual or level.name)


def last_day(end: date) -> str:
    """Return the last day that something holds, from the first that it does not: how an end is shown."""
    return (end - timedelta(days=1)).isoformat()


def flag_told(flag: Flag, names: Names) -> Told:
    """Return a finding about agreements in words; `names`: agreements, parties and levels by their keys."""
    unknown = flag.direction == DATA_QUALITY and flag.severity not in (RED, YELLOW)
    return told("not_assessable" if unknown else flag.severity, SENTENCES[flag.code](flag, names))


def _named(flag: Flag, names: Names) -> str:
    return names.get(flag.subject, _("ett avtal"))


def _notice_soon(flag: Flag, names: Names) -> str:
    left = flag.result["days_left"]
    said = {"title": _named(flag, names), "day": flag.facts["notice_date"], "n": left}
    return (
        ngettext(
            "%(title)s förlängs om det inte sägs upp senast %(day)s, om %(n)s dag.",
            "%(title)s förlängs om det inte sägs upp senast %(day)s, om %(n)s dagar.",
            left,
        )
        % said
    )


def _extended(flag: Flag, names: Names) -> str:
    return _("%(title)s är förlängt t.o.m. %(end)s: sista dagen att säga upp det var %(day)s.") % {
        "title": _named(flag, names),
        "end": last_day(date.fromisoformat(flag.facts["end"])),
        "day": flag.facts["notice_date"],
    }


def _notice_late(flag: Flag, names: Names) -> str:
    return _("%(title)s sades upp %(given)s, efter sista dagen %(day)s. Parterna behöver komma överens om slutet.") % {
        "title": _named(flag, names),
        "given": flag.facts["notice_given_at"],
        "day": flag.facts["notice_date"],
    }


def _ends_soon(flag: Flag, names: Names) -> str:
    left = flag.result["days_left"]
    said = {"title": _named(flag, names), "day": last_day(date.fromisoformat(flag.facts["end"])), "n": left}
    return (
        ngettext(
            "%(title)s gäller t.o.m. %(day)s, i %(n)s dag till.",
            "%(title)s gäller t.o.m. %(day)s, i %(n)s dagar till.",
            left,
        )
        % said
    )


def _unsigned(flag: Flag, names: Names) -> str:
    return _("%(party)s har inte skrivit under %(title)s, som gäller från %(day)s.") % {
        "party": names.get(flag.dimensions["party"], _("En part")),
        "title": _named(flag, names),
        "day": flag.facts["valid_from"],
    }


def _unknown(flag: Flag, names: Names) -> str:
    lacking = ", ".join(str(FIELD_WORDS[each]) for each in flag.result["not_stated"])
    if flag.code == renewal.NOTICE_UNKNOWN:
        return _("Sista dagen att säga upp %(title)s går inte att räkna ut. Uppgift saknas: %(lacking)s.") % {
            "title": _named(flag, names),
            "lacking": lacking,
        }
    return _("När %(title)s upphör går inte att räkna ut. Uppgift saknas: %(lacking)s.") % {
        "title": _named(flag, names),
        "lacking": lacking,
    }


def _cell_missing(flag: Flag, names: Names) -> str:
    said = {"area": AREA_WORDS[flag.dimensions["area"]], "level": names.get(flag.dimensions["level"], "")}
    if flag.result["missing"]:
        return _("%(area)s är inte överenskommet på nivån %(level)s, där det finns organ.") % said
    return _("Avtalen på nivån %(level)s är inte lästa för området %(area)s.") % said


def _area_missing(flag: Flag, names: Names) -> str:
    said = {"area": AREA_WORDS[flag.dimensions["area"]], "title": _named(flag, names)}
    if flag.result["missing"]:
        return _("%(title)s säger inget om %(area)s.") % said
    return _("%(title)s är inte läst för området %(area)s.") % said


def _roots(flag: Flag, names: Names) -> str:
    tops = [names.get(each, _("ett avtal")) for each in flag.facts["roots"]]
    if not tops:
        return _("Inget huvudavtal gäller. Ingen kan säga vad som binder vem.")
    return _("Mer än ett huvudavtal gäller: %(titles)s.") % {"titles": ", ".join(tops)}


def _no_path(flag: Flag, names: Names) -> str:
    return _("%(title)s ligger inte under huvudavtalet.") % {"title": _named(flag, names)}


def _outlives(flag: Flag, names: Names) -> str:
    said = {"title": _named(flag, names), "parent": names.get(flag.facts["parent"], _("ett avtal"))}
    if flag.result["starts_before"]:
        return _("%(title)s gäller från en dag före %(parent)s, som det ligger under.") % said
    return _("%(title)s gäller längre än %(parent)s, som det ligger under.") % said


def _not_acceded(flag: Flag, names: Names) -> str:
    return _("%(party)s är ansluten från %(day)s utan att ha skrivit under ett anslutningsavtal senast då.") % {
        "party": names.get(flag.subject, _("En part")),
        "day": flag.facts["from"],
    }


SENTENCES: Mapping[str, Callable[[Flag, Names], str]] = {
    renewal.NOTICE_SOON: _notice_soon,
    renewal.EXTENDED: _extended,
    renewal.NOTICE_LATE: _notice_late,
    renewal.ENDS_SOON: _ends_soon,
    renewal.UNSIGNED: _unsigned,
    renewal.END_UNKNOWN: _unknown,
    renewal.NOTICE_UNKNOWN: _unknown,
    coverage.CELL_MISSING: _cell_missing,
    coverage.AREA_MISSING: _area_missing,
    hierarchy.ROOTS: _roots,
    hierarchy.NO_PATH: _no_path,
    hierarchy.OUTLIVES_PARENT: _outlives,
    hierarchy.NOT_ACCEDED: _not_acceded,
}
