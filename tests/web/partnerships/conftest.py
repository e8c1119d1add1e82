"""Those who run a partnership, those who are in it, and those who are not."""

import pytest
from django.test import Client

from tests import world
from tests.partnering import Ground


def client_of(person):
    """Return a browser in which somebody is signed in."""
    return world.let_in(Client(), person)


@pytest.fixture
def ground(db):
    return Ground()


@pytest.fixture
def office(ground):
    return client_of(ground.founder)


@pytest.fixture
def officer(ground):
    return client_of(ground.officer)


@pytest.fixture
def outsider(ground):
    return client_of(ground.outsider)
