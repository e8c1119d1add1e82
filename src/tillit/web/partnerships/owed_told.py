"""What a party owes, as tables in words: what falls due in twelve months, what has no day, what is to be reported."""

from datetime import date

from django.utils.translation import gettext as _

from tillit.apps.partnerships.models.words import AREA_WORDS
from tillit.apps.partnerships.queries.actor import ActorPage
from tillit.core.governance.actor import REPORTING
from tillit.core.governance.commitments import Commitment
from tillit.exchange.yearly import Cell, Column, Table
from tillit.web.partnerships.told import level_word, source, table, yes_no


def owed_tables(page: ActorPage) -> tuple[Table, ...]:
    """Return the tables of a party's commitments."""
    return _due(page), _undated(page), _reporting(page)


def _due(page: ActorPage) -> Table:
    days: dict[str, list[date]] = {}
    for day, each in page.answer.due:
        days.setdefault(each.id, []).append(day)
    owed = {each.id: each for _day, each in page.answer.due}
    rows = [
        (found[0], *_promise(page, owed[key]), len(found), yes_no(owed[key].evidence_required), _said(page, owed[key]))
        for key, found in days.items()
    ]
    heads: tuple[str | Column, ...] = (
        _("Först"),
        *_heads(),
        Column(_("Gånger"), "count"),
        _("Underlag krävs"),
        _("Källa"),
    )
    note = _("Första dagen, och hur många gånger inom tolv månader.")
    return table("forfaller", _("Åtaganden som förfaller inom tolv månader"), heads, rows, note)


def _undated(page: ActorPage) -> Table:
    rows = [(*_promise(page, each), yes_no(each.evidence_required), _said(page, each)) for each in page.answer.undated]
    heads = (*_heads(), _("Underlag krävs"), _("Källa"))
    return table("utan-dag", _("Åtaganden utan någon dag"), heads, rows, _("De gäller, men ingen har sagt när."))


def _reporting(page: ActorPage) -> Table:
    """Both what is due and what has no day: a duty to report is one either way."""
    days: dict[str, date] = {}
    for day, each in page.answer.reporting:
        days.setdefault(each.id, day)
    dated = {each.id: each for _day, each in page.answer.reporting}
    undated = [each for each in page.answer.undated if each.kind in REPORTING]
    rows = [(*_promise(page, each), days.get(each.id), _said(page, each)) for each in (*dated.values(), *undated)]
    heads = (*_heads(), _("Nästa gång"), _("Källa"))
    return table("redovisa", _("Vad parten ska redovisa"), heads, rows)


def _heads() -> tuple[str, ...]:
    return _("Åtagande"), _("Nivå"), _("Område")


def _promise(page: ActorPage, promise: Commitment) -> tuple[Cell, str, str]:
    row = page.promises[promise.id].row
    return Cell(row.text, f"commitment:{row.pk}"), level_word(row.level), str(AREA_WORDS[row.area])


def _said(page: ActorPage, promise: Commitment) -> str:
    row = page.promises[promise.id].row
    basis = page.agreements.get(str(row.agreement_id))
    return source(row.source, basis.title if basis is not None else "")
