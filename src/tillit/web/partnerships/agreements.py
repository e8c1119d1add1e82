"""The agreements of a partnership, one of them, its file; a party signs it, or gives notice, on a page of its own."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.documents.models import DocumentVersion
from tillit.apps.documents.queries import content_of
from tillit.apps.errors import Refused
from tillit.apps.partnerships.access import speaks_for
from tillit.apps.partnerships.actions.agreement_steps import give_notice
from tillit.apps.partnerships.actions.agreements import attach_file
from tillit.apps.partnerships.actions.parties import Signing, sign
from tillit.apps.partnerships.models import Agreement, AgreementParty
from tillit.apps.partnerships.models.words import AGREEMENT_TYPE_WORDS, OPENNESS, TERM_WORDS
from tillit.apps.partnerships.queries.agreement import BOUND, agreement_page, party_row
from tillit.apps.partnerships.queries.agreements import Loaded, agreement_rows, loaded
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships import agreement_forms as forms
from tillit.web.partnerships.entered import Entered, enter

both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def agreements(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug, asked=True)
    rows = agreement_rows(seen(here, loaded(here.partnership)), here.today)
    return render(request, "partnerships/agreements.html", {**here.context, "rows": rows, "named": named(here)})


@require_safe
def agreement(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug, asked=True)
    whole = seen(here, loaded(here.partnership))
    found = agreement_of(whole, key)
    mine = _own(here, whole, found)
    on = _day(request)
    page = agreement_page(whole, found, here.today, named=named(here) or mine is not None, reads_on=on)
    context = {
        "found": found,
        "page": page,
        "type": AGREEMENT_TYPE_WORDS[found.type],
        "term": TERM_WORDS[found.term_mode],
        "openness": OPENNESS[found.openness],
        "reads_on": on or here.today,
        "named": named(here) or mine is not None,
        "signs": mine is not None and _signs(here, mine),
        "mine": mine,
    }
    return render(request, "partnerships/agreement.html", {**here.context, **context})


@signed_in
@both
def signing(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """One's own organisation's signature on an agreement, and its notice: for who speaks for it."""
    here = enter(request, slug, asked=True)
    whole = seen(here, loaded(here.partnership))
    found = agreement_of(whole, key)
    mine = _own(here, whole, found)
    if mine is None or not _signs(here, mine):
        raise PermissionDenied
    told = party_row(whole.facts[str(found.pk)], mine, here.today)
    deeds = _own_deeds(here, found, mine, bound=told.state == BOUND)
    context = {**here.context, "found": found, "mine": told}
    to = reverse("partnerships:agreement", args=[slug, key])
    return answer(request, "partnerships/signing.html", context, deeds, to=to)


@signed_in
@both
def put_file(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """Put the agreement's file on record: for the office."""
    here = enter(request, slug)
    actor = here.run()
    found = agreement_of(loaded(here.partnership), key)
    form = forms.FileForm(request.POST, request.FILES) if request.method == "POST" else forms.FileForm()
    if form.is_valid():
        try:
            file = form.cleaned_data["file"]
            attach_file(agreement=found, file=file, by=actor.person, acting_for=actor.acting_for, at=now())
            return redirect("partnerships:agreement", slug=slug, key=key)
        except Refused as refused:
            form.add_error("file", str(refused.message))
    shown = {**here.context, "found": found, "form": form}
    return render(request, "partnerships/agreement_file.html", shown, status=422 if form.errors else 200)


@require_safe
def download(request: HttpRequest, slug: str, key: UUID, version: UUID) -> HttpResponse:
    here = enter(request, slug, asked=True)
    found = agreement_of(seen(here, loaded(here.partnership)), key)
    kept = DocumentVersion.objects.filter(pk=version, document=found.document_id, document__removed_at__isnull=True)
    row = kept.first()
    if row is None:
        raise Http404
    saved = f"attachment; filename*=UTF-8''{quote(row.name, safe='')}"
    headers = {"Content-Disposition": saved, "Cache-Control": "no-store"}
    return HttpResponse(content_of(row), content_type="application/octet-stream", headers=headers)


def seen(here: Entered, whole: Loaded) -> Loaded:
    """Return the agreements that somebody may see: by their sight, and those that their organisation is asked to sign.

    Who is asked to sign need not be in the partnership yet.
    """
    if here.actor is None or here.actor.organisation is None or not here.actor.roles:
        return whole.seen(here.sight)
    key = here.actor.organisation.pk
    mine = {name for name, rows in whole.parties.items() if any(each.organisation_id == key for each in rows)}
    return whole.kept(mine | set(whole.seen(here.sight).rows))


def agreement_of(whole: Loaded, key: UUID) -> Agreement:
    """Return an agreement among those that may be seen. :raises Http404: it is not among them"""
    found = whole.rows.get(str(key))
    if found is None:
        raise Http404
    return found


def named(here: Entered) -> bool:
    """Return whether somebody is told who has not signed, and the names of those who signed."""
    return here.sight.party or here.sight.office or here.sight.evaluator


def _own(here: Entered, whole: Loaded, agreement: Agreement) -> AgreementParty | None:
    """Return the row of the organisation that somebody acts for; None where it is no party."""
    if here.actor is None or here.actor.organisation is None or not here.actor.roles:
        return None
    rows = whole.parties.get(str(agreement.pk), ())
    return next((each for each in rows if each.organisation_id == here.actor.organisation.pk), None)


def _signs(here: Entered, mine: AgreementParty) -> bool:
    return here.actor is not None and speaks_for(here.actor, mine.organisation)


def _own_deeds(here: Entered, found: Agreement, mine: AgreementParty, *, bound: bool) -> dict[str, Deed]:
    actor = here.actor
    if actor is None:
        raise PermissionDenied
    asked: dict[str, Any] = {"by": actor.person, "acting_for": mine.organisation, "at": now()}
    first = {"signatory": actor.person.name, "signed_on": here.today}
    deeds = {}
    if mine.signed_on is None and mine.withdrawn_on is None and found.status in ("being_signed", "in_force"):
        deeds["sign"] = Deed(
            lambda *a, **k: forms.SigningForm(*a, initial=first, **k),
            lambda said: sign(party=mine, signing=Signing(**said), **asked),
            _("Underskriften är antecknad."),
        )
    if bound and mine.notice_given_on is None and found.term_mode != "fixed":
        deeds["notice"] = Deed(
            lambda *a, **k: forms.OnDayForm(*a, label=_("Uppsagt"), initial={"on": here.today}, **k),
            lambda said: give_notice(agreement=found, party=mine, on=said["on"], **asked),
            _("Uppsägningen är antecknad."),
        )
    return deeds


def _day(request: HttpRequest) -> Any:
    """Return the day that the agreement is asked to be read on, None where none is or it is no day."""
    try:
        return parse_date(request.GET.get("dag", ""))
    except ValueError:
        return None
