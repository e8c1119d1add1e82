"""Reports as a workbook: what is asked is downloaded filled in as far as it is known, and uploaded all or nothing."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language, gettext as _, ngettext
from django.views.decorators.http import require_safe

from tillit.apps.followup.actions.bulk import MOST, Entry, RefusedTogether, submit_all
from tillit.apps.followup.actions.observation_evidence import Shown
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import Said
from tillit.apps.followup.models import IndicatorVersion, Reporter
from tillit.apps.followup.queries.calendar import Due
from tillit.apps.followup.queries.report_page import latest_of
from tillit.apps.followup.report_words import amount, period_word
from tillit.apps.followup.shares import kept, shown
from tillit.core.errors import BadInput
from tillit.core.indicators.periods import read_period
from tillit.exchange.report_book import Filled, Line, book, cell_of, filled
from tillit.exchange.words import problem_text
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.followup.report_forms import BookForm
from tillit.web.followup.report_told import figure_told
from tillit.web.followup.reporting import READS_AND_WRITES, mine, to_report
from tillit.web.partnerships.entered import Entered

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Wrong = tuple[str, str]


def asked_now(here: Entered) -> list[Due]:
    """Return what the one who asks can report now: late, due, or waiting for approval still."""
    return [each for each in mine(here) if each.state in ("late", "open", "waiting")]


@signed_in
@require_safe
def report_xlsx(request: SignedInRequest, slug: str) -> HttpResponse:
    here = to_report(request, slug)
    title = _("Rapport: %(name)s") % {"name": here.partnership.name}
    note = _("Fyll i de ljusa cellerna och lämna tomt det som inte är känt. Tomt är inte noll.")
    content = book(title, note, _headings(), _lines(asked_now(here), request))
    headers = {"Content-Disposition": 'attachment; filename="rapport.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@signed_in
@READS_AND_WRITES
def report_book(request: SignedInRequest, slug: str) -> HttpResponse:
    here = to_report(request, slug)
    due = asked_now(here)
    form = BookForm(request.POST, request.FILES) if request.method == "POST" else BookForm()
    wrong: list[Wrong] = []
    if request.method == "POST" and form.is_valid():
        entries, rows, wrong = _entries(form.cleaned_data["file"], due, request)
        if not wrong:
            wrong = _sent(entries, rows, request)
        if not wrong:
            told = ngettext("%(n)s rapport är inskickad.", "%(n)s rapporter är inskickade.", len(entries))
            messages.success(request, told % {"n": len(entries)})
            return redirect("followup:report", slug)
    status = 422 if wrong or form.errors else 200
    context = {**here.context, "form": form, "rows": len(due), "cells": wrong}
    return render(request, "followup/report_book.html", context, status=status)


def _headings() -> tuple[str, ...]:
    return (
        _("Indikator"),
        _("För"),
        _("Period"),
        _("Enhet"),
        _("Kan vara"),
        _("Förra värdet"),
        _("Senast"),
        _("Värde"),
        _("Täljare"),
        _("Nämnare"),
        _("Antal bakom medelvärdet"),
        _("Nivå 0–4"),
        _("Vad nivån bygger på"),
        _("Kommentar"),
        _("Stämmer ändå (ja)"),
        _("Skäl, om perioden är låst"),
        _("Underlag, adress"),
    )


def _lines(due: Sequence[Due], request: SignedInRequest) -> list[Line]:
    stands, before, versions = latest_of([each.reporter for each in due], request.actor.person)
    lines = []
    for each in due:
        row, version = stands.get((each.reporter, each.period)), versions.get(each.indicator)
        low, high = (amount(shown(version, end)) for end in (version.low, version.high)) if version else ("", "")
        asked = (
            each.name,
            each.whose,
            str(each.period),
            each.unit,
            f"{low}–{high}" if low or high else "",
            figure_told(before.get((each.reporter, each.period.ahead(-1))), version, bare=True),
            each.due.isoformat(),
        )
        names = ("value", "numerator", "denominator", "n", "level", "narrative", "comment")
        answers = {name: getattr(row, name) for name in names} if row is not None else {}
        if version is not None and answers:
            answers["value"] = shown(version, answers["value"])
        key = f"{each.reporter}|{each.period}|{row.pk if row is not None else ''}"
        lines.append(Line(key, asked, {name: value for name, value in answers.items() if value not in (None, "")}))
    return lines


def _entries(file: Any, due: Sequence[Due], request: SignedInRequest) -> tuple[list[Entry], list[Filled], list[Wrong]]:
    """Return what the workbook sends in with its rows, or the cells that stand in the way."""
    lang = get_language() or "sv"
    if file.size > settings.UPLOAD_LIMIT:
        return [], [], [("", _("Filen är för stor. Hämta en ny och fyll i den."))]
    try:
        found = filled(file.read())
    except BadInput as bad:
        return [], [], [("", problem_text(each, lang)) for each in bad.problems]
    if found is None:
        return [], [], [("", _("Filen är inte en rapportfil härifrån. Hämta den här på sidan och fyll i den."))]
    rows, unread = found
    wrong = [(each.cell, problem_text(each.problem, lang)) for each in unread]
    if len(rows) > MOST:
        wrong.append(("", _("Filen har fler än %(most)s rader. Dela upp den.") % {"most": MOST}))
    mine_ = {(str(each.reporter), str(each.period)): each for each in due}
    reporters = {str(each.pk): each for each in _reporters(due)}
    versions = versions_of({each.indicator for each in due})
    entries: list[Entry] = []
    for row in rows:
        reporter, _bar, rest = row.key.partition("|")
        period, _bar, seen = rest.partition("|")
        at, asked = read_period(period), mine_.get((reporter, period))
        if asked is None or at is None:
            wrong.append((f"B{row.row}", _("Raden är inget som ni ska rapportera nu. Hämta en ny fil.")))
            continue
        rater = request.actor.person if asked.kind == "qualitative" else None
        said, beside = _said(row, versions.get(asked.indicator))
        entries.append(Entry(slot=Slot(reporters[reporter], at, rater), said=said, shown=beside, seen=_key(seen)))
    if not entries and not wrong:
        wrong = [("", _("Inget är ifyllt. Fyll i minst en rad."))]
    return entries, rows, wrong


def _said(row: Filled, version: IndicatorVersion | None) -> tuple[Said, Shown | None]:
    answers: dict[str, Any] = dict(row.answers)
    if version is not None and "value" in answers:
        answers["value"] = kept(version, answers["value"])
    link = answers.pop("evidence", "")
    return Said(**answers), Shown(title=link[:200], link=link) if link else None


def _sent(entries: list[Entry], rows: list[Filled], request: SignedInRequest) -> list[Wrong]:
    actor = request.actor
    try:
        submit_all(entries=entries, by=actor.person, at=now(), acting_for=actor.organisation)
    except RefusedTogether as refused:
        return [
            (cell_of(rows[place].row, _column(each.field)), _there(each.message, entries[place]))
            for place, each in refused.each
        ]
    return []


def _column(field: str | None) -> str:
    return "evidence" if field in ("evidence_link", "evidence_title") else field or "value"


def _there(message: object, entry: Entry) -> str:
    return f"{entry.slot.reporter.indicator.name}, {period_word(entry.slot.period)}: {message}"


def _reporters(due: Iterable[Due]) -> Iterable[Reporter]:
    keys = {each.reporter for each in due}
    return Reporter.objects.filter(pk__in=keys).select_related("indicator__partnership", "organisation", "organ")


def versions_of(indicators: Iterable[UUID]) -> dict[UUID, IndicatorVersion]:
    """Return the latest version of each indicator. One query."""
    rows = IndicatorVersion.objects.filter(indicator__in=indicators).order_by("starts_on", "number")
    return {each.indicator_id: each for each in rows}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
