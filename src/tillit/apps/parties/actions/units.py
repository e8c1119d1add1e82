"""Units of an organisation: added, changed, closed, and given a head who answers for their people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.parties.conditions import (
    at_work,
    day_of,
    hsa_id_of,
    line,
    of_organisation,
    one_at_a_time,
    possible,
    takes_part,
)
from tillit.apps.parties.models import Organisation, Unit
from tillit.apps.parties.moves import end_roles, move_staff
from tillit.apps.parties.queries import upwards


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """What is said of a unit, as somebody typed it. `key` is the organisation's own, such as a cost centre."""

    key: str
    name: str
    hsa_id: str = ""
    parent: Unit | None = None


@transaction.atomic
def add_unit(
    *, organisation: Organisation, facts: UnitFacts, by: Person | None, acting_for: Organisation | None, at: datetime
) -> Unit:
    """Return a new unit. :raises Refused: its key or HSA-id is another's, or it cannot belong where it is said to"""
    takes_part(organisation, day_of(at))
    of_organisation(facts.parent, organisation, day_of(at), field="parent")
    columns = _columns(facts)
    with held(lambda: _nobody_elses(columns, organisation)):
        unit = Unit.objects.create(organisation=organisation, parent=facts.parent, **columns)
    audit.note("parties.unit_added", subject=unit, by=by, at=at, acting_for=acting_for or "")
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, to: UnitFacts, by: Person | None, acting_for: Organisation | None, at: datetime) -> Unit:
    """Return the unit with what is said of it now. :raises Refused: as `add_unit`; it would belong to itself"""
    one_at_a_time()
    unit = Unit.objects.select_related("organisation").get(pk=unit.pk)
    takes_part(unit.organisation, day_of(at))
    if to.parent is not None and to.parent.pk != unit.parent_id:
        of_organisation(to.parent, unit.organisation, day_of(at), field="parent")
    if to.parent is not None and unit in upwards(to.parent):
        raise Refused(_("Enheten kan inte höra till sig själv eller till en enhet under sig."), field="parent")
    columns = _columns(to)
    with held(lambda: _nobody_elses(columns, unit.organisation, but=unit)):
        Unit.objects.filter(pk=unit.pk).update(parent=to.parent, **columns)
    unit.refresh_from_db()
    audit.note("parties.unit_changed", subject=unit, by=by, at=at, acting_for=acting_for or "")
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, on: date, by: Person | None, acting_for: Organisation | None, at: datetime) -> None:
    """Close a unit from a day on. Its people go on in the unit that it belonged to, or in the organisation.

    :raises Refused: a unit below it is open, it is closed already, or the day has not come
    """
    one_at_a_time()
    unit = Unit.objects.select_related("organisation", "parent").get(pk=unit.pk)
    takes_part(unit.organisation, day_of(at))
    possible(on, field="on")
    if unit.closed_on is not None:
        raise Refused(_("Enheten är redan stängd sedan %(day)s.") % {"day": unit.closed_on}, field="on")
    if on > day_of(at):
        raise Refused(_("Dagen har inte kommit än. Stäng enheten då."), field="on")
    if below := unit.children.filter(closed_on__isnull=True).first():
        raise Refused(_("Stäng enheterna under den först: %(name)s är öppen.") % {"name": below.name})
    Unit.objects.filter(pk=unit.pk).update(closed_on=on)
    move_staff(unit.staff.all(), unit.organisation, on, unit=unit.parent)
    end_roles(unit.roles.all(), on)
    audit.note("parties.unit_closed", subject=unit, by=by, at=at, acting_for=acting_for or "", on=on.isoformat())


@transaction.atomic
def name_head(
    *, unit: Unit, head: Person | None, by: Person | None, acting_for: Organisation | None, at: datetime
) -> None:
    """Say who is a unit's head of operations; None: nobody is named, and the one above answers.

    :raises Refused: the unit is closed, or the person is not among the organisation's people
    """
    unit = Unit.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=unit.pk)
    takes_part(unit.organisation, day_of(at))
    of_organisation(unit, unit.organisation, day_of(at), field="head")
    if head is not None:
        at_work(head, unit.organisation, day_of(at), field="head")
    Unit.objects.filter(pk=unit.pk).update(head=head)
    audit.note(
        "parties.head_named",
        subject=unit,
        by=by,
        at=at,
        acting_for=acting_for or "",
        head=str(head.pk) if head else "",
    )


def _columns(facts: UnitFacts) -> dict[str, str]:
    return {
        "key": line(facts.key, field="key", most=40),
        "name": line(facts.name, field="name", most=200),
        "hsa_id": hsa_id_of(facts.hsa_id),
    }


def _nobody_elses(columns: dict[str, str], organisation: Organisation, *, but: Unit | None = None) -> None:
    others = Unit.objects.exclude(pk=but.pk) if but else Unit.objects.all()
    if other := others.filter(organisation=organisation, key=columns["key"]).first():
        raise Refused(_("%(name)s har redan den nyckeln. Välj en annan.") % {"name": other.name}, field="key")
    if columns["hsa_id"] and others.filter(hsa_id=columns["hsa_id"]).exists():
        raise Refused(_("En annan enhet har redan det HSA-id:t. Kontrollera tecknen."), field="hsa_id")
