"""Effect logics are begun, said what they are about, and copied to be worked on; what is adopted stays as it is (I-14).

The national logic has no organ; a branch has one, as a network.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held, refuse_personal_numbers
from tillit.apps.followup.models import Assumption, AssumptionCheck, EffectEdge, EffectLogic, EffectNode, StrategicPlan
from tillit.apps.parties.conditions import day_of, line
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.models import CURRENT, Organ, Partnership
from tillit.apps.partnerships.models.words import OPENNESS
from tillit.core.text import nfc

LONGEST_TITLE, LONGEST_SOURCE, LONGEST_TEXT = 200, 300, 2000
Row = TypeVar("Row", EffectNode, EffectEdge, Assumption, AssumptionCheck)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogicFacts:
    """What is said of a logic as a whole. `plan`: the plan whose goals it is held against, None: none is chosen."""

    title: str
    plan: StrategicPlan | None = None
    openness: str = "public"
    source: str = ""


@transaction.atomic
def begin_logic(
    *,
    partnership: Partnership,
    facts: LogicFacts,
    organ: Organ | None = None,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> EffectLogic:
    """Return a first draft: the national logic, or with `organ` its branch.

    :raises Refused: there is one already, the organ is closed or another partnership's, or something said cannot be
    """
    here = locked(partnership)
    if organ is not None:
        _refuse_organ(here, organ, at)
    said = _checked(here, organ, facts)
    with held(lambda: _refuse_begun(here, organ)):
        made = EffectLogic.objects.create(
            partnership=here, organ=organ, version=1, status="draft", created_by=by, created_at=at, **said
        )
    audit.note("followup.logic.begun", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def change_logic(
    *, logic: EffectLogic, facts: LogicFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> EffectLogic:
    """Change what is said of a draft as a whole.

    :raises Refused: it is adopted, or something said cannot be
    """
    current = drafted(logic)
    for name, value in _checked(current.partnership, current.organ, facts).items():
        setattr(current, name, value)
    current.save()
    audit.note("followup.logic.changed", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def next_draft(
    *, logic: EffectLogic, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> EffectLogic:
    """Return a draft of the next version: a copy of the adopted one, to work on.

    Steps keep their codes, edges their evidence and since when it has been so (the core's `next_draft`). What somebody
    has said of an assumption is true of it in the copy too: it is carried over with its day and whose word it is.

    :raises Refused: the version is not the adopted one, or a draft is there already
    """
    here = locked(logic.partnership)
    current = EffectLogic.objects.select_related("organ").get(pk=logic.pk)
    if current.status != "adopted":
        raise Refused(_("Bara den version som är fastställd nu kan bli ett nytt utkast. Läs in sidan igen."))
    with held(lambda: _refuse_drafted(here, current.organ)):
        made = EffectLogic.objects.create(
            partnership=here,
            organ_id=current.organ_id,
            plan_id=current.plan_id,
            based_on=current,
            version=current.version + 1,
            title=current.title,
            status="draft",
            openness=current.openness,
            source=current.source,
            created_by=by,
            created_at=at,
        )
    _copy(current, made, at)
    audit.note("followup.logic.drafted", subject=made, by=by, at=at, acting_for=acting_for, version=made.version)
    return made


def drafted(logic: EffectLogic) -> EffectLogic:
    """Return a draft that nobody else changes until our transaction ends: every act on what is in it begins so.

    :raises Refused: it is adopted
    """
    locked(logic.partnership)
    current = EffectLogic.objects.select_related("partnership", "organ", "plan").get(pk=logic.pk)
    if current.status != "draft":
        raise Refused(_("Versionen är fastställd och ändras inte. Börja på ett nytt utkast."))
    return current


def prose(text: str, *, field: str, needed: bool = False) -> str:
    """Return a text of some lines without space around it.

    :raises Refused: it is empty though needed, too long, or holds a personal number
    """
    plain = nfc(text).replace("\r\n", "\n").strip()
    line(plain, field=field, most=LONGEST_TEXT, needed=needed)
    return plain


def _copy(old: EffectLogic, new: EffectLogic, at: datetime) -> None:
    """Copy steps, edges, assumptions and what stands said of them, in a fixed number of queries."""
    nodes = {row.pk: _again(row, logic=new) for row in old.nodes.all()}
    EffectNode.objects.bulk_create(nodes.values())
    edges = {row.pk: _again(row, logic=new, src=nodes[row.src_id], dst=nodes[row.dst_id]) for row in old.edges.all()}
    EffectEdge.objects.bulk_create(edges.values())
    found = Assumption.objects.filter(edge__logic=old)
    assumptions = {row.pk: _again(row, edge=edges[row.edge_id]) for row in found}
    Assumption.objects.bulk_create(assumptions.values())
    said = AssumptionCheck.objects.filter(CURRENT, assumption__edge__logic=old)
    AssumptionCheck.objects.bulk_create(
        _again(row, assumption=assumptions[row.assumption_id], recorded_at=at) for row in said
    )


def _again(row: Row, **changes: object) -> Row:
    kind = type(row)
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    made = kind(**same)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _checked(here: Partnership, organ: Organ | None, facts: LogicFacts) -> dict[str, object]:
    refuse_personal_numbers(title=facts.title, source=facts.source)
    if facts.openness not in OPENNESS:
        raise Refused(_("Välj ett av alternativen."), field="openness")
    if facts.openness == "organ" and organ is None:
        raise Refused(_("Bara ett organs egen gren kan döljas för parterna. Välj en annan öppenhet."), field="openness")
    if facts.plan is not None and (
        facts.plan.partnership_id != here.pk or facts.plan.organ_id not in (None, getattr(organ, "pk", None))
    ):
        raise Refused(_("Planen hör till någon annan. Välj i listan."), field="plan")
    return {
        "title": line(facts.title, field="title", most=LONGEST_TITLE),
        "plan": facts.plan,
        "openness": facts.openness,
        "source": line(facts.source, field="source", most=LONGEST_SOURCE, needed=False),
    }


def _refuse_organ(here: Partnership, organ: Organ, at: datetime) -> None:
    if organ.partnership_id != here.pk:
        raise Refused(_("Det du valde hör till ett annat partnerskap. Välj i listan."), field="organ")
    if organ.ends_on is not None and organ.ends_on <= day_of(at):
        raise Refused(_("Organet är stängt från %(day)s.") % {"day": organ.ends_on}, field="organ")


def _refuse_begun(here: Partnership, organ: Organ | None) -> None:
    _refuse_drafted(here, organ)
    if EffectLogic.objects.filter(partnership=here, organ=organ).exists():
        raise Refused(
            _("Det finns redan en fastställd effektlogik. Gör ett nytt utkast av den i stället."), field="organ"
        )


def _refuse_drafted(here: Partnership, organ: Organ | None) -> None:
    if EffectLogic.objects.filter(partnership=here, organ=organ, status="draft").exists():
        raise Refused(_("Det finns redan ett utkast. Arbeta vidare på det."), field="organ")
