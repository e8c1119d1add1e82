"""What the pages of reports tell in words: each period with its state, and what stands beside the form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tillit.apps.followup.models import IndicatorVersion, Observation
from tillit.apps.followup.models.words import OBSERVATION_STATUS
from tillit.apps.followup.queries.calendar import Due
from tillit.apps.followup.queries.report_page import ReportPage
from tillit.apps.followup.report_words import ASKED_WORDS, STATE_MARKS, STATE_WORDS, amount, due_told, period_word
from tillit.apps.followup.series import APPROVED, own_value
from tillit.apps.followup.shares import shown
from tillit.core.indicators.rollup import RATIO
from tillit.web.followup.drawing.figures import number, places_of


@dataclass(frozen=True, slots=True)
class DueTold:
    """A period to report, with its state as a word and a shape. `when`: how long is left; "" where it is past."""

    due: Due
    period: str
    mark: str
    word: str
    when: str

    @property
    def note(self) -> str:
        """Return what has happened with it so far, "" for nothing."""
        words = {"draft": _("utkast sparat"), "returned": _("återlämnat: rätta och skicka in igen")}
        return words.get(self.due.status, "")


def due_told_rows(rows: Iterable[Due]) -> list[DueTold]:
    """Return periods in words."""
    return [
        DueTold(
            each,
            period_word(each.period),
            STATE_MARKS["very_late" if each.very_late else each.state],
            str(STATE_WORDS[each.state]),
            due_told(each.days_left) if each.state in ("late", "open", "coming") else "",
        )
        for each in rows
    ]


def figure_told(row: Observation | None, version: IndicatorVersion | None = None, *, bare: bool = False) -> str:
    """Return what a row says with its unit, a share with its parts; what nobody has said is missing and not 0.

    `version`: the one it is said by, the row's own where nothing is given. `bare`: the unit stands beside.
    """
    if row is None:
        return _("uppgift saknas")
    if row.level is not None:
        return str(row.level)
    by = version or row.version
    value = shown(by, own_value(row))
    said = _("uppgift saknas") if value is None else f"{_written(by, value)} {'' if bare else by.unit}".strip()
    if row.numerator is not None and row.denominator is not None:
        parts = _("%(part)s av %(whole)s") % {"part": amount(row.numerator), "whole": amount(row.denominator)}
        return f"{said} ({parts})" if value is not None else parts
    return said


def _written(version: IndicatorVersion, value: Decimal) -> str:
    """Return a figure as it was said; a quotient, which nobody has said, with the decimals that it needs."""
    return number(value, places_of([value])) if version.aggregation == RATIO else amount(value)


def asked_words(row: Observation | None) -> list[str]:
    """Return why a row is asked about, as sentences."""
    return [str(ASKED_WORDS[each]) for each in (row.held if row is not None else []) if each in ASKED_WORDS]


def _not_yet(row: Observation | None) -> str:
    """Return where a figure stands that nobody has approved, "" for one that is approved or missing."""
    return "" if row is None or row.status in APPROVED else str(OBSERVATION_STATUS[row.status])


def page_told(found: ReportPage, today: date) -> dict[str, Any]:
    """Return what the page of a report shows."""
    reporter, version, standing = found.reporter, found.version, found.standing
    assert version is not None
    assert found.due is not None
    left = (found.due - today).days
    reported = standing is not None and standing.status in ("submitted", "approved", "locked")
    return {
        "found": found,
        "indicator": reporter.indicator,
        "version": version,
        "whose": reporter.organisation or reporter.organ,
        "period": period_word(found.period),
        "code": str(found.period),
        "when": "" if reported else due_told(left),
        "standing": standing,
        "stands": figure_told(standing),
        "status": str(OBSERVATION_STATUS[standing.status]) if standing is not None else "",
        "asked": asked_words(standing),
        "before": [(period_word(at), figure_told(row), _not_yet(row)) for at, row in found.before],
        "history": [(each, figure_told(each), str(OBSERVATION_STATUS[each.status])) for each in found.history],
        "others": [(each, figure_told(each), str(OBSERVATION_STATUS[each.status])) for each in found.others],
        "low": amount(shown(version, version.low)),
        "high": amount(shown(version, version.high)),
    }
