"""The documents of a collaboration: put on file, and taken home only as they came in."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.collaborations import access
from tillit.apps.collaborations.actions.partaking import add_paper
from tillit.apps.documents.models import DocumentVersion
from tillit.apps.documents.queries import content_of
from tillit.apps.errors import Refused
from tillit.core.rulebook.editions import vocabulary
from tillit.exchange.guide_typed import choices
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.language import tongue
from tillit.web.parties.fields import Plain, choice, text


class PaperForm(Plain):
    """What a document is, what it is called, and the file."""

    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("PDF, Word, Excel, bild eller text."),
        error_messages={"required": gettext_lazy("Välj en fil.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        sorts = choices(vocabulary().kinds["document"].facts["sort"], tongue())
        self.fields["sort"] = choice(_("Vad är det för handling?"), sorts, none=_("Välj"))
        self.fields["title"] = text(_("Vad heter den?"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = access.to_see(request.actor, public_id, localdate())
    writes = access.may_write(request.actor, found)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        found = access.to_write(request.actor, public_id, localdate())
        if form.is_valid() and _added(request, found, form):
            return redirect("collaborations:papers", public_id=public_id)
    rows = found.papers.filter(document__removed_at__isnull=True).select_related("document__keeper")
    shown = {"found": found, "form": form, "writes": writes, "rows": rows.prefetch_related("document__versions")}
    return render(request, "collaborations/papers.html", shown, status=422 if form.errors else 200)


def _added(request: SignedInRequest, found: object, form: PaperForm) -> bool:
    said, actor = form.cleaned_data, request.actor
    try:
        add_paper(collaboration=found, by=actor.person, acting_for=actor.acting_for, at=now(), **said)  # type: ignore[arg-type]
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        return False
    messages.success(request, _("Handlingen är sparad."))
    return True


@signed_in
@require_safe
def download(request: SignedInRequest, public_id: str, key: UUID) -> HttpResponse:
    found = access.to_see(request.actor, public_id, localdate())
    version = DocumentVersion.objects.filter(pk=key, document__paper__collaboration=found).first()
    if version is None:
        raise Http404
    named = f"attachment; filename*=UTF-8''{_quoted(version.name)}"
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return HttpResponse(content_of(version), content_type="application/octet-stream", headers=headers)


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")
