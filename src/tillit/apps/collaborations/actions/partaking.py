"""Organisations come into a collaboration and leave it; people say whether they come; papers are put on file."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations import asking
from tillit.apps.collaborations.actions.submitting import tried_or_refused
from tillit.apps.collaborations.answerers import contacts_of
from tillit.apps.collaborations.models import Collaboration, Paper, Participant, Party
from tillit.apps.collaborations.whole import locked, whole_of
from tillit.apps.documents.actions import add_document
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation, Unit
from tillit.core.process import states


@transaction.atomic
def add_party(
    *,
    collaboration: Collaboration,
    organisation: Organisation,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    unit: Unit | None = None,
    contact: Person | None = None,
    joined: bool = False,
) -> Party:
    """Bring an organisation into a collaboration, on its own side. While a plan is answered, it is asked too.
    :raises Refused: it is in already, has left Tillit or has merged, or the collaboration is past its plan
    """
    current = locked(collaboration.pk)
    if current.state not in states.PLANNED:
        raise Refused(_("Parterna kan bara ändras medan planen är en plan."))
    if not organisation.takes_part_on(day_of(at)) or organisation.merged_into_id:
        raise Refused(_("%(name)s tar inte längre del här. Välj en annan organisation.") % {"name": organisation.name})
    _refuse_foreign(unit, organisation)
    party = current.parties.filter(organisation=organisation, left_at__isnull=False).first()
    try:
        with transaction.atomic():
            if party is not None:
                party.left_at, party.unit, party.contact = None, unit, contact
                party.save()
            else:
                party = Party.objects.create(
                    collaboration=current,
                    organisation=organisation,
                    unit=unit,
                    side=organisation.side,
                    role="joined" if joined else "answerer",
                    contact=contact,
                )
    except IntegrityError as twice:
        raise Refused(_("%(name)s är redan med.") % {"name": organisation.name}, field="party") from twice
    audit.note("collaborations.party_added", subject=party, by=by, at=at, acting_for=acting_for)
    _go_on(current, at)
    return party


@transaction.atomic
def place_party(
    *,
    collaboration: Collaboration,
    party: Party,
    unit: Unit | None,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    contact: Person | None = None,
) -> Party:
    """Say in which unit of an organisation a collaboration lies and who is its contact; None is the whole organisation.

    The contact is told how it goes; somebody with a part in the organisation's collaborations or nobody.

    :raises Refused: it is past its plan, or the unit or the contact is another's
    """
    current = locked(collaboration.pk)
    if current.state not in states.PLANNED:
        raise Refused(_("Parterna kan bara ändras medan planen är en plan."))
    _refuse_foreign(unit, party.organisation)
    if contact is not None and contact not in contacts_of(party.organisation, unit, day_of(at)):
        raise Refused(_("Kontaktpersonen arbetar inte med samverkan där. Välj en annan."), field="contact")
    party.unit, party.contact = unit, contact
    party.save(update_fields=["unit", "contact"])
    audit.note("collaborations.party_placed", subject=party, by=by, at=at, acting_for=acting_for)
    _go_on(current, at)
    return party


def _refuse_foreign(unit: Unit | None, organisation: Organisation) -> None:
    if unit is not None and unit.organisation_id != organisation.pk:
        raise Refused(_("Enheten hör till en annan organisation."), field="unit")


@transaction.atomic
def leave(
    *, collaboration: Collaboration, organisation: Organisation, reason: str, by: Person | None, at: datetime
) -> None:
    """Let an organisation leave a collaboration. What it was asked is taken back; what it has answered stays on file.

    When nobody is left on its side the collaboration is called off, or, once carried out, stays as it is. The others
    are told, with the reason.

    :raises Refused: it is not in the collaboration, or no reason is given
    """
    current = locked(collaboration.pk)
    if not reason.strip():
        raise Refused(_("Skriv varför organisationen lämnar."), field="reason")
    if not current.parties.filter(organisation=organisation, left_at__isnull=True).update(left_at=at):
        raise Refused(_("%(name)s är inte med i den här samverkan.") % {"name": organisation.name})
    audit.note("collaborations.party_left", subject=current, by=by, at=at, acting_for=organisation)
    whole = whole_of(current)
    for approval in whole.approvals:
        if approval.answer == "waiting" and approval.organisation_id == organisation.pk:
            asking.lapse(approval, at=at)
    if current.state in states.PLANNED and not (whole.side("company") and whole.side("care")):
        _call_off(current, reason, organisation, by, at)
        return
    asking.tell_left(whole, organisation, reason.strip(), at)
    if current.state in states.PLANNED:
        _go_on(current, at)


def _call_off(current: Collaboration, reason: str, organisation: Organisation, by: Person | None, at: datetime) -> None:
    current.state, current.state_since, current.state_reason = states.CANCELLED, at, reason.strip()
    current.revision += 1
    current.changed_at = at
    current.save(update_fields=["state", "state_since", "state_reason", "revision", "changed_at"])
    whole = whole_of(current)
    for approval in whole.approvals:
        if approval.answer == "waiting":
            asking.lapse(approval, at=at)
    audit.note("collaborations.cancelled", subject=current, by=by, at=at, acting_for=organisation, because="party_left")
    asking.tell(whole, "cancelled", at)


def leave_everything(*, organisation: Organisation, reason: str, by: Person | None, at: datetime) -> int:
    """Let an organisation that leaves Tillit leave every collaboration that is not over; return how many.

    Each is an act of its own: what breaks off half-way goes on where it was the next time.
    """
    open_ones = Collaboration.objects.filter(parties__organisation=organisation, parties__left_at__isnull=True).exclude(
        state__in=states.ENDED
    )
    count = 0
    for collaboration in open_ones:
        leave(collaboration=collaboration, organisation=organisation, reason=reason, by=by, at=at)
        count += 1
    return count


def follow_departures(*, at: datetime, today: date) -> int:
    """Let organisations whose last day in Tillit has come leave what they are in; return how many they left.

    An organisation says beforehand on which day it leaves, so this is asked every day. Again is as once.
    """
    there = Party.objects.filter(left_at__isnull=True).exclude(collaboration__state__in=states.ENDED)
    gone = Organisation.objects.filter(
        pk__in=there.values("organisation"), left_on__lte=today, merged_into__isnull=True
    )
    reason = _("Organisationen har lämnat Tillit.")
    return sum(leave_everything(organisation=each, reason=reason, by=None, at=at) for each in gone)


def _go_on(current: Collaboration, at: datetime) -> None:
    current.revision += 1
    current.changed_at = at
    current.save(update_fields=["revision", "changed_at"])
    if current.state in (*states.BEING_APPROVED, states.APPROVED):
        asking.advance(current, tried_or_refused(whole_of(current), at=at), at=at)


@transaction.atomic
def answer_invitation(*, participant: Participant, comes: bool, by: Person, at: datetime) -> Participant:
    """Say whether a person who was invited comes. Only the person says it.

    :raises Refused: it is not theirs, or it is over
    """
    current = locked(participant.collaboration_id)
    row = Participant.objects.get(pk=participant.pk)
    if row.person_id != by.pk or row.removed_at is not None:
        raise Refused(_("Inbjudan är inte din, eller gäller inte längre."))
    if current.state not in states.PLANNED:
        raise Refused(_("Samverkan är genomförd eller avslutad. Inbjudan kan inte längre besvaras."))
    row.attendance = "registered" if comes else "absent"
    row.save(update_fields=["attendance"])
    for content in (current.draft,):
        for each in content.get("participant", []):
            if each["id"] == row.record_id:
                each["attendance"] = row.attendance
    current.revision += 1
    current.changed_at = at
    current.save(update_fields=["draft", "revision", "changed_at"])
    audit.note("collaborations.invitation_answered", subject=row, by=by, at=at, comes=comes)
    return row


@transaction.atomic
def add_paper(
    *,
    collaboration: Collaboration,
    sort: str,
    title: str,
    file: "UploadedFile[bytes]",
    by: Person,
    acting_for: Organisation,
    at: datetime,
    keeper: Organisation | None = None,
) -> Paper:
    """Put a document on file in a collaboration; the organisation acted for keeps it unless another is named.

    :raises Refused: the file cannot be taken, or the collaboration has ended without being carried out
    """
    current = locked(collaboration.pk)
    if current.state in (states.DECLINED, states.CANCELLED):
        raise Refused(_("Samverkan är avböjd eller inställd och tar inte emot fler handlingar."))
    document = add_document(
        owner=current,
        sort=sort,
        title=title,
        keeper=keeper or acting_for,
        file=file,
        by=by,
        acting_for=acting_for,
        at=at,
    )
    taken = set(current.papers.values_list("record_id", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if f"h{number}" not in taken)
    paper = Paper.objects.create(collaboration=current, document=document, record_id=f"h{number}")
    current.revision += 1
    current.changed_at = at
    current.save(update_fields=["revision", "changed_at"])
    audit.note("collaborations.paper_added", subject=paper, by=by, at=at, acting_for=acting_for)
    return paper
