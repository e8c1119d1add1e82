"""Two who press at once, on a database with more than one writer: one gets its way, the other is told why not."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from tests import world
from tillit.apps.errors import Refused
from tillit.apps.parties import actions
from tillit.apps.parties.actions import Particulars
from tillit.apps.parties.models import Organisation, Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at_once(*acts):
    """Return what the acts that were refused said, each act done in a connection of its own."""
    ready, said, failed = threading.Barrier(len(acts)), [], []

    def do(act):
        try:
            ready.wait()
            act()
        except Refused as refused:
            said.append(str(refused.message))
        except Exception as error:  # noqa: BLE001 - a thread's own error is never seen by pytest
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    return said


def test_two_administrators_who_remove_each_other_leave_one():
    care = world.region()
    people = [world.person(name, organisation=care, roles=["administrator"]) for name in ("Anna", "Bo")]
    roles = [each.roles.get() for each in people]
    given: dict[str, Any] = {"acting_for": care, "at": AT}
    said = at_once(
        lambda: actions.take_role(role=roles[0], by=people[1], **given),
        lambda: actions.take_role(role=roles[1], by=people[0], **given),
    )
    assert len(said) == 1
    assert "sista administratören" in said[0]
    assert Role.objects.filter(until__isnull=True).count() == 1


def test_two_who_add_the_same_number_make_one_organisation():
    def add(name):
        said = Particulars(kind="company", name=name, branch="pharma", number=world.number(5))
        return lambda: actions.add_organisation(particulars=said, by=None, at=AT)

    (why,) = at_once(add("Den ena AB"), add("Den andra AB"))
    assert "har redan det" in why
    assert Organisation.objects.count() == 1


def test_two_who_make_each_the_others_owner_make_no_circle():
    one, other = world.company("Ena AB"), world.company("Andra AB")
    given: dict[str, Any] = {"by": None, "acting_for": None, "at": AT}
    (why,) = at_once(
        lambda: actions.set_parent(organisation=one, parent=other, **given),
        lambda: actions.set_parent(organisation=other, parent=one, **given),
    )
    assert "hör redan till" in why
