"""The people of a collaboration at their browsers: how each of them gets in."""

from allauth.account.models import EmailAddress
from django.test import Client

from tests import world

PASSWORD = "blå hästar äter havre"


def session_of(person):
    """Return the key of a session in which a person has signed in; an account is made where there is none."""
    client = Client()
    client.force_login(world.user_of(person), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value


def with_password(person):
    """Give a person an account that the form of the sign-in page lets in."""
    user = world.user_of(person)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return person
