"""The table of who may what is true: every address, asked by every sort of visitor, answers as docs/atkomst.md says."""

import re

import pytest
from django.test import Client

from tests import world
from tests.house import tree
from tests.web.addresses import ROLES, Place, address_of, answer, named

TABLE = tree.ROOT / "docs" / "atkomst.md"
ROW = re.compile(r"^\| `([\w:]+)` \|(.*)\|$", re.MULTILINE)


def told():
    """Return what the table says: per name of an address, the answer for each role."""
    found = {}
    for name, cells in ROW.findall(TABLE.read_text("utf-8")):
        said = [cell.strip() for cell in cells.split("|")]
        found[name] = dict(zip(ROLES, said[1:] * len(ROLES) if len(said) == 2 else said[1:], strict=False))
    return found


def test_every_address_of_the_site_stands_in_the_table_and_no_other():
    there = {name for name, _parameters in named()}
    assert len(there) > 80
    assert sorted(there - set(told())) == []
    assert sorted(set(told()) - there) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_sort_of_visitor_as_the_table_says(role, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    place = Place(tmp_path)
    table = told()
    wrong = []
    for name, parameters in named():
        client = Client()
        if role in place.people:
            world.let_in(client, place.people[role])
        found = answer(client, address_of(place, name, parameters))
        if table.get(name, {}).get(role) != found:
            wrong.append(f"{name}: {found}, the table says {table.get(name, {}).get(role)}")
    assert wrong == []
