"""Made-up organisations and people for the tests, straight into the tables; acts have tests of their own."""

from datetime import date
from itertools import count

from tillit.apps.accounts.models import Person, User
from tillit.apps.parties.models import Employment, Organisation, Role, Unit

SINCE = date(2025, 1, 1)
"""From when everybody here works and has their roles."""
_next = count(1)


def number(start=None):
    """Return an organisation number that can be: 559 000 000 and on, with its check digit."""
    nine = f"559{start if start is not None else next(_next):06}"
    total = sum(sum(divmod(int(sign) * (2 if place % 2 == 0 else 1), 10)) for place, sign in enumerate(nine))
    return nine + str(-total % 10)


def company(name="Nordkap Pharma AB", *, branch="pharma", **fields):
    return Organisation.objects.create(kind="company", name=name, branch=branch, made_up=True, **fields)


def region(name="Region Fjällmark", *, county_code="23", **fields):
    return Organisation.objects.create(kind="region", name=name, county_code=county_code, made_up=True, **fields)


def provider(name="Vårdgården AB", *, care_terms="private_agreement", **fields):
    return Organisation.objects.create(
        kind="private_provider", name=name, care_terms=care_terms, made_up=True, **fields
    )


def organisation(name, kind, **fields):
    """Return an organisation of a kind that asks for nothing more: association, university, municipality."""
    return Organisation.objects.create(kind=kind, name=name, made_up=True, **fields)


def unit(organisation, name="Hjärtkliniken", *, key=None, **fields):
    return Unit.objects.create(organisation=organisation, name=name, key=key or f"enhet-{next(_next)}", **fields)


def person(name, email=None, *, organisation=None, unit=None, roles=(), **fields):
    """Return a person without an account, employed where an organisation is named, with roles there.

    `email`: None makes one up from the name, "" leaves it out. Roles are for the whole organisation; `role` gives one
    in a unit.
    """
    if email is None:
        email = f"{_ascii(name)}.{next(_next)}@example.se"
    made = Person.objects.create(name=name, email=email, made_up=True, **fields)
    if organisation is not None:
        Employment.objects.create(person=made, organisation=organisation, unit=unit, since=SINCE)
        for each in roles:
            role(made, organisation, each)
    return made


def role(person, organisation, role, *, unit=None, since=SINCE, until=None):
    return Role.objects.create(person=person, organisation=organisation, role=role, unit=unit, since=since, until=until)


def user_of(person, **fields):
    """Return the person's account, made when there is none; nobody knows its password: `client.force_login` it."""
    if person.user is None:
        person.user = User.objects.create_user(person.email, name=person.name, **fields)
        person.save()
    return person.user


def let_in(client, person):
    """Return a client in which a person is signed in."""
    client.force_login(user_of(person), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def operator(name="Drift", email="drift@example.se"):
    """Return the account of somebody who runs the site and acts for no organisation."""
    return user_of(person(name, email), is_operator=True)


def _ascii(name):
    plain = name.casefold().translate(str.maketrans("åäöéü", "aaoeu"))
    return ".".join("".join(sign for sign in word if sign.isalnum()) for word in plain.split())
