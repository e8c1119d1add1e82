"""What a person judges, and the warnings a person goes on from: named, dated and with a reason."""

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


@transaction.atomic
def judge(
    *,
    collaboration: Collaboration,
    fact: str,
    records: list[str],
    value: bool,
    why: str,
    by: Person,
    acting_for: Organisation,
    at: datetime,
) -> list[Judgement]:
    """Record a judgement of records ("collaboration" or "kind:id"); an earlier one of the same lapses as withdrawn.

    :raises Refused: it cannot be judged now, the word or a record is not there, or no reason is given
    """
    current = locked(collaboration.pk)
    if current.state not in JUDGED_IN:
        raise Refused(_("I det här läget bedöms inget mer."))
    why = _reason(why)
    _refuse_unknown(fact, records, whole_of(current), current)
    _standing(current, fact, records).update(lapsed_at=at, lapsed_because="withdrawn")
    made = [
        Judgement.objects.create(
            collaboration=current,
            fact=fact,
            record=record,
            value=value,
            why=why,
            by=by,
            acting_for=acting_for,
            made_on=day_of(at),
            made_at=at,
        )
        for record in records
    ]
    for each in made:
        audit.note("collaborations.judged", subject=each, by=by, at=at, acting_for=acting_for, fact=fact, value=value)
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
