"""Reports of a partnership: open ones for anybody, and a system's own, sent in with a key of its organisation."""

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _, override
from ninja import Field, Path, Query, Router
from pydantic import ValidationError

from tillit.api.v1.answers import encoded, page_links, unchanged_or
from tillit.api.v1.observation_shapes import AllTaken, ObservationPage, Report, Reports
from tillit.api.v1.parameters import Common, Whole
from tillit.api.v1.problems import Refusal
from tillit.api.v1.texts import language_of, texts
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.bulk import Entry, RefusedTogether, submit_all
from tillit.apps.followup.actions.keys import use_key
from tillit.apps.followup.actions.observation_evidence import Shown
from tillit.apps.followup.actions.reporting import Held
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import Said
from tillit.apps.followup.models import Observation, Reporter, ReportingKey
from tillit.apps.followup.queries.open_observations import open_observations, open_partnership
from tillit.core.indicators.periods import Period, read_period

router = Router()
FRESH = "public, max-age=60"
ADDRESS = "/partnerships/{slug}/observations"


class ObservationQuery(Common):
    """Which part of the list, of which indicator."""

    limit: Whole = Field(20, ge=1, le=200)
    offset: Whole = Field(0, ge=0, le=999_999)
    indicator: Annotated[str, Field(max_length=40)] | None = None


@router.get(ADDRESS, response=ObservationPage)
def observations(request: HttpRequest, slug: Path[str], query: Query[ObservationQuery]) -> HttpResponseBase:
    partnership = open_partnership(slug)
    if partnership is None:
        raise Refusal(404, "no-such-partnership")
    rows = open_observations(partnership, query.indicator or "")
    total = rows.count()
    items = [row_of(each) for each in rows[query.offset : query.offset + query.limit]]
    answer = unchanged_or(
        request, encoded({"items": items, "total": total, "limit": query.limit, "offset": query.offset})
    )
    answer["Link"] = page_links(request, limit=query.limit, offset=query.offset, total=total)
    answer["Cache-Control"] = FRESH
    return answer


@router.post(ADDRESS, response=AllTaken)
def report_observations(request: HttpRequest, slug: Path[str], query: Query[Common]) -> HttpResponse:
    lang = language_of(request)
    key = _key(request, slug)
    sent = _body(request)
    with override(lang):
        entries = _entries(sent, key)
        try:
            rows = submit_all(entries=entries, by=key.made_by, at=now(), acting_for=key.organisation)
        except RefusedTogether as refused:
            raise Refusal(422, "not-taken", [_row(place, each) for place, each in refused.each]) from refused
    told = {"observations": [_taken(each, entry) for each, entry in zip(rows, entries, strict=True)]}
    headers = {"Cache-Control": "no-store", "Content-Language": lang}
    return HttpResponse(encoded(told), content_type="application/json; charset=utf-8", headers=headers)


def row_of(row: Observation) -> dict[str, Any]:
    """Return an observation as anybody may read it; decimals are text, null is not known. No person, no free text."""
    reporter = row.reporter
    assert row.approved_on is not None
    return {
        "indicator": reporter.indicator.code,
        "name": reporter.indicator.name,
        "period": str(Period(row.frequency, row.number)),
        "ends_on": row.ends_on.isoformat(),
        "reporter": str(reporter.organisation or reporter.organ),
        "organisation": str(reporter.organisation_id) if reporter.organisation_id else None,
        "kind": row.kind,
        "unit": row.version.unit,
        **{name: _text(getattr(row, name)) for name in ("value", "numerator", "denominator")},
        "n": row.n,
        "parts_unknown": row.parts_unknown,
        "level": row.level,
        "definition_version": row.version.number,
        "approved_on": row.approved_on.isoformat(),
        "corrected": row.supersedes_id is not None,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _key(request: HttpRequest, slug: str) -> ReportingKey:
    """Return the key that the caller holds.

    :raises Refusal: there is none, or it does not open this partnership; which of them is not told
    """
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    found = None
    if scheme.lower() == "bearer" and secret and secret.isascii():
        found = use_key(secret=secret.strip(), slug=slug.replace("\x00", ""), today=localdate())
    if found is None:
        raise Refusal(401, "no-key")
    return found


def _body(request: HttpRequest) -> list[Report]:
    """Return what is sent. :raises Refusal: it is too large, of another kind, no JSON, or of another shape"""
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    kind = (request.content_type or "").lower()
    if kind != "application/json" or charset not in {"utf-8", "utf8"} or "Content-Encoding" in request.headers:
        raise Refusal(415, "unsupported-type", known="application/json")
    limit: int = settings.UPLOAD_LIMIT
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit or len(request.body) > limit:
        raise Refusal(413, "too-large", limit=str(limit // settings.MEGABYTE))
    try:
        plain = json.loads(request.body, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise Refusal(400, "unreadable") from None
    try:
        return Reports.model_validate(plain, strict=False).observations
    except ValidationError as wrong:
        lang = language_of(request)
        raise Refusal(422, "not-taken", [_shape_row(each, lang) for each in wrong.errors()[:100]]) from None


def _shape_row(error: Any, lang: Any) -> dict[str, str]:
    known = {"missing": "missing", "extra_forbidden": "unknown"}
    why = known.get(error["type"], "invalid")
    says = texts(lang)["observation_problem"][why]
    return {"code": f"observation.{why}", "place": _place(error["loc"]), **says}


def _place(steps: Any) -> str:
    """Return where something stands: "observations[0].value". A name that is not ours is not repeated."""
    known = {*Report.model_fields, *Reports.model_fields}
    said = "".join(f"[{step}]" if isinstance(step, int) else f".{step if step in known else '…'}" for step in steps)
    return said.removeprefix(".")


def _entries(sent: list[Report], key: ReportingKey) -> list[Entry]:
    rows = Reporter.objects.filter(indicator__partnership=key.partnership_id, organisation=key.organisation_id)
    reporters = {
        each.indicator.code: each
        for each in rows.select_related("indicator__partnership", "organisation", "organ").order_by("pk")
    }
    entries, wrong = list[Entry](), list[dict[str, str]]()
    for place, each in enumerate(sent):
        try:
            entries.append(_entry(each, reporters, key))
        except Refused as refused:
            wrong.append(_row(place, refused))
    if wrong:
        raise Refusal(422, "not-taken", wrong)
    return entries


def _entry(each: Report, reporters: dict[str, Reporter], key: ReportingKey) -> Entry:
    """Return one report. :raises Refused: the organisation reports no such indicator, or the period is none"""
    reporter, period = reporters.get(each.indicator), read_period(each.period)
    if reporter is None:
        raise Refused(
            _("Organisationen rapporterar ingen indikator med den koden. Se sidan Rapportera."), field="indicator"
        )
    if period is None or not 1900 <= period.start.year < 3000:
        raise Refused(_("Perioden går inte att läsa. Skriv den som 2026-Q2, 2026-06 eller 2026."), field="period")
    names = ("n", "parts_unknown", "level", "narrative", "observed_on", "comment", "confirmed", "reason")
    figures: dict[str, Any] = {
        name: _number(getattr(each, name), name) for name in ("value", "numerator", "denominator")
    }
    parts = tuple(found for text in each.parts if (found := _number(text, "parts")) is not None)
    said = Said(**figures, parts=parts, **{name: getattr(each, name) for name in names})
    shown = None
    if each.evidence_link or each.evidence_title:
        shown = Shown(title=each.evidence_title or each.evidence_link[:200], link=each.evidence_link)
    rater = key.made_by if each.level is not None else None
    return Entry(slot=Slot(reporter, period, rater), said=said, shown=shown, over=True)


def _number(text: str | None, name: str) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Refused(_("Skriv talet som text med decimalpunkt, som 12.5."), field=name) from None


def _row(place: int, refused: Refused) -> dict[str, str]:
    """Return what stands in the way of one report: what, and after its first sentence, what to do."""
    said = str(refused.message)
    problem, _dot, remedy = said.partition(". ")
    code = "observation.held" if isinstance(refused, Held) else "observation.refused"
    if isinstance(refused, Held):
        problem, remedy = " ".join(refused.reasons), said
    where = f"observations[{place}]" + (f".{refused.field}" if refused.field else "")
    return {"code": code, "place": where, "problem": problem, "remedy": remedy}


def _taken(row: Observation, entry: Entry) -> dict[str, Any]:
    period: Period = entry.slot.period
    return {
        "indicator": entry.slot.reporter.indicator.code,
        "period": str(period),
        "status": row.status,
        "held": list(row.held),
    }


def example() -> dict[str, Any]:
    """Return a row of the open list, for the description."""
    return {
        "indicator": "starts",
        "name": "Startade prövningar",
        "period": "2026-Q2",
        "ends_on": date(2026, 6, 30).isoformat(),
        "reporter": "Region Exempel",
        "organisation": "6f2f1f1e-0000-4000-8000-000000000001",
        "kind": "quantitative",
        "unit": "prövningar",
        "value": "12",
        "numerator": None,
        "denominator": None,
        "n": None,
        "parts_unknown": False,
        "level": None,
        "definition_version": 1,
        "approved_on": date(2026, 7, 20).isoformat(),
        "corrected": False,
    }
