"""A partnership is founded and run: who may see it, what is refused, and that somebody always runs the office."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import resolve

from tests import world
from tests.partnering import NOW, START, Ground
from tillit.apps.accounts.models import Person
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships import access
from tillit.apps.partnerships.actions import frame as acts
from tillit.apps.partnerships.models import Appointment, Partnership

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@dataclass
class Acting:
    person: Person
    organisation: Organisation | None = None
    roles: frozenset[str] = field(default_factory=frozenset)


@pytest.fixture
def ground():
    return Ground()


def test_a_partnership_is_founded_with_levels_an_address_and_its_founder_in_the_office(ground):
    made = ground.partnership
    assert (made.slug, made.status, made.not_started) == ("kliniska-provningar", "preparing", True)
    assert [each.rank for each in made.levels.all()] == [0, 1, 2, 3, 4]
    assert made.stewards.get().person == ground.founder
    assert Act.objects.filter(action="partnerships.founded").count() == 1
    frame = acts.Frame("Kliniska prövningar", "by_agreement", START)
    assert acts.found_partnership(frame=frame, by=None, at=NOW).slug == "kliniska-provningar-2"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "heter"),
        ({"legal_form": "okänd"}, "alternativen"),
        ({"ends_on": START}, "innan"),
        ({"purpose": "Fråga 19121212-1212"}, "personnummer"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_founded(change, said):
    before = Partnership.objects.count()
    frame = {"name": "Ett", "legal_form": "by_agreement", "starts_on": START, **change}
    with pytest.raises(Refused, match=said):
        acts.found_partnership(frame=acts.Frame(**frame), by=world.person("Kaj Ek"), at=NOW)
    assert Partnership.objects.count() == before


def test_it_goes_from_preparing_to_running_to_ended_and_never_back(ground):
    running = acts.move_partnership(partnership=ground.partnership, status="running", by=ground.founder, at=NOW)
    ended = acts.move_partnership(partnership=running, status="ended", by=ground.founder, at=NOW)
    assert (ended.status, ended.ends_on) == ("ended", TODAY)
    with pytest.raises(Refused):
        acts.move_partnership(partnership=ended, status="running", by=ground.founder, at=NOW)


def test_somebody_is_always_left_in_the_office(ground):
    mine = ground.partnership.stewards.get()
    with pytest.raises(Refused, match="kansliet"):
        acts.end_steward(steward=mine, by=ground.founder, at=NOW)
    acts.name_steward(partnership=ground.partnership, person=ground.officer, role="office", by=ground.founder, at=NOW)
    acts.end_steward(steward=mine, by=ground.founder, at=NOW)
    later = TODAY + timedelta(days=1)
    assert not access.sight_of(Acting(ground.founder), ground.partnership, later).office
    assert access.sight_of(Acting(ground.officer), ground.partnership, later).office


def test_a_code_is_used_once(ground):
    with pytest.raises(Refused, match="används redan"):
        acts.add_sector(partnership=ground.partnership, code="care", name="Vård igen", by=ground.founder, at=NOW)


def test_what_is_for_the_parties_is_seen_by_those_who_act_for_one_or_sit_in_an_organ():
    ground = Ground(openness="parties")
    slug = ground.partnership.slug
    ground.joined(ground.company, sector="industry")
    officer = Acting(ground.officer, ground.company, frozenset({"compliance_officer"}))
    found, sight = access.to_see(officer, slug, TODAY)
    assert found == ground.partnership
    assert (sight.party, sight.office, sight.sees("organ")) == (True, False, False)
    outsider = Acting(ground.outsider, ground.outsider.roles.get().organisation, frozenset({"contact_person"}))
    for nobody in (None, outsider):
        with pytest.raises(Http404):
            access.to_see(nobody, slug, TODAY)
    board = ground.organ(seats=1)
    Appointment.objects.create(
        seat=board.seats.get(),
        person=ground.outsider,
        organisation=ground.region,
        starts_on=START,
        ends_on=date(2027, 2, 1),
        recorded_at=NOW,
    )
    sight = access.sight_of(outsider, ground.partnership, TODAY)
    assert sight.sees("organ", board.pk)
    assert not access.sight_of(outsider, ground.partnership, date(2027, 2, 1)).party


def test_only_the_office_runs_the_record(ground):
    office = Acting(ground.founder, ground.region, frozenset({"contact_person"}))
    assert access.to_run(office, ground.partnership.slug, TODAY) == ground.partnership
    officer = Acting(ground.officer, ground.company, frozenset({"compliance_officer"}))
    with pytest.raises(PermissionDenied):
        access.to_run(officer, ground.partnership.slug, TODAY)


@pytest.mark.parametrize("name", ["Ny", "Modeller", "Jämförelse"])
def test_a_partnership_never_takes_the_address_of_another_page(name):
    frame = acts.Frame(name, "by_agreement", START)
    made = acts.found_partnership(frame=frame, by=None, at=NOW)
    assert resolve(f"/partnerskap/{made.slug}/").kwargs == {"slug": made.slug}
