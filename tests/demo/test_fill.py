"""The made-up world: built through the acts, a collaboration in every state, everybody in it made up."""

from datetime import UTC, datetime

import pytest

from tillit.apps.accounts.models import Person
from tillit.apps.audit.queries import first_broken_link
from tillit.apps.collaborations.models import Approval, Assessment, Collaboration, Limit
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import AgreementParty, Appointment, Commitment, Membership, Partnership
from tillit.apps.partnerships.queries.commitments import Board
from tillit.apps.partnerships.queries.overview import overview
from tillit.apps.register.models import Entry
from tillit.core.process.states import STATES
from tillit.demo.fill import fill
from tillit.demo.partnership import MADE_UP

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
    the_example_partnership_lets_nobody_real_sign_sit_or_promise()
    assert first_broken_link() is None
    assert fill(now=NOW) is False


def the_example_partnership_lets_nobody_real_sign_sit_or_promise():
    made = Partnership.objects.get()
    assert (made.name, made.status, made.made_up) == ("Kliniska prövningar", "running", True)
    real = Organisation.objects.filter(made_up=False)
    assert not AgreementParty.objects.filter(organisation__in=real).exists()
    assert not Appointment.objects.filter(organisation__in=real).exists()
    assert not Commitment.objects.filter(organisation__in=real).exists()
    watching = Membership.objects.filter(organisation__in=real)
    assert set(watching.values_list("role", "voting")) == {("observer", False)}
    assert all(each.source.startswith("Påhittat för demon") for each in watching)
    assert set(Membership.objects.filter(organisation__made_up=True).values_list("source", flat=True)) == {MADE_UP}
    told = overview(made, Sight(office=True), NOW.date())
    assert (told.parties, len(told.regions)) == (27, 21)
    board = next(each for each in told.organs if each.name == "Styrelsen")
    assert (len(board.seats), board.vacant) == (9, 2)
    research = next(each for each in Board(made, NOW.date(), lambda row: True).gaps(lambda organ: True))
    assert research[0].code == "research_area"
