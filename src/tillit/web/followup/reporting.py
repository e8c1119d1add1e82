"""What one is to report in a partnership, the form of one period, and a correction of what was approved."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.documents.models import DocumentVersion
from tillit.apps.documents.queries import content_of
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.reporting import Held, correct, save_draft, submit
from tillit.apps.followup.answering import may_report, reads_reports, sees_indicator
from tillit.apps.followup.asked import Slot, locked_through
from tillit.apps.followup.models import ObservationEvidence
from tillit.apps.followup.queries.calendar import Due, due_for
from tillit.apps.followup.queries.report_page import ReportPage, report_page, reporter_of
from tillit.apps.followup.series import APPROVED
from tillit.apps.partnerships.access import SPEAKS
from tillit.core.indicators.periods import read_period
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.followup.report_forms import ReportForm, initial_of
from tillit.web.followup.report_told import due_told_rows, page_told
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships.entered import Entered, enter

READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
def report(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the one who asks is to report here; 403 for one who has no part in the partnership."""
    here = to_report(request, slug)
    rows = mine(here)
    told = due_told_rows(rows)
    context = {
        "now": [each for each in told if each.due.state in ("late", "open")],
        "soon": [each for each in told if each.due.state == "coming"],
        "waiting": [each for each in told if each.due.state == "waiting"],
        "done": [each for each in told if each.due.state == "done"],
        "late": sum(each.state == "late" for each in rows),
        "speaks": speaks_here(here),
        "asked": bool(rows),
    }
    return render(request, "followup/report.html", {**here.context, **context})


def to_report(request: SignedInRequest, slug: str) -> Entered:
    """Return who has a part in what is reported in a partnership.

    :raises PermissionDenied: they may know of it, and have none
    """
    here = enter(request, slug)
    if not (here.sight.party or reads_reports(here.sight)):
        raise PermissionDenied
    return here


def speaks_here(here: Entered) -> bool:
    """Return whether the one who asks speaks for the party that they act for."""
    return here.actor is not None and here.sight.member and bool(here.actor.roles & SPEAKS)


def mine(here: Entered) -> tuple[Due, ...]:
    """Return what the one who asks is to report in this partnership. Two queries."""
    if here.actor is None:
        return ()
    speaks = speaks_here(here)
    rows = due_for(here.actor.person, here.actor.organisation, here.today, speaks=speaks)
    return tuple(each for each in rows if each.slug == here.partnership.slug)


@signed_in
@READS_AND_WRITES
def report_form(request: SignedInRequest, slug: str, key: UUID, period: str) -> HttpResponse:
    here = enter(request, slug)
    found = _to_read(here, key, period, request)
    open_ = found.period.end < here.today
    writes = may_report(here.actor, here.sight, found.reporter) and open_
    standing = found.standing
    approved = standing is not None and standing.status in APPROVED
    deeds = _report_deeds(request, here, found) if writes and not approved else {}
    context = {
        **page_told(found, here.today),
        "correctable": writes and approved,
        "opens": None if open_ else found.period.ahead(1).start,
    }
    to = reverse("followup:report", args=[slug])
    return answer(request, "followup/report_form.html", {**here.context, **context}, deeds, to=to)


@signed_in
@READS_AND_WRITES
def report_correct(request: SignedInRequest, slug: str, key: UUID, period: str) -> HttpResponse:
    """Correct what was approved; 403 for one who does not report it, 404 where nothing is approved."""
    here = enter(request, slug)
    found = _to_read(here, key, period, request)
    if not may_report(here.actor, here.sight, found.reporter):
        raise PermissionDenied
    standing = found.standing
    if standing is None or standing.status not in APPROVED:
        raise Http404

    def act(form: ReportForm) -> object:
        who: dict[str, Any] = {"by": request.actor.person, "at": now(), "acting_for": request.actor.organisation}
        return correct(observation=standing, said=form.told(), shown=form.shown(), **who)

    initial = {**initial_of(standing), "reason": "", "comment": ""}
    deed = _deed(request, found, initial, _("Varför rättas värdet?"), act, _("Rättelsen är inskickad."))
    context = {**page_told(found, here.today), "correcting": True}
    to = reverse("followup:report_form", args=[slug, key, period])
    return answer(request, "followup/report_form.html", {**here.context, **context}, {"correct": deed}, to=to)


@signed_in
@require_safe
def report_evidence(request: SignedInRequest, slug: str, key: UUID, version: UUID) -> HttpResponse:
    """A file that a report rests on, for parties, office and evaluators."""
    here = enter(request, slug)
    reporter = reporter_of(here.partnership, key)
    if reporter is None or not (here.sight.party or reads_reports(here.sight)):
        raise Http404
    if not (may_report(here.actor, here.sight, reporter) or sees_indicator(here.sight, reporter.indicator)):
        raise Http404
    of = ObservationEvidence.objects.filter(observation__reporter=reporter).values("version")
    found = DocumentVersion.objects.filter(pk=version, pk__in=of).first()
    if found is None:
        raise Http404
    named = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return HttpResponse(content_of(found), content_type="application/octet-stream", headers=headers)


def _to_read(here: Entered, key: UUID, period: str, request: SignedInRequest) -> ReportPage:
    """Return a period that somebody reports, or reads as the office does.

    :raises Http404: there is none, or it is nothing for them
    :raises PermissionDenied: they may know of the indicator and no more
    """
    reporter, at = reporter_of(here.partnership, key), read_period(period)
    if reporter is None or at is None or not 1900 <= at.start.year < 3000:
        raise Http404
    if not (may_report(here.actor, here.sight, reporter) or reads_reports(here.sight)):
        if sees_indicator(here.sight, reporter.indicator):
            raise PermissionDenied
        raise Http404
    found = report_page(reporter, at, request.actor.person)
    if found.version is None:
        raise Http404
    return found


def _report_deeds(request: SignedInRequest, here: Entered, found: ReportPage) -> dict[str, Deed]:
    actor = request.actor
    rater = actor.person if found.rubric or found.version is None or found.version.kind == "qualitative" else None
    slot = Slot(found.reporter, found.period, rater)
    who: dict[str, Any] = {"by": actor.person, "acting_for": actor.organisation}
    through = locked_through(here.partnership)
    locked = through is not None and found.period.end <= through
    reasoned = _("Perioden är låst. Varför kommer uppgiften nu?") if locked else ""

    def send(form: ReportForm) -> None:
        try:
            submit(slot=slot, said=form.told(), shown=form.shown(), seen=form.seen(), at=now(), **who)
        except Held as held:
            if _kept(lambda: save_draft(slot=slot, said=form.told(), at=now(), **who)):
                kept = _("Det är sparat som utkast så länge.")
                said = f"{held.message} {kept}"
                raise Refused(said, field=held.field) from held
            raise

    def keep(form: ReportForm) -> None:
        save_draft(slot=slot, said=form.told(), shown=form.shown(), at=now(), **who)

    initial = initial_of(found.standing)
    told = _("Inskickat. Kansliet godkänner.")
    deeds = {"submit": _deed(request, found, initial, reasoned, send, told)}
    if found.standing is None or found.standing.status != "submitted":
        deeds["draft"] = _deed(request, found, initial, reasoned, keep, _("Utkastet är sparat."))
    return deeds


def _kept(write: Callable[[], object]) -> bool:
    """Return whether what was typed is kept as a draft: what is asked about is not lost where there can be one."""
    try:
        write()
    except Refused:
        return False
    return True


def _deed(
    request: HttpRequest,
    found: ReportPage,
    initial: dict[str, Any],
    reasoned: str,
    act: Callable[[ReportForm], object],
    told: str,
) -> Deed:
    made: list[ReportForm] = []
    version = found.version
    assert version is not None

    def form(*args: Any, **kwargs: Any) -> ReportForm:
        files: Iterable[Any] = (request.FILES,) if args else ()
        more: dict[str, Any] = {"version": version, "rubric": found.rubric, "reasoned": reasoned, "initial": initial}
        made.append(ReportForm(*args, *files, **more, **kwargs))
        return made[-1]

    return Deed(form, lambda _said: act(made[-1]), told)
