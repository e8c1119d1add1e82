"""The office looks after an organ: what is said of it, its rights, its seats and who sits there."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.apps.partnerships.actions import mandates, organs as acts, seats
from tillit.apps.partnerships.actions.mandates import MandateFacts
from tillit.apps.partnerships.actions.seats import SeatFacts, Term
from tillit.apps.partnerships.models import CURRENT, Appointment, MandateItem, Organ, Seat
from tillit.apps.partnerships.queries.organ_page import organ_page
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships import organ_forms as forms
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.organs import by, organ_facts, organ_of

both = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@both
def look_after(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """What is said of an organ, and its rights."""
    here = enter(request, slug)
    asked, found = by(here), organ_of(here, key)
    context = {**here.context, "organ": found, "page": organ_page(found, here.sight, here.today)}
    deeds = {} if _over(found, here) else _of_organ(here, found, asked) | _of_rights(here, found, asked)
    to = reverse("partnerships:organ_upkeep", args=[slug, key])
    return answer(request, "partnerships/organ_upkeep.html", context, deeds, to=to)


@signed_in
@both
def seating(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """An organ's seats, and who sits there."""
    here = enter(request, slug)
    asked, found = by(here), organ_of(here, key)
    context = {**here.context, "organ": found, "page": organ_page(found, here.sight, here.today)}
    deeds = {} if _over(found, here) else _of_seats(here, found, asked)
    return answer(
        request, "partnerships/organ_seats.html", context, deeds, to=reverse("partnerships:seating", args=[slug, key])
    )


def _over(organ: Organ, here: Entered) -> bool:
    return organ.ends_on is not None and organ.ends_on <= here.today


def _of_organ(here: Entered, organ: Organ, asked: dict[str, Any]) -> dict[str, Deed]:
    levels = tuple(here.partnership.levels.all())
    others = tuple(here.partnership.organs.exclude(pk=organ.pk))
    rows = {str(each.pk): each for each in (*levels, *others)}
    first = {name: getattr(organ, name) for name in forms.OrganForm.base_fields}
    first |= {"level": str(organ.level_id), "parent": str(organ.parent_id or "")}
    return {
        "change": Deed(
            lambda *a, **k: forms.OrganForm(*a, levels=levels, organs=others, initial=first, **k),
            lambda said: acts.change_organ(organ=organ, facts=organ_facts(said, rows), **asked),
            _("Sparat."),
        ),
        "close": Deed(
            lambda *a, **k: forms.ClosingForm(*a, initial={"on": here.today}, **k),
            lambda said: acts.close_organ(organ=organ, **said, **asked),
            _("Organet är stängt från den dagen, och det som hängde på det slutar då."),
        ),
    }


def _of_rights(here: Entered, organ: Organ, asked: dict[str, Any]) -> dict[str, Deed]:
    subjects = {str(each.pk): each for each in here.partnership.subjects.all()}
    levels = {str(each.pk): each for each in here.partnership.levels.all()}
    first = {"starts_on": here.today, "level": str(organ.level_id)}

    def give(said: dict[str, Any]) -> object:
        facts = MandateFacts(**{**said, "subject": subjects[said["subject"]], "level": levels[said["level"]]})
        return mandates.give_mandate(organ=organ, facts=facts, **asked)

    found = {
        "give": Deed(
            lambda *a, **k: forms.MandateForm(
                *a, subjects=subjects.values(), levels=levels.values(), initial=first, **k
            ),
            give,
            _("Mandatet är antecknat."),
        )
    }
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=here.today)
    for row in organ.mandates.filter(CURRENT, still).select_related("organ__partnership", "subject", "level"):
        found[f"end-{row.pk}"] = _ending(row, here, asked)
    return found


def _ending(row: MandateItem, here: Entered, asked: dict[str, Any]) -> Deed:
    return Deed(
        lambda *a, **k: forms.EndForm(*a, initial={"on": here.today}, **k),
        lambda said: mandates.end_mandate(mandate=row, on=said["on"], **asked),
        _("Mandatet är avslutat."),
    )


def _of_seats(here: Entered, organ: Organ, asked: dict[str, Any]) -> dict[str, Deed]:
    sectors = {str(each.pk): each for each in here.partnership.sectors.all()}
    first = {"starts_on": here.today, "voting": "yes"}

    def add(said: dict[str, Any]) -> object:
        facts = SeatFacts(**{**said, "voting": said["voting"] == "yes", "sector": sectors.get(said["sector"])})
        return seats.add_seat(organ=organ, facts=facts, **asked)

    found = {
        "add": Deed(
            lambda *a, **k: forms.SeatForm(*a, sectors=sectors.values(), initial=first, **k),
            add,
            _("Platsen är tillagd."),
        )
    }
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=here.today)
    for seat in organ.seats.filter(still).select_related("organ__partnership"):
        found |= _of_seat(here, seat, asked)
    rows = Appointment.objects.filter(CURRENT, still, seat__organ=organ).prefetch_related("affiliations__organisation")
    for row in rows.select_related("seat__organ__partnership", "organisation"):
        found |= _of_sitter(here, row, asked)
    return found


def _of_seat(here: Entered, seat: Seat, asked: dict[str, Any]) -> dict[str, Deed]:
    first = {"starts_on": here.today, "role": "member"}
    return {
        f"appoint-{seat.pk}": Deed(
            lambda *a, **k: forms.TermForm(*a, initial=first, **k),
            lambda said: seats.appoint(seat=seat, term=Term(**said), **asked),
            _("Personen sitter nu på platsen."),
        ),
        f"close-{seat.pk}": Deed(
            lambda *a, **k: forms.EndForm(*a, initial={"on": here.today}, **k),
            lambda said: seats.close_seat(seat=seat, on=said["on"], **asked),
            _("Platsen är stängd från den dagen."),
        ),
    }


def _of_sitter(here: Entered, row: Appointment, asked: dict[str, Any]) -> dict[str, Deed]:
    known = {each.organisation: each.share for each in row.affiliations.all()}

    def share(said: dict[str, Any]) -> object:
        shares = {**known, said["organisation"]: said["share"]}
        return seats.set_affiliations(
            appointment=row, shares={whose: part for whose, part in shares.items() if part}, **asked
        )

    return {
        f"leave-{row.pk}": Deed(
            lambda *a, **k: forms.EndForm(*a, initial={"on": here.today}, **k),
            lambda said: seats.end_appointment(appointment=row, on=said["on"], **asked),
            _("Uppdraget är avslutat."),
        ),
        f"share-{row.pk}": Deed(forms.ShareForm, share, _("Andelen är sparad.")),
    }
