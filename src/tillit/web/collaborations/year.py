"""An organisation's yearly report: as a page, as an Excel workbook and as a PDF, all from the same tables."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tillit.apps.collaborations import access
from tillit.apps.collaborations.queries.year import may_be_reported, year_report, years_of
from tillit.apps.collaborations.queries.year_tables import year_tables
from tillit.apps.parties.models import Organisation
from tillit.apps.register.queries import published_of
from tillit.exchange.words import Lang
from tillit.exchange.yearly import FIGURES, MOST_ROWS, Cell, Table, Yearly, note_of, shown
from tillit.exchange.yearly_pdf import pdf
from tillit.exchange.yearly_xlsx import xlsx
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.language import tongue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as the page has it; `href` is "" where it leads nowhere."""

    text: str
    href: str
    figures: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as the page has it: rows of cells, of which the first is the row's heading."""

    key: str
    title: str
    note: str
    headings: tuple[ShownCell, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    foot: tuple[ShownCell, ...]


def yearly_of(organisation: Organisation, number: int, today: date, lang: Lang) -> Yearly:
    """Return the report of a year in a language. Eight queries at most."""
    published = published_of(organisation.pk)
    return year_tables(year_report(organisation, number, today=today, published=published), lang)


@signed_in
@require_safe
def year(request: SignedInRequest, key: UUID, number: int) -> HttpResponse:
    found, today = _to_read(request, key, number)
    report = yearly_of(found, number, today, tongue())
    # The list is of the organisation that one acts for, so that of what has become part of it leads nowhere.
    leads = found == request.actor.organisation
    context = {
        "organisation": found,
        "report": report,
        "tables": [_table(each, report, number, leads=leads) for each in report.tables if not each.in_file_only],
        "number": str(number),
        "years": [str(each) for each in years_of(found, today)],
    }
    return render(request, "collaborations/year.html", context)


@signed_in
@require_safe
def year_xlsx(request: SignedInRequest, key: UUID, number: int) -> HttpResponse:
    found, today = _to_read(request, key, number)
    return _file(xlsx(yearly_of(found, number, today, tongue())), XLSX, found, number, "xlsx")


@signed_in
@require_safe
def year_pdf(request: SignedInRequest, key: UUID, number: int) -> HttpResponse:
    found, today = _to_read(request, key, number)
    return _file(pdf(yearly_of(found, number, today, tongue())), "application/pdf", found, number, "pdf")


def _to_read(request: SignedInRequest, key: UUID, number: int) -> tuple[Organisation, date]:
    today = localdate()
    found = access.year_to_read(request.actor, key, today)
    if not may_be_reported(number, today):
        raise Http404
    return found, today


def _file(content: bytes, content_type: str, organisation: Organisation, number: int, ending: str) -> HttpResponse:
    name = f"arsrapport-{number}-{slugify(organisation.name) or organisation.pk}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _table(table: Table, report: Yearly, number: int, *, leads: bool) -> ShownTable:
    def cells(row: tuple[Cell, ...]) -> tuple[ShownCell, ...]:
        told = []
        for place, cell in enumerate(row):
            sort = table.sort(place, cell)
            href = _address(cell.to, number) if leads or cell.to.startswith(("table:", "organisation:")) else ""
            told.append(ShownCell(shown(cell.value, sort, report.lang), href, sort in FIGURES))
        return tuple(told)

    return ShownTable(
        table.key,
        table.title,
        note_of(table, report.lang),
        tuple(ShownCell(each.title, "", each.sort in FIGURES) for each in table.columns),
        tuple(cells(row) for row in table.rows[:MOST_ROWS]),
        cells(table.foot),
    )


def _address(to: str, number: int) -> str:
    """Return the address of what a cell leads to: the list narrowed, a collaboration, or another table of the page."""
    sort, _sep, name = to.partition(":")
    if sort == "table":
        return f"#{name}"
    if sort == "collaboration":
        return reverse("collaborations:show", args=[name])
    if sort == "organisation":
        return reverse("parties:organisation", args=[name])
    if sort in ("all", "state"):
        asked = {"ar": number} | ({"lage": name} if name else {})
        return f"{reverse('collaborations:rows')}?{urlencode(asked)}"
    return ""
