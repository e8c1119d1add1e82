"""What can be done with organisations and people: one function is one act."""

from tillit.apps.parties.actions.absences import delegate, end_delegation
from tillit.apps.parties.actions.belonging import (
    ProcurementFacts,
    close_procurement,
    join_association,
    leave_association,
    record_procurement,
    set_bidders,
)
from tillit.apps.parties.actions.mergers import merge_organisations
from tillit.apps.parties.actions.organisations import (
    Particulars,
    add_organisation,
    change_organisation,
    come_back,
    leave,
    set_parent,
)
from tillit.apps.parties.actions.people import (
    Post,
    add_person,
    employ,
    end_employment,
    give_role,
    take_on,
    take_role,
)
from tillit.apps.parties.actions.regions import load_regions
from tillit.apps.parties.actions.units import UnitFacts, add_unit, change_unit, close_unit, name_head

__all__ = [
    "Particulars",
    "Post",
    "ProcurementFacts",
    "UnitFacts",
    "add_organisation",
    "add_person",
    "add_unit",
    "change_organisation",
    "change_unit",
    "close_procurement",
    "close_unit",
    "come_back",
    "delegate",
    "employ",
    "end_delegation",
    "end_employment",
    "give_role",
    "join_association",
    "leave",
    "leave_association",
    "load_regions",
    "merge_organisations",
    "name_head",
    "record_procurement",
    "set_bidders",
    "set_parent",
    "take_on",
    "take_role",
]
