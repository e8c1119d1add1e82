"""What a finding rests on as a table to read: each fact with its name, from what is stored and nothing else."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from tillit.apps.followup.models.words import FREQUENCIES
from tillit.apps.followup.sentences.figures import figure, periods, share
from tillit.apps.followup.sentences.of_changes import HELD, SIGNALS
from tillit.apps.followup.sentences.of_paths import range_of
from tillit.apps.followup.sentences.of_wholes import GAPS
from tillit.apps.followup.sentences.seen import Seen

Rows = Iterator[tuple[str, str]]
LONGEST_CODE = 20


def facts_told(rule: str, seen: Seen) -> tuple[tuple[str, str], ...]:
    """Return the facts and figures of a finding as pairs of a name and a text, in the order of the rule."""
    return tuple(FACTS[rule](seen))


def _path(seen: Seen) -> Rows:
    path = seen.facts["path"]
    yield _("Värde"), seen.amount(seen.facts["value"])
    yield _("Dag"), seen.facts["day"]
    if path["baseline"] is not None:
        yield _("Utgångsvärde"), f"{seen.amount(path['baseline']['value'])} ({path['baseline']['day']})"
    else:
        yield _("Utgångsvärde"), _("uppgift saknas")
    for each in path["targets"]:
        at = seen.amount(each["value"]) if each["value"] is not None else _span(seen, each)
        yield _("Målvärde"), f"{at} ({each['day']})"
    if seen.result["expected"] is not None:
        yield _("Planen den dagen"), seen.amount(seen.result["expected"])
    elif path["direction"] == "range" and path["targets"]:
        yield _("Spann den dagen"), _span(seen, range_of(seen))
    if seen.result["delta"] is not None:
        yield _("Försprång, andel av hela vägen"), _signed(seen.result["delta"])
    if seen.result["attainment"] is not None:
        yield _("Uppnått av hela vägen"), _signed(seen.result["attainment"])
    if seen.facts["earliest"] is not None:
        yield _("Effekten väntas tidigast"), seen.facts["earliest"]


def _span(seen: Seen, target: Mapping[str, Any]) -> str:
    return f"{seen.bare(target['low'])}–{seen.amount(target['high'])}"


def _signed(value: str) -> str:
    return ("−" if value.startswith("-") else "") + share(value)


def _reports(seen: Seen) -> Rows:
    result, facts = seen.result, seen.facts
    if facts["frequency"]:
        yield _("Rapporteras varje"), str(FREQUENCIES[facts["frequency"]])
    yield _("Väntas från"), facts["since"]
    yield _("Läget den"), facts["today"]
    if not facts["has_started"]:
        yield _("Har startat"), _("nej")
        return
    yield _("Saknas"), periods(result["late"]) or _("inget")
    yield _("Dagar sen, den äldsta"), figure(result["days_late"])
    yield _("Väntar på godkännande"), periods(result["waiting"]) or _("inget")
    yield _("Godkänt av det senaste"), share(result["completeness"])
    yield _("Inskickat i tid"), share(result["timeliness"])


def _chart(seen: Seen) -> Rows:
    limits = seen.result["limits"]
    yield _("Värden, i ordning"), _series(seen, seen.facts["values"])
    if limits is not None:
        yield _("Medelvärde"), seen.amount(limits["mean"])
        yield _("Steg mellan värden i medel"), seen.amount(limits["mean_moving_range"])
        yield _("Nedre gräns"), seen.amount(limits["lower"])
        yield _("Övre gräns"), seen.amount(limits["upper"])
        yield _("Värden i baslinjen"), figure(limits["points"])
    for each in seen.result["signals"]:
        name = _("Värde nr %(n)s märkt %(rule)s") % {"n": each["index"] + 1, "rule": each["rule"]}
        yield name, str(SIGNALS[each["rule"], each["side"]])


def _series(seen: Seen, values: list[str | None]) -> str:
    return " · ".join("–" if each is None else seen.bare(each) for each in values)


def _line(seen: Seen) -> Rows:
    result = seen.result
    yield _("Värden, i ordning"), _series(seen, seen.facts["values"])
    yield _("Målvärde"), seen.amount(seen.facts["target"])
    yield _("Perioder till målet, från det första använda värdet"), figure(result["x"])
    yield _("Prognos"), seen.amount(result["line"]["forecast"])
    yield _("Med 80 % säkerhet mellan"), f"{seen.bare(result['low'])}–{seen.amount(result['high'])}"
    yield _("Ändring per period"), seen.amount(result["line"]["slope"])
    yield _("Prognos med Theil och Sens linje"), seen.amount(result["theil_sen"]["forecast"])


def _level(seen: Seen) -> Rows:
    yield _("Tidigare nivåer, i ordning"), " · ".join(map(str, seen.facts["earlier"])) or _("inga")
    yield _("Nivå"), str(seen.facts["level"])
    if seen.result["reference"] is not None:
        yield _("Brukar ligga på"), str(seen.result["reference"])
    if seen.facts["floor"] is not None:
        yield _("Lägsta nivå som är beslutad"), str(seen.facts["floor"])


def _raters(seen: Seen) -> Rows:
    for level, many in enumerate(seen.result["distribution"]):
        yield _("Bedömare på nivå %(n)s") % {"n": level}, str(many)
    yield _("Mittersta nivån"), str(seen.result["level"])
    yield _("Inom ett steg från den"), share(seen.result["share"])


def _counted(seen: Seen) -> Rows:
    yield _("Antal mål"), str(seen.facts["goals"])
    yield _("Går att mäta"), str(seen.facts["measurable"])
    yield _("Andel"), share(seen.result["share"])


def _gaps(seen: Seen) -> Rows:
    counts = Counter(each["code"] for each in seen.result["gaps"])
    steps: dict[str, list[str]] = {}
    for each in seen.result["gaps"]:
        if all(len(about) <= LONGEST_CODE for about in each["about"]):
            steps.setdefault(each["code"], []).append(" → ".join(each["about"]))
    for code, many in counts.items():
        where = ", ".join(steps.get(code, ())[:6])
        yield f"{code}: {GAPS[code]}", f"{many} ({where})" if where else str(many)


def _value(seen: Seen) -> Rows:
    facts = seen.facts
    yield _("Värde"), seen.amount(facts["value"])
    yield _("Tidigare värden, i ordning"), _series(seen, facts["earlier"]) or _("inga")
    if facts["revises"] is not None:
        yield _("Värdet som det ersätter"), seen.amount(facts["revises"])
    for name, end in ((_("Kan inte vara under"), facts["low"]), (_("Kan inte vara över"), facts["high"])):
        if end is not None:
            yield name, seen.amount(end)
    if seen.result["modified_z"] is not None:
        yield _("Modifierat z"), figure(seen.result["modified_z"])
    for held in seen.result["held"]:
        yield _("Att bekräfta"), str(HELD[held])


def _combined(seen: Seen) -> Rows:
    states = {"green": _("följer planen"), "yellow": _("efter plan"), "red": _("långt efter plan")}
    says = {"chance": _("inget annat än slump"), None: _("går inte att säga än")}
    yield _("Läget mot planen"), states.get(seen.facts["d1"], seen.facts["d1"])
    yield _("Vad som är slump"), str(says.get(seen.facts["d3"], seen.facts["d3"]))
    if seen.facts["assurance"] == "misses_steadily":
        yield _("Målet med arbetssättet som det är"), _("nås inte")
    if seen.facts["points"] is not None:
        yield _("Värden i baslinjen"), str(seen.facts["points"])


FACTS: Mapping[str, Callable[[Seen], Rows]] = MappingProxyType(
    {
        "D1": _path,
        "D2": _reports,
        "D3": _chart,
        "D4": _line,
        "D5": _level,
        "D5.raters": _raters,
        "D6": _counted,
        "D7": _gaps,
        "D14": _value,
        "D15": _combined,
    }
)
