"""The organisations and people of the made-up world. Everybody here is made up and marked so."""

from dataclasses import dataclass
from datetime import datetime

from tillit.apps.accounts.actions import open_account
from tillit.apps.accounts.models import Person
from tillit.apps.parties.actions import (
    Particulars,
    Post,
    UnitFacts,
    add_organisation,
    add_unit,
    employ,
    give_role,
    name_head as make_head,
)
from tillit.apps.parties.models import Organisation, Unit

COMPANY, CARE = "Nordkap Pharma AB", "Fjällgårdens sjukhus AB"
CLINIC = "Hjärtkliniken"


@dataclass(frozen=True, slots=True)
class World:
    """The two sides, and who does what in them."""

    company: Organisation
    care: Organisation
    clinic: Unit
    author: Person
    officer: Person
    contact: Person
    head: Person
    nurse: Person
    doctor: Person


def settle(*, at: datetime) -> World:
    """Return the made-up organisations and people, with their roles, from the day of `at`."""
    company = add_organisation(
        particulars=Particulars(kind="company", name=COMPANY, branch="pharma"), by=None, at=at, made_up=True
    )
    care = add_organisation(
        particulars=Particulars(kind="private_provider", name=CARE, care_terms="private_agreement"),
        by=None,
        at=at,
        made_up=True,
    )
    clinic = add_unit(organisation=care, facts=UnitFacts(key="K1", name=CLINIC), by=None, acting_for=None, at=at)
    world = World(
        company,
        care,
        clinic,
        employed("Alva Ekdal", company, ("author", "administrator"), at),
        employed("Bo Lindvall", company, ("compliance_officer", "auditor"), at),
        employed("Cia Bergmark", care, ("contact_person", "administrator"), at),
        employed("Disa Holmgren", care, ("head_of_operations",), at, clinic),
        employed("Eli Sundell", care, ("participant",), at, clinic),
        employed("Fia Dahlbom", care, (), at, clinic),
    )
    make_head(unit=clinic, head=world.head, by=None, acting_for=None, at=at)
    return world


def employed(
    name: str, organisation: Organisation, roles: tuple[str, ...], at: datetime, unit: Unit | None = None
) -> Person:
    address = f"{name.lower().replace(' ', '.')}@example.se"
    person = open_account(email=address, name=name, password=None, language="sv", made_up=True).person
    employ(person=person, organisation=organisation, post=Post(unit=unit), by=None, acting_for=None, at=at)
    for role in roles:
        of_unit = unit if role == "head_of_operations" else None
        give_role(person=person, organisation=organisation, role=role, unit=of_unit, by=None, acting_for=None, at=at)
    return person
