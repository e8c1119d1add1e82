"""An answer as bytes: compact JSON, with a tag by which a caller sees that nothing has changed."""

import hashlib
import json
from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

FRESH = "public, max-age=3600"
"""Rules change when the site is upgraded; an hour is what a caller may be behind."""
BOTH = "sv, en"


def encoded(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def unchanged_or(request: HttpRequest, body: bytes, *, lang: str = BOTH, media_type: str = "") -> HttpResponseBase:
    """Return `body`, or 304 when the caller already has it. The tag is the hash of the body."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type=media_type or "application/json; charset=utf-8")
    answer["ETag"], answer["Cache-Control"], answer["Content-Language"] = tag, FRESH, lang
    found: HttpResponseBase | None = get_conditional_response(request, etag=tag, response=answer)
    return found or answer


def page_links(request: HttpRequest, *, limit: int, offset: int, total: int) -> str:
    """Return the Link header (RFC 8288) of a page of a list: first, prev, next and last, where there are such."""
    last = (max(total - 1, 0) // limit) * limit
    places: Mapping[str, int | None] = {
        "first": 0,
        "prev": max(offset - limit, 0) if offset else None,
        "next": offset + limit if offset + limit < total else None,
        "last": last,
    }
    here = request.build_absolute_uri(request.path)
    kept = [(name, value) for name, value in request.GET.items() if name not in {"limit", "offset"}]
    return ", ".join(
        f'<{here}?{urlencode([*kept, ("limit", limit), ("offset", place)])}>; rel="{name}"'
        for name, place in places.items()
        if place is not None
    )


def page_of(request: HttpRequest, rows: list[dict[str, object]], *, limit: int, offset: int) -> HttpResponseBase:
    """Return one page of a list, with how many there are in all."""
    total = len(rows)
    body = encoded({"items": rows[offset : offset + limit], "total": total, "limit": limit, "offset": offset})
    answer = unchanged_or(request, body)
    answer["Link"] = page_links(request, limit=limit, offset=offset, total=total)
    return answer
