"""Organs of a partnership, what each may decide, and the page of one, where people are proposed and elected."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.parties.queries import colleagues_of
from tillit.apps.partnerships.access import speaks_for
from tillit.apps.partnerships.actions import nominations
from tillit.apps.partnerships.actions.frame import add_subject
from tillit.apps.partnerships.actions.nominations import proposes
from tillit.apps.partnerships.actions.organs import OrganFacts, set_up_organ
from tillit.apps.partnerships.models import Nomination, Organ, Seat
from tillit.apps.partnerships.queries.mandate_table import mandate_table
from tillit.apps.partnerships.queries.organ_page import NominationRow, OrganPage, organ_page
from tillit.apps.partnerships.queries.organs import organ_list
from tillit.apps.partnerships.queries.rows import one_organ
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships import organ_forms as forms
from tillit.web.partnerships.entered import Entered, enter

both = require_http_methods(["GET", "HEAD", "POST"])
LONGEST_CODE = 40


@require_safe
def organs(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    found = organ_list(here.partnership, here.sight, here.today)
    return render(request, "partnerships/organs.html", {**here.context, "found": found})


@signed_in
@both
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set up an organ: for the office."""
    here = enter(request, slug)
    asked = by(here)
    levels, others = tuple(here.partnership.levels.all()), tuple(here.partnership.organs.all())
    first = {"starts_on": here.today, "openness": "public", "quorum_rule": "not_stated", "majority_rule": "not_stated"}

    def act(said: dict[str, Any]) -> Organ:
        facts = organ_facts(said, {str(each.pk): each for each in (*levels, *others)})
        return set_up_organ(partnership=here.partnership, facts=facts, **asked)

    form = Deed(
        lambda *a, **k: forms.OrganForm(*a, levels=levels, organs=others, initial=first, **k),
        act,
        _("Organet är upplagt. Lägg till platser och mandat på dess sida."),
    )
    to = reverse("partnerships:organs", args=[slug])
    return answer(request, "partnerships/organ_new.html", here.context, {"add": form}, to=to)


@both
def organ(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    found = organ_of(here, key)
    page = organ_page(found, here.sight, here.today)
    deeds = _deeds(here, page)
    to = reverse("partnerships:organ", args=[slug, key])
    context = {**here.context, "organ": found, "page": page}
    return answer(request, "partnerships/organ.html", context, _theirs(request, deeds), to=to)


@both
def mandates(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    deeds: dict[str, Deed] = {}
    if here.sight.office:
        asked = by(here)
        deeds["subject"] = Deed(
            forms.NameForm,
            lambda said: add_subject(
                partnership=here.partnership,
                code=slugify(said["name"])[:LONGEST_CODE],
                name=said["name"],
                by=asked["by"],
                at=asked["at"],
            ),
            _("Ämnet är tillagt."),
        )
    context = {**here.context, "table": mandate_table(here.partnership, here.sight, here.today)}
    to = reverse("partnerships:mandates", args=[slug])
    return answer(request, "partnerships/mandates.html", context, _theirs(request, deeds), to=to)


def _theirs(request: HttpRequest, deeds: dict[str, Deed]) -> dict[str, Deed]:
    """Return what somebody may do on an open page. :raises PermissionDenied: they do what they may not"""
    if request.method == "POST" and request.POST.get("act") not in deeds:
        raise PermissionDenied
    return deeds


def organ_of(here: Entered, key: UUID) -> Organ:
    """Return an organ of a partnership that somebody may know of. One query.

    :raises Http404: there is none, or it is nothing for them
    """
    rows = one_organ(here.partnership.pk, key)
    if not rows or not here.sight.sees(rows[0].openness, key):
        raise Http404
    found = rows[0]
    if found.parent is not None and not here.sight.sees(found.parent.openness, found.parent_id):
        found.parent = None
    found.partnership = here.partnership
    return found


def by(here: Entered) -> dict[str, Any]:
    """Return who does an act of the office, for whom and when.

    :raises PermissionDenied: they do not run the record
    """
    actor = here.run()
    return {"by": actor.person, "acting_for": actor.organisation, "at": now()}


def organ_facts(said: dict[str, Any], rows: dict[str, Any]) -> OrganFacts:
    """Return what was typed about an organ; `rows`: levels and organs by the keys that stand for them."""
    return OrganFacts(**{**said, "level": rows[said["level"]], "parent": rows.get(said["parent"])})


def _deeds(here: Entered, page: OrganPage) -> dict[str, Deed]:
    """Return what may be done about proposals: by the office, and by whoever speaks for one that proposes."""
    actor, organ = here.actor, page.organ
    if actor is None or (organ.ends_on is not None and organ.ends_on <= here.today):
        return {}
    mine = actor.organisation
    speaks = mine is not None and speaks_for(actor, mine)
    found = _proposing(here, page) if speaks else {}
    if here.sight.office and page.seats:
        found |= _writing_down(here, page)
    for row in page.nominations:
        if row.open:
            found |= _deciding(here, row, own=speaks and mine is not None and mine.pk == row.by_id)
    return found


def _proposing(here: Entered, page: OrganPage) -> dict[str, Deed]:
    assert here.actor is not None
    mine, person = here.actor.acting_for, here.actor.person
    seats = [each for each in page.seats if proposes(mine, named=each.named, kind=each.kind, in_it=here.sight.member)]
    if not seats:
        return {}
    people = {str(each.pk): each for each in colleagues_of(None, mine, here.today)}

    def form(*given: Any, **named: Any) -> forms.ProposalForm:
        return forms.ProposalForm(*given, seats=seats, people=people.values(), **named)

    def act(said: dict[str, Any]) -> object:
        return nominations.nominate(
            seat=seat_of(page.organ, said["seat"]),
            person=people[said["person"]],
            organisation=mine,
            nominated_by=mine,
            reason=said["reason"],
            by=person,
            acting_for=mine,
            at=now(),
        )

    return {"propose": Deed(form, act, _("Förslaget är antecknat."))}


def _writing_down(here: Entered, page: OrganPage) -> dict[str, Deed]:
    asked = by(here)

    def form(*given: Any, **named: Any) -> forms.OfficeProposalForm:
        return forms.OfficeProposalForm(*given, seats=page.seats, **named)

    def act(said: dict[str, Any]) -> object:
        return nominations.nominate(**{**said, "seat": seat_of(page.organ, said["seat"])}, **asked)

    return {"write_down": Deed(form, act, _("Förslaget är antecknat."))}


def _deciding(here: Entered, row: NominationRow, *, own: bool) -> dict[str, Deed]:
    assert here.actor is not None
    asked: dict[str, Any] = {"by": here.actor.person, "acting_for": here.actor.organisation, "at": now()}
    first = {"starts_on": here.today, "role": "member"}

    def nomination() -> Nomination:
        return Nomination.objects.select_related("seat__organ__partnership").get(pk=row.key)

    found = {}
    if here.sight.office:
        found[row.electing] = Deed(
            lambda *a, **k: forms.ElectionForm(*a, initial=first, **k),
            lambda said: nominations.elect(nomination=nomination(), **said, **asked),
            _("Personen är vald."),
        )
        found[row.refusing] = Deed(
            forms.ReasonForm,
            lambda said: nominations.not_elect(nomination=nomination(), **said, **asked),
            _("Antecknat att personen inte valdes."),
        )
    if here.sight.office or own:
        found[row.withdrawing] = Deed(
            forms.ReasonForm,
            lambda said: nominations.withdraw_nomination(nomination=nomination(), **said, **asked),
            _("Förslaget är återtaget."),
        )
    return found


def seat_of(organ: Organ, key: UUID | str) -> Seat:
    """Return a seat of an organ, for an act on it."""
    return organ.seats.select_related("organ__partnership").get(pk=key)
