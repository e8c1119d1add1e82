"""Try a case that is sent, and answer. Nothing is kept."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Query, Router

from tillit.api.v1.answers import encoded
from tillit.api.v1.parameters import CheckQuery
from tillit.api.v1.problems import Refusal
from tillit.api.v1.shapes import Answer
from tillit.api.v1.texts import language_of
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.facts import Case
from tillit.exchange import casefile
from tillit.exchange.answer import answer

router = Router()

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {"application/json": ".json", "application/toml": ".toml", EXCEL: ".xlsx"}


@router.post("/check", response={200: Answer}, by_alias=True)
def check(request: HttpRequest, query: Query[CheckQuery]) -> HttpResponse:
    lang = language_of(request)
    found = check_case(_case(request), as_of=query.on or localdate(), edition=query.edition)
    told = answer(found, lang=lang, asked=query.asked, everything=query.all == "true")
    headers = {"Cache-Control": "no-store", "Content-Language": lang}
    return HttpResponse(encoded(told), content_type="application/json; charset=utf-8", headers=headers)


def _case(request: HttpRequest) -> Case:
    """Return the case in the body, which is read as what its Content-Type says it is.

    :raises Refusal: it is too large, or of a kind that is not read
    :raises BadInput: it cannot be used
    """
    ending = ENDINGS.get((request.content_type or "").lower())
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if ending is None or charset not in {"utf-8", "utf8"} or "Content-Encoding" in request.headers:
        raise Refusal(415, "unsupported-type", known=", ".join(ENDINGS))
    limit: int = settings.UPLOAD_LIMIT
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit or len(request.body) > limit:
        raise Refusal(413, "too-large", limit=str(limit // settings.MEGABYTE))
    return casefile.read(request.body, f"case{ending}", lang=language_of(request))
