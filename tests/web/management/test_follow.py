"""`manage follow`: every running partnership is judged, and twice is as once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate

from tests.following import Followed
from tests.partnering import NOW
from tillit.apps.followup.models import Deviation, Survey


def told():
    out = StringIO()
    call_command("follow", stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db
def test_running_partnerships_are_judged_and_twice_is_as_once():
    here = Followed()
    here.reporter(here.indicator("starts", frequency="year"), since=localdate() - timedelta(days=900))
    assert told() == "partnerships 0, new 0, changed 0, no longer seen 0, surveys closed 0"
    here.partnership.status, here.partnership.not_started = "running", False
    here.partnership.save()
    said = told()
    assert said == f"partnerships 1, new {Deviation.objects.count()}, changed 0, no longer seen 0, surveys closed 0"
    assert {each.rule for each in Deviation.objects.all()} == {"D1", "D2", "D6"}
    assert told() == "partnerships 1, new 0, changed 0, no longer seen 0, surveys closed 0"


@pytest.mark.django_db
def test_a_survey_whose_last_day_has_passed_is_closed_so_that_its_result_is_shown():
    here, today = Followed(), localdate()
    said = {"partnership": here.partnership, "created_at": NOW, "status": "open", "opens_on": today - timedelta(days=9)}
    over = Survey.objects.create(title="Förra", closes_on=today, **said)
    still = Survey.objects.create(title="Den här", closes_on=today + timedelta(days=1), **said)
    assert told().endswith("surveys closed 1")
    assert told().endswith("surveys closed 0")
    over.refresh_from_db()
    still.refresh_from_db()
    assert (over.status, still.status) == ("closed", "open")
