"""An indicator is written with its first version, placed under a goal and a step of the effect logic, and closed.

It may be incomplete: an unmeasurable goal is improved step by step, and what is missing is listed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.followup.actions.definitions import Definition, columns_of
from tillit.apps.followup.actions.written import known
from tillit.apps.followup.models import EffectNode, Goal, Indicator, IndicatorVersion
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.models import Level, Partnership
from tillit.core.indicators.judged import NEUTRAL

LONGEST_CODE = 40
OPEN_TO = ("public", "parties")
"""Who an indicator can be open to: it belongs to no organ, so none can have it to itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFacts:
    """What an indicator is called and where it stands. `code` "": made from the name.

    `node_code`: the step of the effect logic that it shows. `not_started`: its follow-up has not begun.
    """

    name: str
    level: Level
    code: str = ""
    goal: Goal | None = None
    node_code: str = ""
    openness: str = "public"
    not_started: bool = False
    order: int = 0
    source: str = ""


@transaction.atomic
def write_indicator(
    *,
    partnership: Partnership,
    facts: IndicatorFacts,
    definition: Definition,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
    library: str = "",
) -> Indicator:
    """Return a new indicator with its first version, however little is said of it. `library`: what it was made from.

    :raises Refused: it has no name, its code is taken, or it belongs to another partnership's goal, level or step
    """
    here = locked(partnership)
    made = Indicator(partnership=here, library=library, created_by=by, created_at=at, **_columns(here, facts))
    made.code = made.code or _free_code(here, made.name)
    columns = columns_of(made, definition)
    with held(lambda: _refuse_taken(made)):
        made.save(force_insert=True)
    IndicatorVersion.objects.create(indicator=made, created_by=by, created_at=at, **columns)
    audit.note("followup.indicator.written", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def change_indicator(
    *, indicator: Indicator, facts: IndicatorFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Indicator:
    """Change what an indicator is called and where it stands. Its code stays where none is given.

    :raises Refused: as `write_indicator`; it is closed, or is followed without a target and put under a goal
    """
    here = locked(indicator.partnership)
    current = _open(indicator, at)
    for name, value in _columns(here, facts).items():
        setattr(current, name, value or current.code if name == "code" else value)
    directions = current.versions.order_by("-number").values_list("direction", flat=True)
    if current.goal_id is not None and directions.first() == NEUTRAL:
        raise Refused(
            _("En indikator som bara följs kan inte visa om ett mål nås. Ge den en riktning först."), field="goal"
        )
    with held(lambda: _refuse_taken(current)):
        current.save()
    audit.note("followup.indicator.changed", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def close_indicator(
    *, indicator: Indicator, on: date, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Indicator:
    """Follow an indicator no more from a day on; what was reported stays.

    :raises Refused: it is closed already, or the day is before its first version
    """
    locked(indicator.partnership)
    current = _open(indicator, at)
    possible(on, field="on")
    first = current.versions.order_by("number").values_list("starts_on", flat=True).first()
    if first is not None and on <= first:
        raise Refused(_("Dagen ligger före indikatorns första dag, %(day)s.") % {"day": first.isoformat()}, field="on")
    current.closed_on = on
    current.save(update_fields=["closed_on"])
    audit.note("followup.indicator.closed", subject=current, by=by, at=at, acting_for=acting_for, on=on.isoformat())
    return current


@transaction.atomic
def reopen_indicator(
    *, indicator: Indicator, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Indicator:
    """Follow a closed indicator again. :raises Refused: it is not closed"""
    locked(indicator.partnership)
    current = Indicator.objects.get(pk=indicator.pk)
    if current.closed_on is None:
        raise Refused(_("Indikatorn följs redan."))
    current.closed_on = None
    current.save(update_fields=["closed_on"])
    audit.note("followup.indicator.reopened", subject=current, by=by, at=at, acting_for=acting_for)
    return current


def _open(indicator: Indicator, at: datetime) -> Indicator:
    current = Indicator.objects.get(pk=indicator.pk)
    if current.closed_on is not None and current.closed_on <= day_of(at):
        raise Refused(_("Indikatorn följs inte längre. Öppna den igen först."))
    return current


def _columns(here: Partnership, facts: IndicatorFacts) -> dict[str, Any]:
    known(facts.openness, OPEN_TO, field="openness")
    if facts.level.partnership_id != here.pk:
        raise Refused(_("Det hör till ett annat partnerskap. Välj ett av de egna."), field="level")
    if facts.goal is not None and facts.goal.plan.partnership_id != here.pk:
        raise Refused(_("Det hör till ett annat partnerskap. Välj ett av de egna."), field="goal")
    node = facts.node_code.strip()
    if node and not EffectNode.objects.filter(logic__partnership=here, code=node).exists():
        raise Refused(_("Steget finns inte i effektlogiken. Välj ett som finns."), field="node_code")
    if not 0 <= facts.order < 1000:
        raise Refused(_("Skriv ett heltal mellan 0 och 999."), field="order")
    return {
        "name": line(facts.name, field="name", most=200),
        "code": line(facts.code, field="code", most=LONGEST_CODE, needed=False),
        "level": facts.level,
        "goal": facts.goal,
        "node_code": node,
        "openness": facts.openness,
        "not_started": facts.not_started,
        "order": facts.order,
        "source": line(facts.source, field="source", most=300, needed=False),
    }


def _refuse_taken(made: Indicator) -> None:
    there = Indicator.objects.filter(partnership=made.partnership_id, code=made.code).exclude(pk=made.pk)
    if there.exists():
        raise Refused(_("Koden används redan av en annan indikator. Välj en annan."), field="code")


def _free_code(here: Partnership, name: str) -> str:
    base = slugify(name)[: LONGEST_CODE - 4] or "indikator"
    taken = set(Indicator.objects.filter(partnership=here, code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)
