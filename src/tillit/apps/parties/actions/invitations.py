"""People are asked in, the asking is taken back, and those asked take their place. That is how one gets in."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.outbox import actions as outbox
from tillit.apps.parties.conditions import day_of, line, of_organisation, takes_part
from tillit.apps.parties.models import ROLES, Employment, Invitation, Organisation, Role, Unit
from tillit.apps.parties.queries import running

LASTS = timedelta(days=14)


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    roles: Iterable[str],
    by: Person | None,
    at: datetime,
    unit: Unit | None = None,
    lasts: timedelta = LASTS,
) -> Invitation:
    """Return an invitation to act for an organisation in some roles, and write its mail. None: the site invites.
    An earlier one to the same address that has run out is taken back first.
    :raises Refused: an address or a role cannot be, the organisation has left, or an open invitation is there already
    """
    day = day_of(at)
    takes_part(organisation, day)
    of_organisation(unit, organisation, day)
    address, who, wanted = _address(email), line(name, field="name", most=200), _roles(tuple(roles))
    _end_expired(organisation, address, at)
    with held(lambda: _none_open(organisation, address)):
        invitation = Invitation.objects.create(
            organisation=organisation,
            unit=unit,
            email=address,
            name=who,
            roles=wanted,
            invited_by=by,
            invited_at=at,
            expires_at=at + lasts,
        )
    audit.note("parties.invited", subject=invitation, by=by, at=at, acting_for=organisation if by else "", roles=wanted)
    outbox.write(
        key=f"invitation:{invitation.pk}",
        kind="invitation",
        to=_invited(address, who, made_up=organisation.made_up),
        context={"invitation": str(invitation.pk)},
        at=at,
    )
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person | None, at: datetime) -> Invitation:
    """Return the invitation, which nobody can accept from now on. :raises Refused: it has been accepted already"""
    locked = _locked(invitation)
    if locked.accepted_at is not None:
        raise Refused(_("Inbjudan är redan antagen. Ta bort personens roller i stället."))
    if locked.withdrawn_at is None:
        locked.withdrawn_at = at
        locked.save(update_fields=["withdrawn_at"])
        audit.note(
            "parties.invitation_withdrawn",
            subject=locked,
            by=by,
            at=at,
            acting_for=locked.organisation if by else "",
        )
    return locked


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: Person, at: datetime) -> Invitation:
    """Return the invitation, accepted: the person works for the organisation and has the roles from that day.

    :raises Refused: it is used, has run out, is withdrawn, is for another address, or the organisation has left
    """
    locked = _locked(invitation)
    open_to_accept(locked, at)
    if by.email.lower() != locked.email.lower():
        raise Refused(
            _(
                "Inbjudan är ställd till en annan e-postadress än den du är inloggad med. Logga ut och öppna länken"
                " igen, eller be om en ny inbjudan till din adress."
            )
        )
    _take_place(locked, by, at)
    locked.accepted_at, locked.accepted_by = at, by
    locked.save(update_fields=["accepted_at", "accepted_by"])
    audit.note(
        "parties.invitation_accepted",
        subject=locked,
        by=by,
        at=at,
        acting_for=locked.organisation,
        roles=locked.roles,
    )
    return locked


def open_to_accept(invitation: Invitation, at: datetime) -> None:
    """Let an invitation pass that can be accepted then. :raises Refused: it cannot, and why"""
    if invitation.accepted_at is not None:
        raise Refused(_("Inbjudan är redan använd. Den gäller bara en gång. Har du ett konto? Logga in."))
    if invitation.withdrawn_at is not None:
        raise Refused(_("Inbjudan är återkallad. Fråga den som bjöd in dig om du ändå ska vara med."))
    if at >= invitation.expires_at:
        raise Refused(_("Inbjudan har gått ut. Be den som bjöd in dig att skicka en ny."))
    takes_part(invitation.organisation, day_of(at))


def _take_place(invitation: Invitation, person: Person, at: datetime) -> None:
    day, where = day_of(at), {"organisation": invitation.organisation, "unit": invitation.unit}
    if not Employment.objects.filter(person=person, until__isnull=True, **where).exists():
        Employment.objects.create(person=person, since=day, **where)
    for role in invitation.roles:
        same = Role.objects.filter(person=person, role=role, until__isnull=True, **where)
        if not same.filter(running(day)).exists():
            same.delete()  # one that was to begin later begins now
            Role.objects.create(person=person, role=role, since=day, **where)


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "unit")
    return rows.get(pk=invitation.pk)


def _end_expired(organisation: Organisation, address: str, at: datetime) -> None:
    rows = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__lte=at)
    rows.filter(organisation=organisation, email=address).update(withdrawn_at=at)


def _none_open(organisation: Organisation, address: str) -> None:
    waiting = Invitation.objects.filter(
        organisation=organisation, email=address, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if waiting.exists():
        raise Refused(
            _("Det finns redan en öppen inbjudan till adressen. Återkalla den först, om den ska ändras."),
            field="email",
        )


def _address(email: str) -> str:
    address = line(email, field="email", most=254).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(_("Skriv en e-postadress, till exempel anna.ek@example.se."), field="email") from None
    return address


def _roles(roles: Iterable[str]) -> list[str]:
    wanted = [role for role in ROLES if role in set(roles)]
    if not wanted or len(wanted) != len(set(roles)):
        raise Refused(_("Välj minst en roll, bland dem som finns."), field="roles")
    return wanted


def _invited(address: str, name: str, *, made_up: bool) -> Person:
    """Return somebody to write to: the person who has the address, or a new one without an account."""
    person = Person.objects.filter(email__iexact=address).first()
    return person or Person.objects.create(name=name, email=address, made_up=made_up)
