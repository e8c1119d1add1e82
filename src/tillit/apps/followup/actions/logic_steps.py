"""The steps of a draft: added, also right under another, changed and taken away.

Reading: a code is one step's in the whole partnership, in every version. Indicators and branches hold on to codes, so a
number is never given again, and a branch does not use one of the national logic's.
"""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.followup.actions.logic import drafted
from tillit.apps.followup.logic_facts import adopted
from tillit.apps.followup.models import AssumptionCheck, EffectLogic, EffectNode, Goal
from tillit.apps.followup.models.words import NODE_KINDS
from tillit.apps.parties.conditions import line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Level, Membership, Organ

LETTERS = {
    "resource": "R",
    "activity": "A",
    "output": "P",
    "short_effect": "K",
    "medium_effect": "M",
    "long_effect": "X",
    "benefit": "L",
}
"""What a code begins with: resurs, aktivitet, prestation, kort, medel, lång (X), samhällsnytta (L)."""
CODE = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö0-9-]{0,19}")
MOST_STEPS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFacts:
    """What is said of a step. `code` "": the next free one of its kind. `area`: the research area of an effort.

    `serves`: the code of a step in the adopted national logic, for a step of a branch. `ends_on`: the first day after.
    """

    kind: str
    text: str
    code: str = ""
    level: Level | None = None
    goal: Goal | None = None
    owner_party: Organisation | None = None
    owner_organ: Organ | None = None
    owner_role: str = ""
    area: str = ""
    serves: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def add_node(
    *,
    logic: EffectLogic,
    facts: NodeFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> EffectNode:
    """Return a new step of a draft.

    :raises Refused: the logic is adopted or full, the code is taken, or something said cannot be
    """
    current = drafted(logic)
    said = _checked(current, facts)
    if current.nodes.count() >= MOST_STEPS:
        raise Refused(_("En effektlogik har plats för 150 steg. Dela upp den i grenar."))
    order = current.nodes.aggregate(last=Max("order"))["last"]
    code = facts.code.strip() or _free(current, facts.kind)
    with held(lambda: _refuse_code(current, code)):
        made = EffectNode.objects.create(logic=current, code=code, order=0 if order is None else order + 1, **said)
    audit.note("followup.step.added", subject=made, by=by, at=at, acting_for=acting_for, code=code)
    return made


@transaction.atomic
def change_node(
    *, node: EffectNode, facts: NodeFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> EffectNode:
    """Change what is said of a step; its code stays, whatever kind it becomes.

    :raises Refused: as `add_node`
    """
    current = drafted(node.logic)
    row = EffectNode.objects.get(pk=node.pk)
    for name, value in _checked(current, facts, was=row.serves).items():
        setattr(row, name, value)
    row.save()
    audit.note("followup.step.changed", subject=row, by=by, at=at, acting_for=acting_for, code=row.code)
    return row


@transaction.atomic
def remove_node(*, node: EffectNode, by: Person, at: datetime, acting_for: Organisation | None = None) -> None:
    """Take a step out of a draft, with the edges to and from it. Versions that are adopted keep theirs.

    :raises Refused: the logic is adopted
    """
    current = drafted(node.logic)
    row = EffectNode.objects.get(pk=node.pk)
    for edges in (row.onward, row.before):
        AssumptionCheck.objects.filter(assumption__edge__in=edges.all()).delete()
    row.delete()
    audit.note("followup.step.removed", subject=current, by=by, at=at, acting_for=acting_for, code=node.code)


def _checked(logic: EffectLogic, facts: NodeFacts, was: str = "") -> dict[str, object]:
    if facts.kind not in NODE_KINDS:
        raise Refused(_("Välj vad det är för slags steg."), field="kind")
    _refuse_elsewhere(logic, facts)
    _refuse_serving(logic, facts.serves, was)
    for field in ("starts_on", "ends_on"):
        possible(getattr(facts, field), field=field)
    if facts.starts_on is not None and facts.ends_on is not None and facts.ends_on <= facts.starts_on:
        raise Refused(_("Det slutar innan det börjar. Rätta en av dagarna."), field="ends_on")
    said = {each.name: getattr(facts, each.name) for each in fields(facts) if each.name != "code"}
    return said | {
        "text": line(facts.text, field="text", most=300),
        "owner_role": line(facts.owner_role, field="owner_role", most=120, needed=False),
        "area": line(facts.area, field="area", most=120, needed=False),
    }


def _refuse_elsewhere(logic: EffectLogic, facts: NodeFacts) -> None:
    of_others: dict[str, object] = {
        "level": facts.level and facts.level.partnership_id,
        "owner_organ": facts.owner_organ and facts.owner_organ.partnership_id,
        "goal": facts.goal and facts.goal.plan.partnership_id,
    }
    for field, whose in of_others.items():
        if whose is not None and whose != logic.partnership_id:
            raise Refused(_("Det hör till ett annat partnerskap. Välj ett av de egna."), field=field)
    party = facts.owner_party
    if party is None:
        return
    if not Membership.objects.filter(CURRENT, partnership=logic.partnership_id, organisation=party).exists():
        raise Refused(
            _("%(name)s är inte med i partnerskapet. Lägg till parten först.") % {"name": party}, field="owner_party"
        )


def _refuse_serving(logic: EffectLogic, serves: str, was: str) -> None:
    """Let a tie to the national logic pass. One that was there stays possible: the page tells that its step is gone."""
    if not serves or serves == was:
        return
    if logic.organ_id is None:
        raise Refused(_("Bara steg i en gren knyts till den nationella effektlogiken."), field="serves")
    national = adopted(logic.partnership)
    if national is None or not national.nodes.filter(code=serves).exists():
        raise Refused(_("Steget finns inte i den nationella effektlogik som är fastställd."), field="serves")


def _refuse_code(logic: EffectLogic, code: str) -> None:
    if not CODE.fullmatch(code):
        raise Refused(_("Skriv koden med en stor bokstav först, till exempel A1."), field="code")
    used = EffectNode.objects.filter(logic__partnership=logic.partnership_id, code=code)
    elsewhere = (
        used.filter(logic__organ__isnull=False) if logic.organ_id is None else used.exclude(logic__organ=logic.organ_id)
    )
    if used.filter(logic=logic).exists() or elsewhere.exists():
        raise Refused(_("Koden används redan. Välj en annan."), field="code")


def _free(logic: EffectLogic, kind: str) -> str:
    """Return the code after the highest that a step has had, or that an indicator still holds on to."""
    letter = LETTERS[kind]
    steps = EffectNode.objects.filter(logic__partnership=logic.partnership_id, code__startswith=letter)
    held_on = logic.partnership.indicators.filter(node_code__startswith=letter)
    used = {*steps.values_list("code", flat=True), *held_on.values_list("node_code", flat=True)}
    numbers = [int(code[1:]) for code in used if code[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"
