"""The shapes of what is typed about an indicator: its place and what it means; what may be said is the acts' to try."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from tillit.apps.followup import shares
from tillit.apps.followup.models import Goal, IndicatorVersion
from tillit.apps.followup.models.words import AGGREGATIONS, DIRECTIONS, FREQUENCIES, INDICATOR_KINDS
from tillit.apps.followup.queries.indicators import Choice
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import Level, Partnership
from tillit.apps.partnerships.models.words import LEVEL_WORDS, OPENNESS
from tillit.web.parties.fields import Plain, choice, day, text
from tillit.web.partnerships.commitment_forms import long, number, whole, yes

Chosen = Mapping[str, tuple[Choice, ...]]
PLACE = ("name", "goal", "node_code", "level", "openness", "source", "code", "order", "not_started")
MEANING = (
    "kind",
    "definition",
    "direction",
    "unit",
    "frequency",
    "starts_on",
    "aggregation",
    "numerator",
    "denominator",
    "low",
    "high",
    "cumulative",
)
UPKEEP = (
    "owner_party",
    "owner_role",
    "source_system",
    "method",
    "decision_use",
    "quality",
    "rationale",
    "grace_days",
    "spc_enabled",
    "counts_meetings",
)
TRUTHS = ("not_started", "cumulative", "spc_enabled", "counts_meetings", "with_baseline")
REASON = ("starts_on", "reason", "decision")


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields of a long form under a heading; `folded`: away until they are asked for, or are wrong."""

    title: str
    fields: tuple[BoundField, ...]
    folded: bool


class Parted(Plain):
    """A long form in parts."""

    def parts(self) -> Iterable[Part]:
        """Yield the parts that the form has fields of."""
        why = REASON if "reason" in self.fields else ()
        for title, names, may_fold in _parts(why):
            fields = tuple(self[name] for name in names if name in self.fields)
            if fields:
                wrong = any(name in self.errors for name in names) if self.is_bound else False
                yield Part(title, fields, may_fold and not wrong)


def _parts(why: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    start = () if why else ("starts_on",)
    return (
        (_("Varför en ny version?"), why, False),
        (_("Vad indikatorn heter och visar"), ("name", "goal", "definition", "kind", "direction"), False),
        (_("Hur det räknas"), ("unit", "frequency", "aggregation", "numerator", "denominator"), False),
        (_("Utgångsvärde"), ("with_baseline",), False),
        (_("Vem, varifrån och till vad"), UPKEEP[:5], False),
        (_("Var den hör hemma"), ("level", "node_code", "openness"), False),
        (
            _("Mer"),
            (*start, "low", "high", "cumulative", *UPKEEP[5:], "source", "code", "order", "not_started"),
            True,
        ),
    )


def place_fields(chosen: Chosen) -> dict[str, forms.Field]:
    """Return fields for what an indicator is called and where it stands."""
    levels = [(each.key, LEVEL_WORDS.get(each.code, each.name)) for each in chosen["level"]]
    goals = [(each.key, each.name[:100]) for each in chosen["goal"]]
    steps = [(each.key, f"{each.key}: {each.name[:80]}") for each in chosen["step"]]
    public = [(value, word) for value, word in OPENNESS.items() if value != "organ"]
    return {
        "name": text(_("Vad heter indikatorn?")),
        "goal": choice(_("Vilket mål visar den?"), goals, needed=False, none=_("Inget av målen")),
        "level": choice(_("Nivå"), levels, none=_("Välj")),
        "node_code": choice(_("Steg i effektlogiken"), steps, needed=False, none=_("Inget steg än")),
        "openness": choice(_("Vem får se den?"), public, none=_("Välj")),
        "source": text(_("Var indikatorn är beslutad"), most=300, needed=False),
        "code": text(_("Kod"), most=40, needed=False, hint=_("Används i filer. Tom: görs av namnet.")),
        "order": whole(_("Ordning i listor")),
        "not_started": yes(_("Har uppföljningen inte börjat än?")),
    }


def meaning_fields() -> dict[str, forms.Field]:
    """Return fields for what is never changed once something is reported."""
    yearly = _("En gång om året är för sällan för att se en förändring i tid. Välj månad eller kvartal om det går.")
    return {
        "definition": long(_("Vad mäts, så att två räknar lika?")),
        "kind": choice(_("Slag"), INDICATOR_KINDS.items(), none=_("Välj"), hint=_("Kvalitativ: fem nivåer i ord.")),
        "direction": choice(_("Vad är bättre?"), DIRECTIONS.items(), needed=False, none=_("Inte sagt än")),
        "unit": text(_("Enhet"), most=40, needed=False, hint=_("Till exempel dagar, prövningar eller %.")),
        "frequency": choice(
            _("Hur ofta mäts det?"), FREQUENCIES.items(), needed=False, none=_("Inte sagt än"), hint=yearly
        ),
        "aggregation": choice(_("När flera rapporterar, hur läggs det ihop?"), AGGREGATIONS.items(), none=_("Välj")),
        "numerator": long(_("Täljare"), hint=_("För en andel: vad som räknas.")),
        "denominator": long(_("Nämnare"), hint=_("För en andel: av vad.")),
        "starts_on": day(_("Gäller från"), hint=_("Första dagen i den första period som mäts.")),
        "low": number(_("Lägsta möjliga värde"), hint=_("Det som är utanför frågas det om när det rapporteras.")),
        "high": number(_("Högsta möjliga värde")),
        "cumulative": yes(_("Räknas det upp under året?")),
    }


def upkeep_fields(chosen: Chosen) -> dict[str, forms.Field]:
    """Return fields for what can be changed at any time."""
    parties = [(each.key, each.name) for each in chosen["party"]]
    return {
        "owner_party": choice(_("Ansvarig part"), parties, needed=False, none=_("Inte sagt än")),
        "owner_role": text(_("Ansvarig roll"), most=120, needed=False, hint=_("Rollen, inte namnet.")),
        "source_system": text(_("Varifrån hämtas siffrorna?"), needed=False),
        "method": long(_("Hur går det till?")),
        "decision_use": long(_("Vilket beslut tas på siffrorna?")),
        "quality": long(_("Hur säkra är de?")),
        "rationale": long(_("Varför just den här indikatorn?")),
        "grace_days": whole(_("Dagar från periodens slut till rapport"), hint=_("Tomt: som vanligt för perioden.")),
        "spc_enabled": yes(_("Ska slump skiljas från förändring?")),
        "counts_meetings": yes(_("Räknar den bara möten?")),
    }


class PlaceForm(Parted):
    """What an indicator is called and where it stands."""

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(place_fields(chosen))


class DefinitionForm(Parted):
    """What a version says. `frozen`: something is reported by it, so that only the rest can be changed."""

    def __init__(self, *args: Any, chosen: Chosen, frozen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(({} if frozen else meaning_fields()) | upkeep_fields(chosen))


class VersionForm(DefinitionForm):
    """A new version, with why and who decided it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = long(_("Vad har ändrats, och varför?"), needed=True)
        self.fields["decision"] = text(_("Beslut"), most=300, hint=_("Vem som beslutade, när och var det står."))


class NewForm(Parted):
    """An indicator with its first version. `baseline`: a public figure that can be taken along, as it is said."""

    def __init__(self, *args: Any, chosen: Chosen, baseline: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(place_fields(chosen) | meaning_fields() | upkeep_fields(chosen))
        if baseline:
            self.fields["with_baseline"] = yes(baseline)


def place_facts(said: Mapping[str, Any], partnership: Partnership) -> dict[str, Any]:
    """Return what is said of the place as the act takes it. Two queries."""
    facts = {name: said[name] for name in PLACE}
    goals = Goal.objects.select_related("plan").filter(plan__partnership=partnership)
    facts["level"] = Level.objects.get(pk=said["level"], partnership=partnership)
    facts["goal"] = goals.filter(pk=said["goal"]).first() if said["goal"] else None
    return {**facts, "order": said["order"] or 0, "not_started": bool(said["not_started"])}


def definition_facts(said: Mapping[str, Any], stands: IndicatorVersion | None = None) -> dict[str, Any]:
    """Return what is said of the meaning as the act takes it; what is not asked is as it `stands`. One query at most.

    The limits of what is counted in percent are kept as shares.
    """
    facts = {name: getattr(stands, name) for name in (*MEANING, *UPKEEP)} if stands is not None else {}
    facts |= {name: said[name] for name in (*MEANING, *UPKEEP) if name in said}
    facts |= {name: bool(facts[name]) for name in TRUTHS if name in facts}
    if "owner_party" in said:
        facts["owner_party"] = (
            Organisation.objects.filter(pk=said["owner_party"]).first() if said["owner_party"] else None
        )
    if "low" in said and shares.in_percent(said["aggregation"], said["unit"]):
        facts |= {name: said[name] / shares.HUNDRED for name in ("low", "high") if said[name] is not None}
    return facts


def initial_of(version: IndicatorVersion) -> dict[str, Any]:
    """Return an indicator in its version as the forms are filled in."""
    indicator = version.indicator
    place = {name: getattr(indicator, name) for name in PLACE} | {
        "level": indicator.level_id,
        "goal": indicator.goal_id,
    }
    meaning = {name: getattr(version, name) for name in (*MEANING, *UPKEEP)}
    limits = {name: plain(shares.shown(version, getattr(version, name))) for name in ("low", "high")}
    truths = {name: ["yes"] if (place | meaning)[name] else [] for name in TRUTHS if name in place | meaning}
    return {**place, **meaning, **limits, **truths, "owner_party": version.owner_party_id}


def plain(value: Any) -> str:
    """Return a figure as it is typed, without zeros that say nothing: "33,5"."""
    return "" if value is None else format(value.normalize() + 0, "f").replace(".", ",")
