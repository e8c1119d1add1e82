"""The keys that an organisation's own system reports with: made, shown once, taken back."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tillit.apps.errors import Refused
from tillit.apps.followup.actions.keys import make_key, revoke_key
from tillit.apps.followup.models import ReportingKey
from tillit.apps.parties.models import Organisation
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.followup.report_forms import KeyForm
from tillit.web.followup.reporting import READS_AND_WRITES, speaks_here
from tillit.web.partnerships.entered import Entered, enter


@signed_in
@READS_AND_WRITES
def keys(request: SignedInRequest, slug: str) -> HttpResponse:
    """The keys of the party that one speaks for; 403 for others. A new key is in this answer and nowhere else."""
    here = enter(request, slug)
    if not speaks_here(here):
        raise PermissionDenied
    organisation = request.actor.acting_for
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _page(request, here, organisation, KeyForm(auto_id="make-%s"))
    if act == "make":
        return _made(request, here, organisation)
    row = next((each for each in _rows(here, organisation) if act == f"revoke-{each.pk}"), None)
    if row is None:
        return HttpResponseBadRequest()
    with suppress(Refused):  # somebody else took it back a moment ago, which is what was asked for
        revoke_key(key=row, by=request.actor.person, at=now())
    return redirect("followup:report_keys", slug)


def _made(request: SignedInRequest, here: Entered, organisation: Organisation) -> HttpResponse:
    form = KeyForm(request.POST, auto_id="make-%s")
    if form.is_valid():
        who = request.actor.person
        try:
            key, secret = make_key(
                partnership=here.partnership, organisation=organisation, by=who, at=now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            return _page(request, here, organisation, KeyForm(auto_id="make-%s"), made=key, secret=secret)
    return _page(request, here, organisation, form, status=422)


def _page(
    request: SignedInRequest,
    here: Entered,
    organisation: Organisation,
    form: KeyForm,
    *,
    made: ReportingKey | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        **here.context,
        "organisation": organisation,
        "rows": _rows(here, organisation),
        "form": form,
        "wrong": form if status == 422 else None,
        "made": made,
        "secret": secret,
        "address": request.build_absolute_uri(f"/api/v1/partnerships/{here.partnership.slug}/observations"),
        "title": _("Nycklar för andra system"),
    }
    answer = render(request, "followup/report_keys.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _rows(here: Entered, organisation: Organisation) -> list[ReportingKey]:
    rows = ReportingKey.objects.filter(partnership=here.partnership, organisation=organisation, revoked_at=None)
    return list(rows.select_related("made_by").order_by("made_at", "pk"))
