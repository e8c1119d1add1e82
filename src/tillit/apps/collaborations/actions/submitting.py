"""A plan handed in, changed, taken back or ended. A stop of the engine's cannot be passed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _, gettext_noop

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations import asking, assessing
from tillit.apps.collaborations.answerers import who_answers
from tillit.apps.collaborations.checking import refuse_unfinished
from tillit.apps.collaborations.models import Collaboration, Judgement, Version
from tillit.apps.collaborations.stopping import refuse_stops
from tillit.apps.collaborations.versions import make_version
from tillit.apps.collaborations.whole import Whole, locked, whole_of
from tillit.apps.errors import Refused
from tillit.apps.outbox import actions as outbox
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.core.errors import BadInput
from tillit.core.process import states
from tillit.core.process.reach import records_changed


@transaction.atomic
def submit(
    *, collaboration: Collaboration, by: Person, acting_for: Organisation, at: datetime, revision: int | None = None
) -> Collaboration:
    """Hand in a draft: it becomes a version, is tried, and goes to the first who has to answer.

    Answers that were given before and that nothing has touched since stand.

    `revision`: the one that was read before handing in, where that is known.

    :raises Refused: it is no draft, has been changed since it was read, something is missing, nobody can answer, or a
        rule says stop
    """
    current = _in(locked(collaboration.pk), "submit")
    refuse_unread(current, revision)
    return _hand_in(current, gettext_noop("Inlämnad"), by=by, acting_for=acting_for, at=at, act="submitted")


@transaction.atomic
def hand_in_change(
    *,
    collaboration: Collaboration,
    reason: str,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    revision: int | None = None,
) -> Collaboration:
    """Hand in a change of a plan that is on its way or approved. Re-opens exactly the approvals it touches.

    :raises Refused: there is nothing to hand in, no reason is given, or a rule says stop
    """
    current = locked(collaboration.pk)
    if current.state not in (*states.BEING_APPROVED, states.APPROVED):
        raise Refused(_("Planen kan inte ändras i det här läget."))
    refuse_unread(current, revision)
    if not current.draft_differs:
        raise Refused(_("Ingenting är ändrat. Gör ändringen först."))
    if not reason.strip():
        raise Refused(_("Skriv varför planen ändras. De som godkänner läser det."), field="reason")
    return _hand_in(current, reason.strip(), by=by, acting_for=acting_for, at=at, act="changed")


def refuse_unread(collaboration: Collaboration, revision: int | None) -> None:
    """Refuse what was decided on another reading. None: nobody has read anything, as in an act of the site's own.

    :raises Refused: somebody has changed it since
    """
    if revision is not None and revision != collaboration.revision:
        raise Refused(_("Någon annan har ändrat under tiden. Läs igenom igen innan du går vidare."))


def _hand_in(
    current: Collaboration, reason: str, *, by: Person, acting_for: Organisation, at: datetime, act: str
) -> Collaboration:
    before = whole_of(current)
    content = current.draft
    refuse_unfinished(before, content)
    refuse_without_answerers(before, at)
    result = tried_or_refused(before, at=at, content=content)
    refuse_stops(result.check, at_outcome=False)
    version = make_version(before, content, by=by, acting_for=acting_for, at=at, reason=reason)
    if act == "submitted":
        current.state, current.state_since, current.state_reason = states.SUBMITTED, at, ""
        current.save(update_fields=["state", "state_since", "state_reason"])
    audit.note(f"collaborations.{act}", subject=current, by=by, at=at, acting_for=acting_for, version=version.number)
    if before.version is not None:
        lapse_judgements(before.version, version, at=at)
        asking.reopen(whole_of(current), before.version, version, at=at)
    after = whole_of(current)
    result = assessing.tried(after, today=day_of(at))
    assessing.keep(after, result, at=at, today=day_of(at))
    asking.advance(current, result, at=at)
    return current


def lapse_judgements(before: Version, after: Version, *, at: datetime) -> None:
    """Let judgements on records that have changed lapse: they were of something else. Those on the whole stand."""
    Judgement.objects.filter(
        collaboration=before.collaboration_id,
        lapsed_at__isnull=True,
        record__in=records_changed(before.content, after.content),
    ).update(lapsed_at=at, lapsed_because="changed")


def refuse_without_answerers(whole: Whole, at: datetime) -> None:
    """Refuse to ask an organisation where nobody can answer.

    :raises Refused: a company has no regelansvarig, or care nobody who can review
    """
    for kind, side in ((states.COMPANY_CHECK, "company"), (states.CARE_REVIEW, "care")):
        for party in whole.side(side):
            if not who_answers(kind, party.organisation, party.unit, day_of(at)):
                raise Refused(
                    _("Ingen hos %(organisation)s kan svara. Be deras administratör att utse någon.")
                    % {"organisation": party.organisation.name},
                    field="party",
                )


def tried_or_refused(whole: Whole, *, at: datetime, content: object = None, phase: str = "") -> assessing.Tried:
    """Return the engine's answer on a content.

    :raises Refused: the content cannot be tried
    """
    try:
        return assessing.tried(whole, today=day_of(at), content=content, phase=phase)  # type: ignore[arg-type]
    except BadInput as bad:
        raise Refused(_("Samverkan kan inte prövas: %(why)s") % {"why": str(bad)}) from bad


@transaction.atomic
def withdraw(
    *,
    collaboration: Collaboration,
    reason: str,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    revision: int | None = None,
) -> Collaboration:
    """Take a plan back to the draft, by the one who proposed it or as somebody's request for more.

    :raises Refused: it is not being answered, or no reason is given,
        or it was changed since `revision` was read
    """
    return _end("withdraw", collaboration, reason, revision, by=by, acting_for=acting_for, at=at, audit_as="withdrawn")


@transaction.atomic
def cancel(
    *,
    collaboration: Collaboration,
    reason: str,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    revision: int | None = None,
) -> Collaboration:
    """Call a collaboration off.

    :raises Refused: it has been carried out or has ended, or no reason is given,
        or it was changed since `revision` was read
    """
    return _end("cancel", collaboration, reason, revision, by=by, acting_for=acting_for, at=at, audit_as="cancelled")


@transaction.atomic
def postpone(
    *,
    collaboration: Collaboration,
    reason: str,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    revision: int | None = None,
) -> Collaboration:
    """Put a collaboration off until new days are known; questions that wait are taken back.

    :raises Refused: it cannot be put off from where it stands, or no reason is given,
        or it was changed since `revision` was read
    """
    return _end("postpone", collaboration, reason, revision, by=by, acting_for=acting_for, at=at, audit_as="postponed")


def _end(
    act: str,
    collaboration: Collaboration,
    reason: str,
    revision: int | None,
    *,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    audit_as: str,
) -> Collaboration:
    current = _in(locked(collaboration.pk), act)
    refuse_unread(current, revision)
    if not reason.strip():
        raise Refused(_("Skriv varför. Alla som är med får läsa det."), field="reason")
    return move_to(
        current, states.MOVES[act][1], reason.strip(), by=by, acting_for=acting_for, at=at, audit_as=audit_as
    )


def move_to(
    current: Collaboration,
    state: str,
    reason: str,
    *,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    audit_as: str,
) -> Collaboration:
    """Put a collaboration in a state that nobody is asked anything in. Inside the act's transaction."""
    current.state, current.state_since, current.state_reason = state, at, reason
    current.revision += 1
    current.changed_at = at
    current.save(update_fields=["state", "state_since", "state_reason", "revision", "changed_at"])
    whole = whole_of(current)
    for approval in whole.approvals:
        if approval.answer == "waiting":
            asking.lapse(approval, at=at)
    outbox.call_off(key_prefix=f"collaboration:{current.pk}:remind:", at=at)
    audit.note(f"collaborations.{audit_as}", subject=current, by=by, at=at, acting_for=acting_for)
    asking.tell(whole, audit_as, at)
    return current


@transaction.atomic
def resume(
    *, collaboration: Collaboration, by: Person, acting_for: Organisation, at: datetime, revision: int | None = None
) -> Collaboration:
    """Hand in a collaboration again that was put off; what the new days touch is asked about again.

    :raises Refused: it is not put off, was changed since `revision` was read, its days are the old ones and have
        passed, or a rule says stop
    """
    current = _in(locked(collaboration.pk), "resume")
    refuse_unread(current, revision)
    if current.draft["about"]["starts_on"] < day_of(at).isoformat():
        raise Refused(_("Dagarna har passerat. Skriv de nya dagarna först."), field="starts_on")
    return _hand_in(current, gettext_noop("Upptagen igen"), by=by, acting_for=acting_for, at=at, act="submitted")


def _in(collaboration: Collaboration, act: str) -> Collaboration:
    if not states.may(act, collaboration.state):
        raise Refused(_("Det går inte från det läge som samverkan är i. Ladda om sidan och se var den är."))
    return collaboration
