"""The collaborations of the organisation that somebody acts for, and the page of one."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tillit.apps.collaborations import access
from tillit.apps.collaborations.actions.answering import can_be_asked_again
from tillit.apps.collaborations.models import STATE_WORDS
from tillit.apps.collaborations.queries.changes import changes_in_words, names_in
from tillit.apps.collaborations.queries.rows import Asked, rows_of
from tillit.core.process.reach import changes
from tillit.web.accounts.acting import SignedInRequest, acting_as, signed_in
from tillit.web.collaborations.lines import lines
from tillit.web.collaborations.show import context
from tillit.web.language import tongue

LONGEST_SEARCH = 100


@acting_as(*sorted(access.READS))
@require_safe
def rows(request: SignedInRequest) -> HttpResponse:
    given = request.GET
    year = given.get("ar", "")
    asked = Asked(
        given.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        given.get("lage", ""),
        int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        given.get("efter", ""),
    )
    kept = request.GET.copy()
    kept.pop("efter", None)
    found = rows_of(request.actor.acting_for, asked)
    writes = bool(request.actor.roles & access.WRITES)
    shown = {
        "lines": lines(found.rows),
        "next": found.next,
        "asked": asked,
        "states": STATE_WORDS.items(),
        "kept": kept.urlencode(),
        "writes": writes,
    }
    return render(request, "collaborations/rows.html", shown)


@signed_in
@require_safe
def show(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = access.to_see(request.actor, public_id, localdate())
    shown = context(found, request.actor, tongue(), localdate())
    whole, writes = shown["whole"], shown["may"].write
    shown["again"] = {each.pk for each in whole.approvals if writes and can_be_asked_again(whole, each)}
    return render(request, "collaborations/show.html", shown)


@signed_in
@require_safe
def version(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    found = access.to_see(request.actor, public_id, localdate())
    both = {
        each.number: each for each in found.versions.filter(number__in=(number - 1, number)).select_related("made_by")
    }
    if number not in both:
        raise Http404
    before = both[number - 1].content if number - 1 in both else {}
    after = both[number].content
    differs = changes_in_words(changes(before, after), tongue(), names_in(before) | names_in(after)) if before else ()
    return render(request, "collaborations/version.html", {"found": found, "version": both[number], "changes": differs})
