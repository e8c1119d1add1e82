"""Every norm and what covers it, as `tillit rules coverage` of each edition."""

from functools import cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from tillit.api.v1.answers import encoded, unchanged_or
from tillit.api.v1.parameters import OfEdition, chosen
from tillit.api.v1.shapes import Norms
from tillit.exchange.rule_rows import coverage_row

router = Router()


@cache
def _norms(edition_id: str | None) -> bytes:
    told = [coverage_row(each) for each in chosen(edition_id)]
    norms = {norm: row for each in told for norm, row in each["norms"].items()}
    parameters = {name: values for each in told for name, values in each["parameters"].items()}
    return encoded(
        {"norms": norms, "parameters": parameters, "missing": [norm for each in told for norm in each["missing"]]}
    )


@router.get("/norms", response=Norms)
def norms(request: HttpRequest, query: Query[OfEdition]) -> HttpResponseBase:
    return unchanged_or(request, _norms(query.edition))
