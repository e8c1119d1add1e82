"""What changes on a step's page while it is being filled in: the answer so far, questions that come and go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import COLLABORATION
from tillit.exchange.guide import CHILDREN, GROUPS, relevant
from tillit.exchange.guide_form import Posted
from tillit.exchange.guide_page import Field, Layout, Rows
from tillit.exchange.guide_walk import Shown
from tillit.exchange.sheets import observed_facts
from tillit.web.guide import pages
from tillit.web.language import tongue

Slot = tuple[str, Field | Rows | None]


def live_parts(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Return the parts of a step's page that its answers change, for htmx to put in."""
    if shown.case is None or shown.step not in GROUPS:
        return HttpResponse(status=204)
    lang = tongue()
    guide = relevant(shown.case, as_of=localdate())
    page = Layout(guide, shown.step, shown.sheet, {}, lang).page()
    context = {
        "lang": lang,
        "own": pages.address(shown.step),
        "fields": _fields(shown, {field.name: field for field in page.fields}),
        "lists": _lists(shown, {rows.kind: rows for rows in page.lists}),
        "ways": pages.ways(shown.step, guide),
        **pages.so_far(shown, guide, lang),
    }
    return render(request, "guide/_live.html", context)


def _fields(shown: Shown, needed: dict[str, Field]) -> list[Slot]:
    """Return the questions that have come, and those without an answer that have gone."""
    own = observed_facts(vocabulary().kinds[COLLABORATION])
    changed: list[Slot] = []
    for name, fact in own.items():
        there, wanted = f"q.{name}" in shown.posted, name in needed
        if fact.group == shown.step and there != wanted and not _optional(name, shown.posted):
            changed.append((name, needed.get(name)))
    return changed


def _optional(name: str, post: Posted) -> bool:
    """Return whether a question stands among those that change no outcome, and so stays where it is."""
    return name in post.get("extra", "").split(",")


def _lists(shown: Shown, needed: dict[str, Rows]) -> list[Slot]:
    """Return the lists that have come, that have gone, or that need other cells than the page has."""
    changed: list[Slot] = []
    for kind in CHILDREN:
        there, rows = f"r.{kind}.here" in shown.posted, needed.get(kind)
        if rows is None:
            if there:
                changed.append((kind, None))
        elif not there or _cells(rows) != _posted_cells(kind, shown.posted):
            changed.append((kind, rows))
    return changed


def _cells(rows: Rows) -> set[str]:
    return {cell.key for line in rows.lines for cell in line.cells if cell is not None}


def _posted_cells(kind: str, post: Posted) -> set[str]:
    return {
        key for key in post if key.startswith(f"r.{kind}.") and key.split(".")[2].isdigit() and not key.endswith(".was")
    }
