"""D1 and D4 in words: where a value stands on its path, and where the line of the last periods leads."""

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.followup.sentences.figures import places_of, share
from tillit.apps.followup.sentences.seen import Seen

REASONS = {
    "no_value": gettext_lazy("Går inte att bedöma: det finns inget godkänt värde."),
    "no_baseline": gettext_lazy("Går inte att bedöma: utgångsvärdet saknas."),
    "before_baseline": gettext_lazy("Går inte att bedöma: värdet är från tiden före utgångsvärdet."),
    "target_is_baseline": gettext_lazy("Går inte att bedöma: målet är lika med utgångsvärdet, så ingen väg finns."),
    "no_geometric_path": gettext_lazy(
        "Går inte att bedöma: en väg med jämn procentuell takt kräver att utgångsvärde och mål är över noll."
    ),
}


def of_standing(seen: Seen) -> str:
    """Return D1 as a sentence."""
    if seen.code in REASONS:
        return str(REASONS[seen.code])
    if seen.code == "no_target":
        return _("Inget mål är satt, så värdet följs utan att bedömas.")
    if seen.code == "not_yet_expected":
        said = {"value": seen.amount(seen.facts["value"]), "day": seen.facts["earliest"]}
        return _("Värdet är %(value)s och når inte planen, men effekten väntas tidigast %(day)s.") % said
    return _of_range(seen) if seen.result["expected"] is None else _of_path(seen)


def _of_path(seen: Seen) -> str:
    """Return where the value stands. What is computed has one decimal more than what is stated."""
    value, path = seen.facts["value"], seen.facts["path"]
    stated = (value, path["baseline"]["value"], *(each["value"] for each in path["targets"]))
    places = places_of(map(seen.read, stated)) + 1
    said = {
        "value": seen.amount(value, places),
        "expected": seen.amount(seen.result["expected"], places),
        "share": share(seen.result["delta"]),
        "start": seen.amount(path["baseline"]["value"], places),
    }
    texts = {
        "on_path": _("Värdet är %(value)s och följer planen, som är %(expected)s."),
        "ahead": _("Värdet är %(value)s, planen är %(expected)s: före planen med %(share)s av vägen till målet."),
        "behind": _("Värdet är %(value)s, planen är %(expected)s: efter planen med %(share)s av vägen till målet."),
        "far_behind": _(
            "Värdet är %(value)s, planen är %(expected)s: långt efter planen med %(share)s av vägen till målet."
        ),
    }
    text = texts[seen.code] % said
    if seen.code in ("behind", "far_behind") and str(seen.result["attainment"] or "").startswith("-"):
        worse = _("Det är sämre än utgångsvärdet, %(start)s.") % said
        return f"{text} {worse}"
    return text


def _of_range(seen: Seen) -> str:
    target = range_of(seen)
    said = {
        "value": seen.amount(seen.facts["value"]),
        "low": seen.bare(target["low"]),
        "high": seen.amount(target["high"]),
        "share": share(seen.result["delta"]),
    }
    if seen.result["delta"] == "0":
        return _("Värdet är %(value)s, inom spannet %(low)s till %(high)s.") % said
    return _("Värdet är %(value)s, utanför spannet %(low)s till %(high)s med %(share)s av dess bredd.") % said


def range_of(seen: Seen) -> dict[str, Any]:
    """Return the stored target whose range counted on the day: the next to come, after the last the last."""
    targets = seen.facts["path"]["targets"]
    found: dict[str, Any] = next((each for each in targets if seen.facts["day"] <= each["day"]), targets[-1])
    return found


def of_forecast(seen: Seen) -> str:
    """Return D4 as a sentence."""
    result, target = seen.result, seen.amount(seen.facts["target"])
    if seen.code == "too_few":
        return _("Ingen prognos: det behövs minst sex värden bland de åtta senaste perioderna.")
    if seen.code == "too_far":
        return _("Ingen prognos: målet ligger längre fram än två gånger de värden som finns.")
    if seen.code == "target_passed":
        return _("Ingen prognos: målets dag har varit.")
    said = {
        "forecast": seen.amount(result["line"]["forecast"]),
        "low": seen.bare(result["low"]),
        "high": seen.amount(result["high"]),
        "target": target,
    }
    texts = {
        "meets": _("Prognosen är %(forecast)s vid målets dag: målet %(target)s nås med nuvarande takt."),
        "inside_interval": _(
            "Prognosen är %(forecast)s, mellan %(low)s och %(high)s: målet %(target)s nås troligen inte."
        ),
        "misses": _("Prognosen är %(forecast)s, mellan %(low)s och %(high)s: målet %(target)s nås inte i den takten."),
        "unsure_trend": _("Osäker trend: två sätt att dra linjen säger olika om målet %(target)s nås."),
    }
    return texts[seen.code] % said
