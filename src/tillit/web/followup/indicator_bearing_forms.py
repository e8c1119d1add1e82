"""The shapes of what is typed about where an indicator stands and should go, its levels, and who reports it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from tillit.apps.followup import shares
from tillit.apps.followup.actions.rubric import LevelFacts
from tillit.apps.followup.models import Baseline, IndicatorVersion, RubricLevel, Target
from tillit.apps.followup.models.words import INTERPOLATIONS
from tillit.apps.followup.queries.indicators import Choice
from tillit.core.indicators.judged import RANGE
from tillit.core.indicators.measurability import QUALITATIVE
from tillit.core.indicators.rollup import RATIO
from tillit.core.indicators.rubric import LEVELS
from tillit.web.followup.indicator_forms import plain
from tillit.web.parties.fields import Plain, choice, day, text
from tillit.web.partnerships.commitment_forms import long, number, whole, yes

WORDS = ("label", "descriptor", "example")


def level_field(label: Any, rubric: Iterable[RubricLevel], *, none: Any = "") -> forms.TypedChoiceField:
    """Return a field for a level from 0 to 4, each with its name where it is described."""
    named = {each.level: f"{each.level}: {each.label}" for each in rubric}
    rows = [(level, named.get(level, str(level))) for level in LEVELS]
    return forms.TypedChoiceField(
        label=label, choices=[("", none or _("Välj")), *rows], coerce=int, empty_value=None, required=False
    )


def amount_label(word: str, version: IndicatorVersion) -> str:
    """Return a figure's label with the unit that it is written in."""
    return f"{word} ({version.unit})" if version.unit else word


class BaselineForm(Plain):
    """Where an indicator stood, or why nobody knows; the fields are those of its sort."""

    def __init__(self, *args: Any, version: IndicatorVersion, rubric: Iterable[RubricLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version.kind == QUALITATIVE:
            self.fields["level"] = level_field(_("Nivå då"), rubric)
        elif version.aggregation == RATIO:
            self.fields["numerator"] = number(_("Täljare"), hint=version.numerator)
            self.fields["denominator"] = number(_("Nämnare"), hint=version.denominator)
            self.fields["value"] = number(
                amount_label(_("Andel, bara om delarna inte är kända"), version), hint=_("Annars räknas den ut.")
            )
            self.fields["parts_unknown"] = yes(_("Är täljare och nämnare okända?"))
        else:
            self.fields["value"] = number(amount_label(_("Värde då"), version))
        self.fields["day"] = day(
            _("Vilken dag gäller det?"), needed=False, hint=_("Sista dagen i perioden, till exempel 2026-12-31.")
        )
        self.fields["na_reason"] = text(
            _("Eller: varför finns inget utgångsvärde?"), most=300, needed=False, hint=_("Lämna då resten tomt.")
        )
        self.fields["source"] = text(_("Källa"), most=300, needed=False)
        self.fields["note"] = long(_("Anteckning"))


class TargetForm(Plain):
    """Where an indicator should be on a day; the fields are those of its sort."""

    def __init__(self, *args: Any, version: IndicatorVersion, rubric: Iterable[RubricLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"] = day(_("Vilken dag ska det vara nått?"))
        if version.kind == QUALITATIVE:
            self.fields["level"] = level_field(_("Nivå då"), rubric)
        elif version.direction == RANGE:
            self.fields["low"] = number(amount_label(_("Lägst"), version))
            self.fields["high"] = number(amount_label(_("Högst"), version))
        else:
            self.fields["value"] = number(amount_label(_("Målvärde"), version))
        if version.kind != QUALITATIVE:
            self.fields["interpolation"] = choice(
                _("Hur går vägen dit?"), INTERPOLATIONS.items(), none=_("Välj"), hint=_("Från det som kommer före.")
            )
        self.fields["rationale"] = long(_("Varför just dit?"))
        self.fields["decision"] = text(_("Beslut"), most=300, needed=False, hint=_("Vem som beslutade, när och var."))


class FloorForm(Plain):
    """The lowest level that is accepted, and who decided it."""

    def __init__(self, *args: Any, rubric: Iterable[RubricLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["floor_level"] = level_field(_("Lägsta nivå som godtas"), rubric, none=_("Ingen"))
        self.fields["decision"] = text(_("Beslut"), most=300, hint=_("Vem som beslutade, när och var det står."))


@dataclass(frozen=True, slots=True)
class LevelPart:
    """The fields of one level."""

    level: int
    fields: tuple[BoundField, ...]


class LevelsForm(Plain):
    """The five levels in words. One with nothing in it is not described."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in LEVELS:
            self.fields[f"label_{level}"] = text(_("Vad heter nivån?"), most=80, needed=False)
            self.fields[f"descriptor_{level}"] = long(_("Vad innebär den?"))
            self.fields[f"example_{level}"] = long(_("Ett exempel på hur det kan se ut"))

    def parts(self) -> Iterable[LevelPart]:
        """Yield the levels with their fields."""
        for level in LEVELS:
            yield LevelPart(level, tuple(self[f"{word}_{level}"] for word in WORDS))


class ReporterForm(Plain):
    """From when and until when somebody reports."""

    def __init__(self, *args: Any, chosen: Mapping[str, tuple[Choice, ...]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if chosen is not None:
            rows = [
                (heading, [(f"{sort}:{each.key}", each.name) for each in chosen[sort]])
                for sort, heading in (("party", _("Parter")), ("organ", _("Organ och nätverk")))
                if chosen[sort]
            ]
            self.fields["who"] = choice(_("Vem rapporterar?"), rows, none=_("Välj"))
        self.fields["since"] = day(_("Från"), hint=_("Perioder som börjar den dagen eller senare."))
        self.fields["until"] = day(_("Första dagen som de inte längre rapporterar"), needed=False)
        self.fields["order"] = whole(_("Ordning"))


class OnForm(Plain):
    """From when an indicator is no longer followed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = day(_("Första dagen som den inte följs"))


def levels_said(said: Mapping[str, Any]) -> tuple[LevelFacts, ...]:
    """Return the levels that something is written of."""
    found = ((level, [said[f"{word}_{level}"] for word in WORDS]) for level in LEVELS)
    return tuple(
        LevelFacts(level=level, label=label, descriptor=descriptor, example=example)
        for level, (label, descriptor, example) in found
        if label.strip() or descriptor.strip() or example.strip()
    )


def levels_initial(rubric: Iterable[RubricLevel]) -> dict[str, str]:
    return {f"{word}_{each.level}": getattr(each, word) for each in rubric for word in WORDS}


def kept(version: IndicatorVersion, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said with its figures as they are kept: percent as shares. Parts of a share are as written."""
    figures: dict[str, Decimal | None] = {
        name: shares.kept(version, said[name]) for name in ("value", "low", "high") if name in said
    }
    return {**said, **figures}


def baseline_initial(row: Baseline | None) -> dict[str, Any]:
    """Return a baseline as its form is filled in; the value of a share is left to be worked out where it has parts."""
    if row is None:
        return {}
    parts = row.numerator is not None
    return {
        **{name: getattr(row, name) for name in ("day", "level", "na_reason", "source", "note")},
        "numerator": plain(row.numerator),
        "denominator": plain(row.denominator),
        "value": "" if parts else plain(shares.shown(row.version, row.value)),
        "parts_unknown": ["yes"] if row.value is not None and not parts else [],
    }


def target_initial(row: Target) -> dict[str, Any]:
    """Return a target as its form is filled in."""
    same = ("day", "level", "interpolation", "rationale", "decision")
    return {
        **{name: getattr(row, name) for name in same},
        **{name: plain(shares.shown(row.version, getattr(row, name))) for name in ("value", "low", "high")},
    }
