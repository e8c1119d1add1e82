"""What every test of sign-in keeps to: limits begin anew, and mails are seen."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from tests import world

PASSWORD = "blå hästar äter havre"


@pytest.fixture(autouse=True)
def _limits_begin_anew():
    cache.clear()


@pytest.fixture
def anna(db):
    """Return somebody with an account, a password and a confirmed address."""
    person = world.person("Anna Ek", "anna.ek@example.se", organisation=world.company(), roles=["author"])
    user = world.user_of(person)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return person
