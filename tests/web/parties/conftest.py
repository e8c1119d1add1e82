"""Those who look after a region, those who work there, and those who do not."""

import pytest

from tests import world
from tests.world import let_in


@pytest.fixture
def care(db):
    return world.region()


@pytest.fixture
def clinic(care):
    return world.unit(care, "Medicinkliniken", key="K100")


@pytest.fixture
def anna(care):
    return world.person("Anna Admin", "anna@example.se", organisation=care, roles=["administrator"])


@pytest.fixture
def sara(care, clinic):
    return world.person("Sara Ek", "sara@example.se", organisation=care, unit=clinic, roles=["author"])


@pytest.fixture
def outsider(db):
    return world.person("Olle Annan", organisation=world.company(), roles=["administrator"])


@pytest.fixture
def drift(db):
    return world.operator().person


@pytest.fixture
def admin(client, anna):
    return let_in(client, anna)
