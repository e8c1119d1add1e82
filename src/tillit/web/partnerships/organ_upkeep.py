"""The office looks after an organ: what is said of it, its rights, its seats and who sits there."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.apps.partnerships.actions import mandates, organs as acts, seats
from tillit.apps.partnerships.actions.mandates import MandateFacts
from tillit.apps.partnerships.actions.seats import SeatFacts, Term
from tillit.apps.partnerships.models import Appointment, Level, MandateItem, Organ
from tillit.apps.partnerships.queries.organ_page import RightRow, right_rows
from tillit.apps.partnerships.queries.seated import SeatRow, Sitter, seat_rows
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships import organ_forms as forms
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.organs import by, organ_facts, organ_of, seat_of

both = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@both
def look_after(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """What is said of an organ, and its rights."""
    here = enter(request, slug)
    asked, found = by(here), organ_of(here, key)
    rights = right_rows(found, here.today)
    context = {**here.context, "organ": found, "page": {"rights": rights}}
    deeds = {} if _over(found, here) else _of_organ_and_rights(here, found, rights, asked)
    to = reverse("partnerships:organ_upkeep", args=[slug, key])
    return answer(request, "partnerships/organ_upkeep.html", context, deeds, to=to)


@signed_in
@both
def seating(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """An organ's seats, and who sits there."""
    here = enter(request, slug)
    asked, found = by(here), organ_of(here, key)
    rows = seat_rows(found, here.sight, here.today)
    context = {**here.context, "organ": found, "page": {"seats": rows}}
    deeds = {} if _over(found, here) else _of_seats(here, found, rows, asked)
    return answer(
        request, "partnerships/organ_seats.html", context, deeds, to=reverse("partnerships:seating", args=[slug, key])
    )


def _over(organ: Organ, here: Entered) -> bool:
    return organ.ends_on is not None and organ.ends_on <= here.today


def _of_organ_and_rights(
    here: Entered, organ: Organ, rights: Iterable[RightRow], asked: dict[str, Any]
) -> dict[str, Deed]:
    levels = {str(each.pk): each for each in here.partnership.levels.all()}
    return _of_organ(here, organ, levels, asked) | _of_rights(here, organ, levels, rights, asked)


def _of_organ(here: Entered, organ: Organ, levels: dict[str, Level], asked: dict[str, Any]) -> dict[str, Deed]:
    others = {str(each.pk): each for each in here.partnership.organs.exclude(pk=organ.pk)}
    first = {name: getattr(organ, name) for name in forms.OrganForm.base_fields}
    first |= {"level": str(organ.level_id), "parent": str(organ.parent_id or "")}
    return {
        "change": Deed(
            lambda *a, **k: forms.OrganForm(*a, levels=levels.values(), organs=others.values(), initial=first, **k),
            lambda said: acts.change_organ(organ=organ, facts=organ_facts(said, {**levels, **others}), **asked),
            _("Sparat."),
        ),
        "close": Deed(
            lambda *a, **k: forms.ClosingForm(*a, initial={"on": here.today}, **k),
            lambda said: acts.close_organ(organ=organ, **said, **asked),
            _("Organet är stängt från den dagen, och det som hängde på det slutar då."),
        ),
    }


def _of_rights(
    here: Entered, organ: Organ, levels: dict[str, Level], rights: Iterable[RightRow], asked: dict[str, Any]
) -> dict[str, Deed]:
    subjects = {str(each.pk): each for each in here.partnership.subjects.all()}
    first = {"starts_on": here.today, "level": str(organ.level_id)}

    def form(*given: Any, **named: Any) -> forms.MandateForm:
        return forms.MandateForm(*given, subjects=subjects.values(), levels=levels.values(), initial=first, **named)

    def give(said: dict[str, Any]) -> object:
        facts = MandateFacts(**{**said, "subject": subjects[said["subject"]], "level": levels[said["level"]]})
        return mandates.give_mandate(organ=organ, facts=facts, **asked)

    found = {"give": Deed(form, give, _("Mandatet är antecknat."))}
    for row in rights:
        found[row.ending] = _ending(row, here, asked)
    return found


def _ending(row: RightRow, here: Entered, asked: dict[str, Any]) -> Deed:
    def act(said: dict[str, Any]) -> object:
        there = MandateItem.objects.select_related("organ__partnership").get(pk=row.key)
        return mandates.end_mandate(mandate=there, on=said["on"], **asked)

    form = forms.EndForm
    return Deed(lambda *a, **k: form(*a, initial={"on": here.today}, **k), act, _("Mandatet är avslutat."))


def _of_seats(here: Entered, organ: Organ, rows: Iterable[SeatRow], asked: dict[str, Any]) -> dict[str, Deed]:
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
    for row in rows:
        found |= _of_seat(here, organ, row, asked)
        for each in (row.holder, *row.others):
            found |= _of_sitter(here, each, asked) if each is not None else {}
    return found


def _of_seat(here: Entered, organ: Organ, row: SeatRow, asked: dict[str, Any]) -> dict[str, Deed]:
    first = {"starts_on": here.today, "role": "member"}
    return {
        row.appointing: Deed(
            lambda *a, **k: forms.TermForm(*a, initial=first, **k),
            lambda said: seats.appoint(seat=seat_of(organ, row.id), term=Term(**said), **asked),
            _("Personen sitter nu på platsen."),
        ),
        row.closing: Deed(
            lambda *a, **k: forms.EndForm(*a, initial={"on": here.today}, **k),
            lambda said: seats.close_seat(seat=seat_of(organ, row.id), on=said["on"], **asked),
            _("Platsen är stängd från den dagen."),
        ),
    }


def _of_sitter(here: Entered, row: Sitter, asked: dict[str, Any]) -> dict[str, Deed]:
    def there() -> Appointment:
        return Appointment.objects.select_related("seat__organ__partnership", "organisation").get(pk=row.key)

    def share(said: dict[str, Any]) -> object:
        sitting = there()
        shares = {each.organisation: each.share for each in sitting.affiliations.select_related("organisation")}
        shares |= {said["organisation"]: said["share"]}
        kept = {whose: part for whose, part in shares.items() if part}
        return seats.set_affiliations(appointment=sitting, shares=kept, **asked)

    return {
        row.leaving: Deed(
            lambda *a, **k: forms.EndForm(*a, initial={"on": here.today}, **k),
            lambda said: seats.end_appointment(appointment=there(), on=said["on"], **asked),
            _("Uppdraget är avslutat."),
        ),
        row.sharing: Deed(forms.ShareForm, share, _("Andelen är sparad.")),
    }
