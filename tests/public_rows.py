"""Collaborations straight into the tables, as the acts leave them, for the public side to read."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest

from tests import world
from tillit.apps.audit.actions import note
from tillit.apps.collaborations.models import Assessment, Collaboration, Participant, Party, Version
from tillit.apps.register import actions

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_next = count(1)


@pytest.fixture
def sides(db):
    """A company, a region with a unit, and somebody at the company."""
    company, region = world.company(), world.region()
    return company, region, world.unit(region), world.person("Anna Berg", organisation=company)


@pytest.fixture
def carried_out(sides):
    """Return a function that makes a collaboration that has been carried out, or is in another state."""
    company, region, unit, anna = sides

    def make(state="carried_out", **fields):
        number = next(_next)
        said = {
            "title": "Utbildning om hjärtsvikt",
            "purpose": "Vården lär sig den nya metoden.",
            "benefit_patient": "Tidigare behandling.",
            "kind": "educational_meeting",
            "starts_on": date(2026, 11, 3),
            "ends_on": date(2026, 11, 4),
            "town": "Åre",
            "outcome": "meets",
            "edition": "samverkansregler/3.0",
            "estimated_total": Decimal("12000.00"),
            "version": 1,
            **fields,
        }
        made = Collaboration.objects.create(
            public_id=f"S-TEST{number:03}",
            state=state,
            state_since=NOW,
            created_by=anna,
            created_at=NOW,
            changed_at=NOW,
            made_up=True,
            **said,
        )
        Party.objects.create(collaboration=made, organisation=company, side="company", role="proposer", contact=anna)
        Party.objects.create(collaboration=made, organisation=region, unit=unit, side="care", role="answerer")
        return made

    return make


@pytest.fixture
def whole(carried_out, sides):
    """A reported collaboration with two versions, an assessment, participants and acts in the ledger."""
    company, _region, _unit, anna = sides
    made = carried_out("reported", actual_total=Decimal("11500.50"), version=2)
    about = {"title": "Utbildning", "starts_on": "2026-11-03", "ends_on": "2026-11-04"}
    contents = (
        {"about": about},
        {"about": {**about, "title": made.title}, "meal": [{"id": "lunch", "price": "120.00"}]},
    )
    for number, content in enumerate(contents, start=1):
        version = Version.objects.create(
            collaboration=made,
            number=number,
            content=content,
            hash=str(number) * 64,
            made_by=anna,
            acting_for=company,
            made_at=NOW - timedelta(days=40 - number),
        )
    Assessment.objects.create(
        collaboration=made,
        version=version,
        phase="carried_out",
        as_of=date(2026, 11, 10),
        made_at=NOW,
        outcome="judge",
        outcomes={"all": "judge", "company": "judge", "care": "meets"},
        edition="samverkansregler/3.0",
        layers=[{"id": "samverkansregler/3.0", "hash": "sha256:ab", "owner": "x", "provenance": "official"}],
        answer={"counts": {"meets": 7, "breach": 0, "undecided": 0, "judge": 1, "not_applicable": 30}, "findings": []},
    )
    erik = world.person("Erik Holm", organisation=company)
    Participant.objects.create(collaboration=made, record_id="p1", person=erik, side="company", attendance="present")
    for at, attendance in enumerate(("present", "remote", "absent")):
        Participant.objects.create(
            collaboration=made, record_id=f"v{at}", label="Doktor Hemlig", side="care", attendance=attendance
        )
    for days, act in ((30, "submitted"), (20, "now_approved"), (10, "carried_out"), (2, "reported")):
        note(f"collaborations.{act}", subject=made, by=anna, at=NOW - timedelta(days=days))
    return made


@pytest.fixture
def publish():
    def run(collaboration, at=NOW, today=TODAY):
        return actions.publish(collaboration=collaboration, at=at, today=today)

    return run
