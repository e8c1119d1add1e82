"""What a person judges, and the warnings a person goes on from: named, dated and with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations import asking, assessing
from tillit.apps.collaborations.actions.submitting import tried_or_refused
from tillit.apps.collaborations.models import Acknowledgement, Collaboration, Judgement
from tillit.apps.collaborations.whole import Whole, locked, whole_of
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.core.process import states
from tillit.core.process.reach import parts
from tillit.core.rulebook.editions import vocabulary
from tillit.core.text import personal_number_in

JUDGED_IN = (states.DRAFT, *states.BEING_APPROVED, states.APPROVED, states.CARRIED_OUT)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to a judgement word on one record: "collaboration" or "kind:id"."""

    fact: str
    record: str
    value: bool
    why: str


@transaction.atomic
def judge(
    *, collaboration: Collaboration, given: Sequence[Given], by: Person, acting_for: Organisation, at: datetime
) -> list[Judgement]:
    """Record judgements, each of one record; an earlier one of the same lapses as withdrawn. All or none.

    :raises Refused: nothing is judged now, a word or a record is not there, or a reason is missing
    """
    current = locked(collaboration.pk)
    if current.state not in JUDGED_IN:
        raise Refused(_("I det här läget bedöms inget mer."))
    whole = whole_of(current)
    made = []
    for each in given:
        why = _reason(each.why)
        _refuse_unknown(each.fact, [each.record], whole, current)
        _standing(current, each.fact, [each.record]).update(lapsed_at=at, lapsed_because="withdrawn")
        row = Judgement(collaboration=current, fact=each.fact, record=each.record, value=each.value, why=why)
        row.by, row.acting_for, row.made_on, row.made_at = by, acting_for, day_of(at), at
        row.save()
        audit.note("collaborations.judged", subject=row, by=by, at=at, acting_for=acting_for, fact=each.fact)
        made.append(row)
    if made:
        _go_on(current, at)
    return made


@transaction.atomic
def withdraw_judgement(*, judgement: Judgement, by: Person, acting_for: Organisation, at: datetime) -> None:
    """Take a judgement back; the question is open again.

    :raises Refused: it no longer stands, or nothing can be judged any more
    """
    current = locked(judgement.collaboration_id)
    if current.state not in JUDGED_IN:
        raise Refused(_("I det här läget ändras ingen bedömning."))
    if (
        not _standing(current, judgement.fact, [judgement.record])
        .filter(pk=judgement.pk)
        .update(lapsed_at=at, lapsed_because="withdrawn")
    ):
        raise Refused(_("Bedömningen gäller inte längre. Ladda om sidan."))
    audit.note("collaborations.judgement_withdrawn", subject=judgement, by=by, at=at, acting_for=acting_for)
    _go_on(current, at)


@transaction.atomic
def acknowledge(
    *, collaboration: Collaboration, key: str, reason: str, by: Person, acting_for: Organisation, at: datetime
) -> Acknowledgement:
    """Go on from a warning, with the reason.

    :raises Refused: there is no such warning, somebody has answered it, or no reason is given
    """
    current = locked(collaboration.pk)
    whole = whole_of(current)
    content = current.draft if current.version == 0 else None
    result = tried_or_refused(whole, at=at, content=content)
    if key not in {each.key for each in result.warnings}:
        raise Refused(_("Varningen finns inte längre. Ladda om sidan."))
    if any(each.key == key for each in whole.acknowledgements):
        raise Refused(_("Någon har redan gått vidare från den varningen."))
    made = Acknowledgement.objects.create(
        collaboration=current, key=key, reason=_reason(reason), by=by, acting_for=acting_for, made_at=at
    )
    audit.note("collaborations.acknowledged", subject=made, by=by, at=at, acting_for=acting_for)
    _go_on(current, at)
    return made


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(_("Skriv varför."), field="why")
    if personal_number_in(text):
        raise Refused(_("Ett personnummer får inte stå här. Skriv namn eller roll i stället."), field="why")
    return text


def _refuse_unknown(fact: str, records: list[str], whole: Whole, collaboration: Collaboration) -> None:
    content = collaboration.draft if collaboration.draft_differs else whole.content
    there = {record.replace("cost:", "cost_line:", 1) for record, _name in parts(content)}
    there |= {"collaboration", *(f"document:{paper.record_id}" for paper in whole.papers)}
    kinds = vocabulary().kinds
    for record in records:
        kind = kinds.get(record.partition(":")[0])
        known = kind.facts.get(fact) if kind is not None else None
        if known is None or known.kind != "assessed" or record not in there:
            raise Refused(_("Det som ska bedömas finns inte i samverkan. Ladda om sidan."))


def _standing(collaboration: Collaboration, fact: str, records: list[str]) -> QuerySet[Judgement]:
    return Judgement.objects.filter(collaboration=collaboration, fact=fact, record__in=records, lapsed_at__isnull=True)


def _go_on(collaboration: Collaboration, at: datetime) -> None:
    """Try the version again with what has been judged, and let a waiting collaboration go on if nothing is left."""
    collaboration.revision += 1
    collaboration.changed_at = at
    collaboration.save(update_fields=["revision", "changed_at"])
    whole = whole_of(collaboration)
    if whole.version is None:
        return
    result = tried_or_refused(whole, at=at)
    assessing.keep(whole, result, at=at, today=day_of(at))
    if collaboration.state in (*states.BEING_APPROVED, states.APPROVED):
        asking.advance(collaboration, result, at=at)
