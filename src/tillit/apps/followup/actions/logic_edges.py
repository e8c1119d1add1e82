"""Why one step of a draft leads to another: edges are added, changed and taken away, also with a step in one go."""

from collections.abc import Container
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.followup.actions.logic import drafted, prose
from tillit.apps.followup.actions.logic_steps import NodeFacts, add_node
from tillit.apps.followup.models import AssumptionCheck, EffectEdge, EffectLogic, EffectNode
from tillit.apps.followup.models.words import CONTRIBUTIONS, EDGE_EVIDENCE
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation

MOST_LAG = 600
MOST_EDGES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeFacts:
    """What is said of an edge. `lag_months` None: nobody knows. `polarity`: 1 helps, -1 hinders.

    `since`: the day from which the evidence has been what it is. None: the day of the act where the evidence changes,
    as before where it does not.
    """

    mechanism: str = ""
    lag_months: int | None = None
    evidence: str = "untested"
    evidence_source: str = ""
    since: date | None = None
    contribution: str = "contributing"
    polarity: int = 1
    is_feedback: bool = False


@transaction.atomic
def add_edge(
    *,
    src: EffectNode,
    dst: EffectNode,
    facts: EdgeFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> EffectEdge:
    """Return a new edge of a draft. A draft may hold what goes round or backwards: that is told, and stops adoption.

    :raises Refused: the logic is adopted, the ends are one or lie in two logics, it is there already (I-16), or
        something said cannot be
    """
    current = drafted(src.logic)
    if dst.logic_id != current.pk:
        raise Refused(_("Stegen ligger i olika effektlogiker. Välj två i samma."), field="dst")
    if src.pk == dst.pk:
        raise Refused(_("Ett steg kan inte leda till sig självt. Välj ett annat."), field="dst")
    said = _checked(facts, at)
    if current.edges.count() >= MOST_EDGES:
        raise Refused(_("En effektlogik har plats för 600 kopplingar. Dela upp den i grenar."))
    with held(lambda: _refuse_double(src.pk, dst.pk, facts.polarity)):
        made = EffectEdge.objects.create(
            logic=current, src=src, dst=dst, evidence_since=facts.since or day_of(at), **said
        )
    audit.note("followup.edge.added", subject=made, by=by, at=at, acting_for=acting_for, ends=[src.code, dst.code])
    return made


@transaction.atomic
def add_step_under(
    *,
    under: EffectNode,
    step: NodeFacts,
    edge: EdgeFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> EffectNode:
    """Return a new step that another leads to: the step and the edge in one go.

    :raises Refused: as `add_node` and `add_edge`; then neither is there
    """
    made = add_node(logic=under.logic, facts=step, by=by, at=at, acting_for=acting_for)
    add_edge(src=under, dst=made, facts=edge, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def change_edge(
    *, edge: EffectEdge, facts: EdgeFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> EffectEdge:
    """Change what is said of an edge. When its evidence changes, it has been so from the day given, or that day.

    :raises Refused: as `add_edge`
    """
    drafted(edge.logic)
    row = EffectEdge.objects.get(pk=edge.pk)
    said = _checked(facts, at)
    since = facts.since or (day_of(at) if facts.evidence != row.evidence else row.evidence_since)
    for name, value in {**said, "evidence_since": since}.items():
        setattr(row, name, value)
    with held(lambda: _refuse_double(row.src_id, row.dst_id, facts.polarity, but=row)):
        row.save()
    audit.note("followup.edge.changed", subject=row, by=by, at=at, acting_for=acting_for, evidence=row.evidence)
    return row


@transaction.atomic
def remove_edge(*, edge: EffectEdge, by: Person, at: datetime, acting_for: Organisation | None = None) -> EffectLogic:
    """Take an edge out of a draft, with its assumptions. Return the draft.

    :raises Refused: the logic is adopted
    """
    current = drafted(edge.logic)
    row = EffectEdge.objects.select_related("src", "dst").get(pk=edge.pk)
    AssumptionCheck.objects.filter(assumption__edge=row).delete()
    ends = [row.src.code, row.dst.code]
    row.delete()
    audit.note("followup.edge.removed", subject=current, by=by, at=at, acting_for=acting_for, ends=ends)
    return current


def _checked(facts: EdgeFacts, at: datetime) -> dict[str, object]:
    known: dict[str, Container[object]] = {
        "evidence": EDGE_EVIDENCE,
        "contribution": CONTRIBUTIONS,
        "polarity": (1, -1),
    }
    for field, words in known.items():
        if getattr(facts, field) not in words:
            raise Refused(_("Välj ett av alternativen."), field=field)
    if facts.lag_months is not None and not 0 <= facts.lag_months <= MOST_LAG:
        raise Refused(_("Skriv ett antal månader mellan 0 och 600."), field="lag_months")
    possible(facts.since, field="since")
    if facts.since is not None and facts.since > day_of(at):
        raise Refused(_("Dagen ligger i framtiden. Välj en dag som varit."), field="since")
    said = {each.name: getattr(facts, each.name) for each in fields(facts) if each.name != "since"}
    return said | {
        "mechanism": prose(facts.mechanism, field="mechanism"),
        "evidence_source": line(facts.evidence_source, field="evidence_source", most=300, needed=False),
    }


def _refuse_double(src: UUID, dst: UUID, polarity: int, but: EffectEdge | None = None) -> None:
    same = EffectEdge.objects.filter(src=src, dst=dst, polarity=polarity)
    if (same if but is None else same.exclude(pk=but.pk)).exists():
        raise Refused(_("Kopplingen finns redan. Ändra den i stället."), field="dst")
