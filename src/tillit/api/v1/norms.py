"""Every norm of an edition and what covers it, as `tillit rules coverage`."""

from functools import cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from tillit.api.v1.answers import encoded, unchanged_or
from tillit.api.v1.parameters import OfEdition
from tillit.api.v1.shapes import Norms
from tillit.core.rulebook.editions import edition
from tillit.exchange.rule_rows import coverage_row

router = Router()


@cache
def _norms(edition_id: str) -> bytes:
    return encoded(coverage_row(edition(edition_id)))


@router.get("/norms", response=Norms)
def norms(request: HttpRequest, query: Query[OfEdition]) -> HttpResponseBase:
    return unchanged_or(request, _norms(query.edition))
