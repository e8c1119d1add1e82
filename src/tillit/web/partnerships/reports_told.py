"""What a party is asked to report, as a table for the page and the PDF of what it means to be one."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tillit.apps.followup.models.words import FREQUENCIES
from tillit.apps.followup.queries.duties import Duty
from tillit.apps.followup.report_words import period_word
from tillit.apps.partnerships.models import Partnership
from tillit.exchange.yearly import Cell, Table, Value
from tillit.web.partnerships.told import table

MOST_LATE = 3
"""Periods that are named; the rest are counted."""


def reports_table(partnership: Partnership, reports: Sequence[Duty]) -> Table:
    """Return what a party reports, how often, when next, and to those within what is late."""
    tells = any(each.late is not None for each in reports)
    heads = [_("Indikator"), _("Hur ofta"), _("Sedan"), _("Nästa ska in senast")]
    rows: list[list[Value | Cell]] = []
    for each in reports:
        row: list[Value | Cell] = [
            Cell(each.name, f"indicator:{each.indicator}"),
            str(FREQUENCIES[each.frequency]) if each.frequency else None,
            each.since,
            _next(each),
        ]
        rows.append([*row, _late(each)] if tells else row)
    return table(
        "rapporterar", _("Det ni rapporterar"), [*heads, _("Försenat")] if tells else heads, rows, _note(partnership)
    )


def agreed_table() -> Table:
    """Return the table for one who is no party yet: what to report is agreed for each indicator."""
    rows = [(_("Vad ni rapporterar"), _("bestäms för varje indikator, när ni är med"))]
    note = _("Indikatorerna som följs i dag står på sidan Indikatorer. Bara den som är utsedd rapporterar.")
    return table("rapporterar", _("Att rapportera"), (_("Vad"), _("Läge")), rows, note)


def _next(duty: Duty) -> Value:
    if duty.not_started:
        return _("har inte startat")
    return duty.due if duty.due is not None else _("inget det kommande året")


def _late(duty: Duty) -> str:
    if duty.not_started or not duty.late:
        return "–"
    named = [period_word(each.period) for each in duty.late[-MOST_LATE:]]
    more = len(duty.late) - len(named)
    return (
        ", ".join(named)
        if not more
        else _("%(n)s perioder, senast %(last)s") % {"n": len(duty.late), "last": named[-1]}
    )


def _note(partnership: Partnership) -> str:
    if partnership.not_started:
        return _("Uppföljningen har inte börjat, så ingenting frågas efter än.")
    return _("Vem som rapporterar bestäms för varje indikator. Det som inte kommer in räknas aldrig som noll.")
