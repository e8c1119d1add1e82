"""What a case can hold: every fact, and the JSON Schema of a case file."""

from functools import cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from tillit.api.v1.answers import encoded, unchanged_or
from tillit.api.v1.parameters import Common
from tillit.api.v1.shapes import Fact
from tillit.core.rulebook.editions import edition, newest_of_each_line, vocabulary
from tillit.exchange.fact_rows import facts as fact_rows
from tillit.exchange.schema import case_schema

router = Router()


@cache
def _facts() -> bytes:
    return encoded(fact_rows(vocabulary(), [edition(id_) for id_ in newest_of_each_line()]))


@cache
def _schema() -> bytes:
    return encoded(case_schema(vocabulary()))


@router.get("/facts", response=list[Fact])
def facts(request: HttpRequest, query: Query[Common]) -> HttpResponseBase:
    return unchanged_or(request, _facts())


@router.get("/facts/schema")
def facts_schema(request: HttpRequest, query: Query[Common]) -> HttpResponseBase:
    return unchanged_or(request, _schema(), lang="en", media_type="application/schema+json")
