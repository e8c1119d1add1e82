"""`manage follow`: every running partnership is judged, and twice is as once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate

from tests.following import Followed
from tillit.apps.followup.models import Deviation


def told():
    out = StringIO()
    call_command("follow", stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db
def test_running_partnerships_are_judged_and_twice_is_as_once():
    here = Followed()
    here.reporter(here.indicator("starts", frequency="year"), since=localdate() - timedelta(days=900))
    assert told() == "partnerships 0, new 0, changed 0, no longer seen 0"
    here.partnership.status, here.partnership.not_started = "running", False
    here.partnership.save()
    said = told()
    assert said == f"partnerships 1, new {Deviation.objects.count()}, changed 0, no longer seen 0"
    assert {each.rule for each in Deviation.objects.all()} == {"D1", "D2", "D6"}
    assert told() == "partnerships 1, new 0, changed 0, no longer seen 0"
