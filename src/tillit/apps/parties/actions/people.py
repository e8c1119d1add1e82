"""People are written down, employed, and given roles; each of these has its days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.parties.conditions import (
    day_of,
    hsa_id_of,
    in_order,
    line,
    of_organisation,
    one_at_a_time,
    possible,
    takes_part,
)
from tillit.apps.parties.models import ROLES, Employment, Organisation, Role, Unit
from tillit.apps.parties.moves import ahead, end_roles


@transaction.atomic
def add_person(
    *,
    name: str,
    email: str = "",
    hsa_id: str = "",
    by: Person | None,
    acting_for: Organisation | None,
    at: datetime,
    made_up: bool = False,
) -> Person:
    """Return a new person, without an account.

    :raises Refused: the address or HSA-id is another's, or cannot be one; a personal number stands somewhere
    """
    columns = {
        "name": line(name, field="name", most=200),
        "email": _address(email),
        "hsa_id": hsa_id_of(hsa_id),
    }
    with held(lambda: _nobody_elses(columns)):
        person = Person.objects.create(**columns, made_up=made_up)
    audit.note("parties.person_added", subject=person, by=by, at=at, acting_for=acting_for or "")
    return person


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where in an organisation somebody works, as what and since when; None: not known."""

    unit: Unit | None = None
    title: str = ""
    since: date | None = None


@transaction.atomic
def employ(
    *,
    person: Person,
    organisation: Organisation,
    post: Post = Post(),
    by: Person | None,
    acting_for: Organisation | None,
    at: datetime,
) -> Employment:
    """Return the person's employment. :raises Refused: they work there already, or the unit is not the employer's"""
    takes_part(organisation, day_of(at))
    of_organisation(post.unit, organisation, day_of(at))
    possible(post.since, field="since")
    title = line(post.title, field="title", most=120, needed=False)

    def check() -> None:
        there = person.employments.filter(ahead(post.since or day_of(at)), organisation=organisation, unit=post.unit)
        if there.exists():
            raise Refused(_("%(name)s arbetar redan där.") % {"name": person}, field="person")

    with held(check):
        employment = Employment.objects.create(
            person=person, organisation=organisation, unit=post.unit, title=title, since=post.since
        )
    audit.note(
        "parties.employed",
        subject=person,
        by=by,
        at=at,
        acting_for=acting_for or "",
        organisation=str(organisation.pk),
        unit=str(post.unit.pk) if post.unit else "",
    )
    return employment


@transaction.atomic
def take_on(*, organisation: Organisation, name: str, email: str, post: Post, by: Person, at: datetime) -> Employment:
    """Return the employment of whoever has the address: somebody who is here already, by their own name, or a new one.

    :raises Refused: as `add_person` and `employ`
    """
    if not email.strip():
        raise Refused(_("Det här behövs. Fyll i fältet."), field="email")
    person = Person.objects.filter(email__iexact=_address(email)).first()
    if person is None:
        person = add_person(name=name, email=email, by=by, acting_for=organisation, at=at, made_up=organisation.made_up)
    return employ(person=person, organisation=organisation, post=post, by=by, acting_for=organisation, at=at)


@transaction.atomic
def end_employment(
    *, employment: Employment, until: date, by: Person | None, acting_for: Organisation | None, at: datetime
) -> None:
    """End an employment; `until` is the first day without it. With the last one there, the person's roles end too.

    :raises Refused: it has ended, would end before it began, or the organisation would have no administrator left
    """
    one_at_a_time()
    employment = Employment.objects.select_related("organisation", "person").get(pk=employment.pk)
    possible(until, field="until")
    in_order(employment.since, until, field="until")
    if employment.until is not None and employment.until <= day_of(at):
        raise Refused(_("Anställningen upphörde redan %(day)s.") % {"day": employment.until}, field="until")
    person, organisation = employment.person, employment.organisation
    elsewhere = person.employments.filter(ahead(until), organisation=organisation).exclude(pk=employment.pk)
    roles = person.roles.filter(organisation=organisation)
    if not elsewhere.exists():
        for each in roles.filter(ahead(until), role="administrator"):
            _somebody_else_administers(each, until)
        end_roles(roles, until)
    Employment.objects.filter(pk=employment.pk).update(until=until)
    audit.note(
        "parties.employment_ended",
        subject=person,
        by=by,
        at=at,
        acting_for=acting_for or "",
        organisation=str(organisation.pk),
        until=until.isoformat(),
    )


@transaction.atomic
def give_role(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    unit: Unit | None = None,
    by: Person | None,
    acting_for: Organisation | None,
    at: datetime,
    since: date | None = None,
) -> Role:
    """Return the role that the person has in an organisation, or in a unit of it, from today or a day to come.

    :raises Refused: they have it already, it is not given for a unit, or the day has passed
    """
    today = day_of(at)
    takes_part(organisation, today)
    of_organisation(unit, organisation, today)
    first = since or today
    _can_be_given(role, unit, first, today)

    def check() -> None:
        if person.roles.filter(ahead(first), organisation=organisation, unit=unit, role=role).exists():
            raise Refused(_("%(name)s har redan den rollen.") % {"name": person}, field="role")

    with held(check):
        given = Role.objects.create(person=person, organisation=organisation, role=role, unit=unit, since=first)
    audit.note(
        "parties.role_given",
        subject=person,
        by=by,
        at=at,
        acting_for=acting_for or "",
        organisation=str(organisation.pk),
        unit=str(unit.pk) if unit else "",
        role=role,
    )
    return given


def _can_be_given(role: str, unit: Unit | None, first: date, today: date) -> None:
    if role not in ROLES:
        raise Refused(_("Välj en roll i listan."), field="role")
    if role == "administrator" and unit is not None:
        raise Refused(_("En administratör sköter hela organisationen. Ge rollen utan enhet."), field="unit")
    possible(first, field="since")
    if first < today:
        raise Refused(_("En roll gäller från i dag eller en kommande dag."), field="since")


@transaction.atomic
def take_role(*, role: Role, by: Person | None, acting_for: Organisation | None, at: datetime) -> None:
    """End a role today. :raises Refused: it has ended, or it is the last administrator's"""
    one_at_a_time()
    role = Role.objects.select_related("organisation", "person").get(pk=role.pk)
    today = day_of(at)
    if role.until is not None and role.until <= today:
        raise Refused(_("Rollen upphörde redan %(day)s.") % {"day": role.until})
    if role.role == "administrator":
        _somebody_else_administers(role, today)
    end_roles(Role.objects.filter(pk=role.pk), today)
    audit.note(
        "parties.role_taken",
        subject=role.person,
        by=by,
        at=at,
        acting_for=acting_for or "",
        organisation=str(role.organisation_id),
        role=role.role,
    )


def _somebody_else_administers(role: Role, day: date) -> None:
    """Let an administrator go where another one stays, from that day on and for good."""
    others = Role.objects.filter(
        organisation_id=role.organisation_id, role="administrator", until__isnull=True, since__lte=day
    )
    if not others.exclude(person_id=role.person_id).exists():
        raise Refused(
            _("%(name)s är den sista administratören. Ge rollen till någon mer först.") % {"name": role.person}
        )


def _address(text: str) -> str:
    plain = line(text, field="email", most=254, needed=False)
    if plain:
        try:
            validate_email(plain)
        except ValidationError as error:
            raise Refused(_("Adressen kan inte stämma. Skriv den som namn@example.se."), field="email") from error
    return plain


def _nobody_elses(columns: dict[str, str]) -> None:
    if columns["email"] and Person.objects.filter(email__iexact=columns["email"]).exists():
        raise Refused(_("Adressen hör redan till en person här. Välj den personen i stället."), field="email")
    if columns["hsa_id"] and Person.objects.filter(hsa_id=columns["hsa_id"]).exists():
        raise Refused(_("HSA-id:t hör redan till en person här. Kontrollera tecknen."), field="hsa_id")
