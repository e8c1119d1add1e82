"""What it would mean to join, as tables in words: one shape for page and PDF. Each line has its source."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _, ngettext

from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.models import Agreement, Partnership
from tillit.apps.partnerships.models.words import (
    AREA_WORDS,
    LEVEL_WORDS,
    RIGHT_WORDS,
    ROLE_WORDS,
    TERM_WORDS,
    TIER_WORDS,
)
from tillit.apps.partnerships.queries.prospect import ProspectPage, SeatsThere
from tillit.core.governance.prospect import LevelAnswer, ModelCommitment, ModelMandate
from tillit.exchange.words import Lang
from tillit.exchange.yearly import Cell, Column, Table, Yearly
from tillit.web.partnerships.actor_told import money
from tillit.web.partnerships.reports_told import agreed_table
from tillit.web.partnerships.told import level_word, source, table, yes_no


def prospect_told(partnership: Partnership, page: ProspectPage, today: date, lang: Lang) -> Yearly:
    """Return the page as a report."""
    notes = [
        _("Den som inte har gått med är inte skyldig något än. Det här är vad som skulle gälla."),
        _("Uppgift saknas betyder att ingen har sagt något. Det räknas aldrig som noll."),
    ]
    return Yearly(
        lang=lang,
        title=_("Vad innebär det att vara aktör i partnerskapet?"),
        period=partnership.name,
        made_on=today,
        facts=tuple(_facts(partnership, page, today)),
        notes=tuple(notes),
        tables=(
            _sign(page),
            _seats(page),
            _says(page),
            _commitments(page),
            agreed_table(),
            _leaving(page, lang),
            money(),
        ),
    )


def _facts(partnership: Partnership, page: ProspectPage, today: date) -> Iterable[tuple[str, str]]:
    yield _("För"), str(KINDS[page.kind])
    yield _("I rollen"), str(ROLE_WORDS[page.role])
    told = [_word(page, each.level) for each in page.answers]
    yield _("Nivåer"), ", ".join(told) or _("ingen nivå säger något om det slaget av part i den rollen")
    yield _("Läget den"), today.isoformat()
    if partnership.made_up:
        yield _("Påhittat"), _("Det här är ett exempel. Det som inte har en källa är påhittat.")


def _sign(page: ProspectPage) -> Table:
    rows = [
        (
            Cell(row.title, f"agreement:{row.pk}"),
            level_word(row.level),
            str(TERM_WORDS[row.term_mode]),
            source(row.source),
        )
        for row in _agreements(page)
    ]
    heads = (_("Avtal"), _("Nivå"), _("Löptid"), _("Källa"))
    return table("skriva-under", _("Avtal att underteckna"), heads, rows)


def _seats(page: ProspectPage) -> Table:
    rows = []
    for answer in page.answers:
        votes = {each.id for each in answer.votes}
        for each in answer.seats:
            there = page.seats[each.id]
            rows.append(
                (
                    Cell(there.organ.name, f"organ:{there.organ.pk}"),
                    _word(page, answer.level),
                    str(TIER_WORDS[there.organ.tier]),
                    len(there.seats),
                    _proposes(page, there),
                    yes_no(each.id in votes),
                    source(there.organ.source),
                )
            )
    heads = (_("Organ"), _("Nivå"), _("Roll"), Column(_("Platser"), "count"), _("Föreslås av"), _("Röstar"), _("Källa"))
    note = _("Platser som någon från er kan sitta på, för sin sektor. De kan vara upptagna i dag.")
    return table("platser", _("Platser ni kan få"), heads, rows, note)


def _proposes(page: ProspectPage, there: SeatsThere) -> str:
    if there.proposes:
        return ngettext("er: %(n)s plats", "er: %(n)s platser", there.proposes) % {"n": there.proposes}
    kinds = sorted({str(KINDS[seat.nominating_class]) for seat in there.seats if seat.nominating_class})
    return ", ".join(kinds) or _("ingen plats är er att föreslå till")


def _says(page: ProspectPage) -> Table:
    rows = [
        _right(page, answer, each)
        for answer in page.answers
        for each in (*answer.decides, *answer.prepares, *answer.advises)
    ]
    heads = (_("Fråga"), _("Nivå"), _("Rätt"), _("Genom vilket organ"), _("Källa"))
    note = _("Besluta kan bara den som har en plats som röstar.")
    return table("bestamma", _("Vad ni får besluta, bereda och ge råd om"), heads, rows, note)


def _right(page: ProspectPage, answer: LevelAnswer, mandate: ModelMandate) -> tuple[str, ...]:
    row = page.mandates[mandate]
    word = str(RIGHT_WORDS[mandate.right])
    return row.subject.name, _word(page, answer.level), word, row.organ.name, source(row.source)


def _commitments(page: ProspectPage) -> Table:
    rows = []
    for answer in page.answers:
        for each in answer.commitments:
            row = page.commitments[each.id]
            rows.append(
                (
                    row.text,
                    _word(page, answer.level),
                    str(TIER_WORDS[row.tier]) if row.tier else None,
                    str(AREA_WORDS[row.area]),
                    _often(each),
                    yes_no(each.evidence_required),
                    source(row.source),
                )
            )
    heads = (
        _("Åtagande"),
        _("Nivå"),
        _("Organens roll"),
        _("Område"),
        _("Hur ofta"),
        _("Underlag krävs"),
        _("Källa"),
    )
    return table("ataganden", _("Vad ni åtar er"), heads, rows)


def _often(commitment: ModelCommitment) -> str | None:
    if commitment.months is None:
        return None
    return ngettext("varje månad", "med %(n)s månaders mellanrum", commitment.months) % {"n": commitment.months}


def _leaving(page: ProspectPage, lang: Lang) -> Table:
    rows = []
    for row in _agreements(page):
        told = page.leaving.get(str(row.pk))
        months = None if row.notice_months is None else _("%(n)s månader") % {"n": row.notice_months}
        way = told.leaving.said(lang) if told is not None else _("Avtalet sägs upp skriftligt.")
        rows.append((row.title, way, months, source(row.source)))
    heads = (_("Avtal"), _("Så lämnar ni"), _("Uppsägningstid"), _("Källa"))
    return table("lamna", _("Hur ni lämnar"), heads, rows)


def _agreements(page: ProspectPage) -> list[Agreement]:
    return [page.agreements[each.id] for answer in page.answers for each in answer.sign]


def _word(page: ProspectPage, code: str) -> str:
    return str(LEVEL_WORDS.get(code, page.levels.get(code, code)))
