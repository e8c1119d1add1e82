"""A partnership with levels, sectors and parties of every sort, for the tests; straight into the tables where no act
is tried."""

from datetime import UTC, date, datetime
from typing import TypeVar

from tests import world
from tillit.apps.partnerships.actions.frame import Frame, add_sector, add_subject, found_partnership
from tillit.apps.partnerships.models import Membership, Organ, Seat
from tillit.apps.partnerships.template_shape import Template
from tillit.apps.partnerships.templates import template

NOW = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)
START = date(2026, 2, 1)
T = TypeVar("T")


def there(found: T | None) -> T:
    """Return what is found, where a test knows that something is."""
    assert found is not None
    return found


def model(code: str) -> Template:
    """Return a legal model that comes with Tillit."""
    return there(template(code))


class Ground:
    """A partnership by agreement with three sectors, a region, a university, a company and a patient association."""

    def __init__(self, name="Kliniska prövningar", **frame):
        self.region = world.region()
        self.university = world.organisation("Fjällmarks universitet", "university")
        self.company = world.company()
        self.patients = world.organisation("Hjärtföreningen", "patient_association")
        self.founder = world.person("Kaj Kansli", organisation=self.region, roles=("contact_person",))
        self.officer = world.person("Bo Lind", organisation=self.company, roles=("compliance_officer",))
        self.outsider = world.person("Ulla Ut", organisation=world.company("Annat AB"), roles=("contact_person",))
        self.partnership = found_partnership(
            frame=Frame(**{"name": name, "legal_form": "by_agreement", "starts_on": START, **frame}),
            by=self.founder,
            at=NOW,
            acting_for=self.region,
            made_up=True,
        )
        self.levels = {each.code: each for each in self.partnership.levels.all()}
        self.sectors = {
            code: add_sector(partnership=self.partnership, code=code, name=name, by=self.founder, at=NOW)
            for code, name in (("care", "Vård"), ("academia", "Akademi"), ("industry", "Industri"))
        }
        self.budget = add_subject(partnership=self.partnership, code="budget", name="Budget", by=self.founder, at=NOW)

    def joined(self, organisation, role="main_party", sector=None, **more):
        return Membership.objects.create(
            partnership=self.partnership,
            organisation=organisation,
            role=role,
            sector=self.sectors.get(sector),
            starts_on=more.pop("starts_on", START),
            recorded_at=NOW,
            **more,
        )

    def organ(self, name="Styrelsen", tier="deciding", level="national", seats=0, **more):
        made = Organ.objects.create(
            partnership=self.partnership, name=name, tier=tier, level=self.levels[level], starts_on=START, **more
        )
        for number in range(1, seats + 1):
            Seat.objects.create(organ=made, number=number, starts_on=START)
        return made
