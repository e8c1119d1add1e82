"""Accounts are opened and each gets its person. Whoever calls writes the ledger, which lies above these tables."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from tillit.apps.accounts.models import Person, User
from tillit.core.errors import BadInput
from tillit.core.identifiers import hsa_id


@transaction.atomic
def open_account(*, email: str, name: str, password: str | None, language: str, made_up: bool = False) -> User:
    """Return a new account whose address is known to be its owner's, with its person. None: no password yet."""
    user = User.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=email.lower(), verified=True, primary=True)
    give_person(user=user, verified=True, made_up=made_up)
    return user


@transaction.atomic
def give_person(*, user: User, verified: bool, made_up: bool = False) -> Person:
    """Return the account's person: the one it has, one who is known by its address, or a new one.

    Somebody known by the address is the same person only where the address is `verified`; otherwise the new person
    has no address, since two people share none.
    """
    if (own := Person.objects.filter(user=user).first()) is not None:
        return own
    known = Person.objects.select_for_update().filter(email__iexact=user.email).first()
    if known is not None and known.user_id is None and verified:
        known.user = user
        known.name = user.name or known.name
        known.save(update_fields=["user", "name"])
        return known
    return Person.objects.create(
        user=user,
        name=user.name or user.email.partition("@")[0],
        email="" if known is not None else user.email,
        made_up=made_up,
    )


@transaction.atomic
def follow_address(*, user: User) -> Person | None:
    """Return the person, whose address is from now on the account's verified one; None where another has it."""
    person = Person.objects.filter(user=user).first()
    if person is None or Person.objects.filter(email__iexact=user.email).exclude(pk=person.pk).exists():
        return None
    person.email = user.email
    person.save(update_fields=["email"])
    return person


def keep_hsa_id(*, person: Person, told: str) -> bool:
    """Return whether the HSA-id that a provider told of was kept: it is one, is new, and is nobody else's."""
    try:
        found = hsa_id(told)
    except BadInput:
        return False
    if person.hsa_id == found or Person.objects.filter(hsa_id=found).exists():
        return False
    person.hsa_id = found
    try:
        with transaction.atomic():
            person.save(update_fields=["hsa_id"])
    except IntegrityError:  # somebody else got it in the same moment
        person.hsa_id = ""
        return False
    return True


@transaction.atomic
def take_name(*, person: Person, role: str) -> None:
    """Put a role in the place of a person's name; address and HSA-id go, and so does the account with all its ways in.

    The person stays, so that what they did still is somebody's.
    """
    account, person.user = person.user, None
    person.name, person.email, person.hsa_id = role, "", ""
    person.save(update_fields=["user", "name", "email", "hsa_id"])
    if account is not None:
        account.delete()
