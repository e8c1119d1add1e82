"""What somebody says for a period, tried against what its indicator is: its parts, its level, and D14."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tillit.apps.errors import Refused, refuse_personal_numbers
from tillit.apps.followup.models import IndicatorVersion, Observation
from tillit.apps.followup.pictures import approved_values
from tillit.apps.followup.series import own_value
from tillit.core.indicators.quality import QualityThresholds, Reported, checked
from tillit.core.indicators.rollup import MEAN, RATIO
from tillit.core.text import nfc

FIGURES = ("value", "numerator", "denominator", "n", "parts_unknown", "level")
"""The columns that hold what was observed."""
LONGEST = 4000
_MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of a period. None is not known, and never 0.

    `parts`: what the value should be the sum of, where they have it. `confirmed`: that they stand by a value that is
    asked about. `reason`: why an approved value is changed, or one comes when the period is locked.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int | None = None
    parts_unknown: bool = False
    level: int | None = None
    narrative: str = ""
    observed_on: date | None = None
    comment: str = ""
    parts: tuple[Decimal, ...] = field(default=())
    confirmed: bool = False
    reason: str = ""


def columns_of(said: Said, version: IndicatorVersion, today: date) -> dict[str, Any]:
    """Return what is said as the columns of an observation; figures of the other kind are refused, not dropped.

    :raises Refused: a figure cannot be, is of another kind than the indicator, or a text holds a personal number
    """
    ratio = version.aggregation == RATIO
    allowed = {"level"} if version.kind == "qualitative" else {"value", "numerator", "denominator", "n"}
    if version.kind == "quantitative" and not ratio:
        allowed -= {"numerator", "denominator"}
    if version.aggregation != MEAN:
        allowed -= {"n"}
    for name in ("value", "numerator", "denominator", "n", "level"):
        if getattr(said, name) is not None and name not in allowed:
            raise Refused(_("Den här uppgiften hör inte till indikatorn. Lämna fältet tomt."), field=name)
    for name in ("value", "numerator", "denominator"):
        _possible(getattr(said, name), name)
    if said.level is not None and said.level not in range(5):
        raise Refused(_("Nivån är ett heltal från 0 till 4."), field="level")
    if said.n is not None and not 0 <= said.n < 2**31:
        raise Refused(_("Antalet är ett heltal, 0 eller mer."), field="n")
    if said.observed_on is not None and (said.observed_on > today or said.observed_on.year < 1900):
        raise Refused(_("Dagen kan inte stämma. Välj en dag som har varit."), field="observed_on")
    if ratio and said.value is not None and (said.numerator is not None or said.denominator is not None):
        raise Refused(_("Skriv antingen delarna eller bara andelen, inte båda."), field="value")
    texts = {name: _text(getattr(said, name), name) for name in ("narrative", "comment")}
    figures = {name: getattr(said, name) for name in FIGURES}
    return {**figures, **texts, "observed_on": said.observed_on}


def whole(version: IndicatorVersion, columns: Mapping[str, Any]) -> None:
    """Let what is said pass where it is whole enough to send in (I-17, I-18). :raises Refused: what it lacks"""
    if not version.unit and version.kind == "quantitative":
        raise Refused(_("Indikatorn har ingen enhet. Be kansliet skriva den först."), field="value")
    if version.kind == "qualitative":
        if columns["level"] is None:
            raise Refused(_("Välj den nivå som stämmer bäst."), field="level")
        if not columns["narrative"]:
            raise Refused(_("Skriv vad nivån bygger på. En nivå utan ord säger för lite."), field="narrative")
        return
    if version.aggregation == RATIO and not columns["parts_unknown"]:
        _ratio(columns["numerator"], columns["denominator"])
        return
    if columns["value"] is None:
        raise Refused(_("Skriv värdet. Saknas det, så spara ett utkast: tomt är inte noll."), field="value")
    if version.aggregation == MEAN and not columns["n"] and not columns["parts_unknown"]:
        raise Refused(_("Skriv hur många medelvärdet bygger på, eller säg att det inte är känt."), field="n")


def asked_about(
    version: IndicatorVersion,
    columns: Mapping[str, Any],
    parts: tuple[Decimal, ...],
    rows: list[Observation],
    number: int,
    revises: Observation | None,
    limits: QualityThresholds,
) -> tuple[str, ...]:
    """Return why a figure is to be confirmed before it is judged by (D14), nothing where it is not.

    `rows`: what the reporter has said by the same version; of another definition, or of other periods to come, no
    value is held against it. A described level has no such check.
    """
    value = own_value(Observation(**{name: columns[name] for name in FIGURES}))
    if version.kind == "qualitative" or value is None:
        return ()
    found = checked(
        Reported(
            earlier=approved_values(rows, number),
            value=value,
            revises=own_value(revises) if revises is not None else None,
            parts=parts or None,
            low=version.low,
            high=version.high,
        ),
        limits,
    )
    return found.held


def same_figures(row: Observation, columns: Mapping[str, Any]) -> bool:
    """Return whether a row says what is said again: the same figures and the same narrative."""
    return all(getattr(row, name) == columns[name] for name in (*FIGURES, "narrative"))


def _ratio(numerator: Decimal | None, denominator: Decimal | None) -> None:
    for name, part in (("numerator", numerator), ("denominator", denominator)):
        if part is None:
            raise Refused(_("Skriv både täljare och nämnare, eller säg att delarna inte är kända."), field=name)
        if part < 0:
            raise Refused(_("En del av en andel är aldrig under noll."), field=name)
    if denominator == 0 and numerator != 0:
        raise Refused(_("Något av ingenting är ingen andel. Se över nämnaren."), field="denominator")


def _possible(value: Decimal | None, name: str) -> None:
    if value is None:
        return
    if not value.is_finite() or abs(value) >= _MOST or value != round(value, 6):
        raise Refused(_("Talet har för många siffror: högst tolv före kommat och sex efter."), field=name)


def _text(text: str, name: str) -> str:
    plain = nfc(text).replace("\r\n", "\n").strip()
    if len(plain) > LONGEST:
        raise Refused(_("Texten är längre än %(most)s tecken. Korta den.") % {"most": LONGEST}, field=name)
    if any(not sign.isprintable() and sign not in "\n\t" for sign in plain):
        raise Refused(_("Texten innehåller tecken som inte går att visa. Skriv den på nytt."), field=name)
    refuse_personal_numbers(**{name: plain})
    return plain
