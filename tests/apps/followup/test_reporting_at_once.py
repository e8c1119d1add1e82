"""Two send in the same period in the same moment: the first stands, the second is told or meant the same."""

import pytest

from tests.apart import Apart
from tests.partnering import Ground
from tests.reporting import Reporters

pytestmark = pytest.mark.django_db(transaction=True)


class Racing(Reporters):
    """Without a plan: one that is adopted cannot be taken away when the test ends."""

    def __init__(self):
        Ground.__init__(self)
        self.ask()


FIRST = """
from django.db import transaction
from tillit.apps.followup.actions.reporting import submit
with transaction.atomic():
    {act}
    tell("inside")
    wait()
tell("done")
"""
SECOND = """
from tillit.apps.errors import Refused
tell("ready")
wait()
tell("begins")
try:
    {act}
    tell("done")
except Refused as refused:
    tell(str(refused.message).split(" under")[0])
"""
SEND = """
from datetime import datetime, UTC
from decimal import Decimal
from tillit.apps.accounts.models import Person
from tillit.apps.followup.actions.reporting import submit
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import Said
from tillit.apps.followup.models import Reporter
from tillit.core.indicators.periods import read_period
def send(value):
    slot = Slot(Reporter.objects.get(pk="{reporter}"), read_period("2026-Q2"))
    at = datetime(2026, 8, 1, 9, tzinfo=UTC)
    submit(slot=slot, said=Said(value=Decimal(value)), by=Person.objects.get(pk="{person}"), at=at)
"""


@pytest.mark.parametrize(("second", "told"), [(4, "Någon annan har skickat in perioden"), (3, "done")])
def test_of_two_who_send_in_at_once_the_first_stands_and_the_second_is_told(tmp_path, second, told):
    ground = Racing()
    begin = SEND.format(reporter=ground.of[ground.region].pk, person=ground.contact.pk)
    apart = Apart(tmp_path)
    one = apart.talking(begin + FIRST.format(act="send(3)"))
    two = apart.talking(begin + SECOND.format(act=f"send({second})"))
    two.says("ready")
    one.says("inside")
    two.on()
    two.says("begins")
    one.on()
    assert one.ends() == "done"
    assert two.ends() == told
    assert apart.rows("SELECT count(*) FROM followup_observation") == [(1,)]
    assert [float(value) for (value,) in apart.rows("SELECT value FROM followup_observation")] == [3.0]
