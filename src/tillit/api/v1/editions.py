"""The editions of every line that are here, and which of them were in force on a day."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router

from tillit.api.v1.answers import encoded, unchanged_or
from tillit.api.v1.parameters import Common, EditionQuery
from tillit.api.v1.problems import Refusal
from tillit.api.v1.shapes import Edition, WholeEdition
from tillit.core.rulebook import editions as here
from tillit.core.rulebook.model import Edition as Chosen
from tillit.exchange.rule_rows import Row, edition_row, parameter_rows

router = Router()


@router.get("/editions", response=list[Edition])
def editions(request: HttpRequest, query: Query[EditionQuery]) -> HttpResponseBase:
    """Return the editions, the newest first; with `on`, those in force on that day."""
    rows = [
        row(here.edition(id_))
        for id_, since, until in sorted(here.IN_FORCE, key=lambda each: each[1], reverse=True)
        if query.on is None or (since <= query.on and (until is None or query.on <= until))
    ]
    return unchanged_or(request, encoded(rows))


@router.get("/editions/{line}/{version}", response={200: WholeEdition})
def edition(request: HttpRequest, line: Path[str], version: Path[str], query: Query[Common]) -> HttpResponseBase:
    id_ = f"{line}/{version}"
    if id_ not in here.FOLDERS:
        raise Refusal(404, "no-such-edition", known=", ".join(here.FOLDERS))
    return unchanged_or(request, encoded(whole_row(here.edition(id_))))


def row(chosen: Chosen) -> Row:
    """Return an edition with the line that it is a part of, if it is one."""
    return edition_row(chosen) | {"part_of": chosen.document.part_of}


def whole_row(chosen: Chosen) -> Row:
    return row(chosen) | {"parameters": parameter_rows(chosen)}
