"""The editions that are here, and which of them was in force on a day."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router

from tillit.api.v1.answers import encoded, unchanged_or
from tillit.api.v1.parameters import Common, EditionQuery
from tillit.api.v1.problems import Refusal
from tillit.api.v1.shapes import Edition, WholeEdition
from tillit.core.rulebook import editions as here
from tillit.exchange.rule_rows import edition_row, parameter_rows

router = Router()


@router.get("/editions", response=list[Edition])
def editions(request: HttpRequest, query: Query[EditionQuery]) -> HttpResponseBase:
    """Return the editions, the newest first; with `on`, the one in force on that day."""
    rows = [
        edition_row(here.edition(id_))
        for id_, since, until in reversed(here.IN_FORCE)
        if query.on is None or (since <= query.on and (until is None or query.on <= until))
    ]
    return unchanged_or(request, encoded(rows))


@router.get("/editions/{line}/{version}", response={200: WholeEdition})
def edition(request: HttpRequest, line: Path[str], version: Path[str], query: Query[Common]) -> HttpResponseBase:
    id_ = f"{line}/{version}"
    if id_ not in here.FOLDERS:
        raise Refusal(404, "no-such-edition", known=", ".join(here.FOLDERS))
    chosen = here.edition(id_)
    return unchanged_or(request, encoded({**edition_row(chosen), "parameters": parameter_rows(chosen)}))
