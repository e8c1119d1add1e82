"""The made-up world: built through the acts, a collaboration in every state, everybody in it made up."""

from datetime import UTC, datetime

import pytest

from tillit.apps.accounts.models import Person
from tillit.apps.audit.queries import first_broken_link
from tillit.apps.collaborations.models import Approval, Assessment, Collaboration, Limit
from tillit.apps.parties.models import Organisation
from tillit.apps.register.models import Entry
from tillit.core.process.states import STATES
from tillit.demo.fill import fill

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_world_has_a_collaboration_in_every_state_and_nobody_real(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    assert fill(now=NOW) is True

    states = set(Collaboration.objects.values_list("state", flat=True))
    assert states == set(STATES)
    assert not Collaboration.objects.filter(made_up=False).exists()
    assert not Person.objects.filter(made_up=False).exists()
    assert Organisation.objects.filter(kind="region", made_up=False).count() == 21
    reopened = Collaboration.objects.get(title="Seminarium om stroke")
    assert set(Approval.objects.filter(collaboration=reopened, answer="waiting").values_list("kind", flat=True)) == {
        "company_check",
        "employer",
    }
    warned = Assessment.objects.filter(collaboration__title="Seminarium om kranskärl").latest("made_at").warnings
    assert {each["code"] for each in warned} == {"double_booked"}
    assert Limit.objects.get().source == "Påhittad gräns för demon"
    assert set(Entry.objects.values_list("state", flat=True)) == {"closed", "reported", "carried_out"}
    assert first_broken_link() is None
    assert fill(now=NOW) is False
