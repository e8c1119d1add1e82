"""The open register: collaborations as anybody may read them, the same rows as the pages."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localtime
from ninja import Field, Path, Query, Router
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from tillit.api.v1.answers import encoded, page_links, unchanged_or
from tillit.api.v1.parameters import Common, Whole, Year, listed_as, one_of
from tillit.api.v1.problems import Refusal
from tillit.api.v1.public_shapes import Collaboration, CollaborationPage
from tillit.apps.register import queries
from tillit.apps.register.queries import Row, Wanted
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import COLLABORATION

router = Router()
FRESH = "public, max-age=60"
"""What is withdrawn is gone from what others have kept within a minute."""


def _kinds() -> tuple[str, ...]:
    return vocabulary().kinds[COLLABORATION].facts["kind"].values


def _outcomes() -> tuple[str, ...]:
    return ("meets", "breach", "undecided", "judge", "not_applicable")


def _key(given: object) -> object:
    if isinstance(given, str) and len(given) == 36:
        try:
            return UUID(given)
        except ValueError:
            pass
    raise PydanticCustomError("key", "not a key")


KindName = Annotated[str, AfterValidator(one_of(_kinds)), Field(json_schema_extra=listed_as(_kinds))]
OutcomeName = Annotated[str, AfterValidator(one_of(_outcomes)), Field(json_schema_extra=listed_as(_outcomes))]


class CollaborationQuery(Common):
    """As the filters of the page."""

    limit: Whole = Field(20, ge=1, le=200)
    offset: Whole = Field(0, ge=0, le=999_999)
    q: Annotated[str, Field(max_length=100)] | None = None
    kind: KindName | None = None
    outcome: OutcomeName | None = None
    year: Year | None = None
    organisation: Annotated[UUID, BeforeValidator(_key)] | None = None


@router.get("/collaborations", response=CollaborationPage)
def collaborations(request: HttpRequest, query: Query[CollaborationQuery]) -> HttpResponseBase:
    wanted = Wanted(query.q or "", query.kind or "", query.outcome or "", query.year, query.organisation)
    total = queries.count(wanted, most=10**9)
    rows = queries.rows_from(wanted, skip=query.offset, size=query.limit, found=total)
    items = [row_of(each, _href(request, each.public_id)) for each in rows]
    body = encoded({"items": items, "total": total, "limit": query.limit, "offset": query.offset})
    answer = unchanged_or(request, body)
    answer["Link"] = page_links(request, limit=query.limit, offset=query.offset, total=total)
    answer["Cache-Control"] = FRESH
    return answer


@router.get("/collaborations/{public_id}", response={200: Collaboration}, url_name="collaboration")
def collaboration(request: HttpRequest, public_id: Path[str], query: Query[Common]) -> HttpResponseBase:
    found = queries.shown(public_id)
    if found is None:
        raise Refusal(404, "no-such-collaboration")
    if found.withdrawn_at is not None:
        raise Refusal(410, "withdrawn", on=localtime(found.withdrawn_at).date().isoformat())
    changes = [
        {"at": localtime(each.at).isoformat(timespec="seconds"), "what": each.what, "parts": list(each.parts)}
        for each in found.changes
    ]
    told = whole_of(found.row, found.content, changes, _href(request, public_id))
    answer = unchanged_or(request, encoded(told))
    answer["Cache-Control"] = FRESH
    return answer


def row_of(row: Row, page: str) -> dict[str, Any]:
    """Return a row as the list tells it; amounts are text with two decimals, in kronor."""
    return {
        "public_id": row.public_id,
        "page": page,
        "title": row.title,
        "kind": row.kind or None,
        "state": row.state,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "town": row.town or None,
        "organisations": [{name: each[name] for name in ("key", "name", "side")} for each in row.organisations],
        "value": None if row.value is None else f"{row.value:.2f}",
        "value_is": row.value_is or None,
        "outcome": row.outcome or None,
        "edition": row.edition or None,
        "published_on": _day(row.published_at),
        "changed_on": _day(row.changed_at),
        "made_up": row.made_up,
    }


def whole_of(row: Row, content: Mapping[str, Any], changes: list[dict[str, Any]], page: str) -> dict[str, Any]:
    """Return a collaboration whole: its row, and what only its page says."""
    more = ("purpose", "benefits", "framework_agreement", "totals", "participants", "assessment", "versions", "states")
    organisations = {"organisations": content["organisations"]}
    return {**row_of(row, page), **organisations, **{name: content[name] for name in more}, "changes": changes}


def _href(request: HttpRequest, public_id: str) -> str:
    return request.build_absolute_uri(reverse("register:entry", args=[public_id]))


def _day(at: Any) -> str:
    here: date = localtime(at).date()
    return here.isoformat()
