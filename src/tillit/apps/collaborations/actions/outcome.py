"""What happened: carried out, who was there, what it cost, reported by one side and closed by the other."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _, gettext_noop

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations import assessing, gates
from tillit.apps.collaborations.actions.submitting import lapse_judgements, move_to, refuse_unread, tried_or_refused
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.collaborations.stopping import refuse_open
from tillit.apps.collaborations.versions import make_version
from tillit.apps.collaborations.whole import Content, Whole, locked, whole_of
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.core.process import states

UNCLEAR = ("invited", "registered")
"""Attendance that says nothing of who was there."""


@transaction.atomic
def carry_out(
    *, collaboration: Collaboration, by: Person, acting_for: Organisation, at: datetime, revision: int | None = None
) -> Collaboration:
    """Note that an approved collaboration has been carried out; who was there and what it cost comes with the report.

    :raises Refused: it is not approved, has a change that is not handed in, its first day has not come, or it was
        changed since `revision` was read
    """
    current = locked(collaboration.pk)
    refuse_unread(current, revision)
    if not states.may("carry_out", current.state):
        raise Refused(_("Bara en godkänd samverkan kan genomföras. Ladda om sidan och se var den är."))
    if current.draft_differs:
        raise Refused(_("Det finns en ändring som inte är inlämnad. Lämna in den eller ta bort den först."))
    if current.starts_on > day_of(at):
        raise Refused(
            _("Samverkan börjar %(day)s och kan inte vara genomförd än.") % {"day": current.starts_on.isoformat()}
        )
    return move_to(current, states.CARRIED_OUT, "", by=by, acting_for=acting_for, at=at, audit_as="carried_out")


@transaction.atomic
def report(
    *,
    collaboration: Collaboration,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    reason: str = "",
    revision: int | None = None,
) -> Collaboration:
    """Hand in the outcome: it becomes a version and is tried as carried out.

    A breach has happened and stops nothing; it stays on file with the `reason`, what was done about it.

    :raises Refused: somebody's attendance or an actual cost is not said, something is missing or must be judged,
        there is a breach without a reason, or it was changed since `revision` was read
    """
    current = locked(collaboration.pk)
    if not states.may("report", current.state):
        raise Refused(_("Utfallet kan redovisas när samverkan är genomförd. Ladda om sidan och se var den är."))
    refuse_unread(current, revision)
    before = whole_of(current)
    _refuse_unclear(current.draft, {each.record_id: str(each) for each in before.participants})
    result = tried_or_refused(before, at=at, content=current.draft, phase="carried_out")
    found = gates.hindrances(result.check)
    refuse_open(tuple(each for each in found if each.code != "breach"))
    if gates.only("breach", found) and not reason.strip():
        raise Refused(_("Utfallet avviker från reglerna. Skriv vad som hände och vad ni gör åt det."), field="reason")
    version = make_version(
        before, current.draft, by=by, acting_for=acting_for, at=at, reason=reason.strip() or gettext_noop("Utfall")
    )
    if before.version is not None:
        lapse_judgements(before.version, version, at=at)
    move_to(current, states.REPORTED, reason.strip(), by=by, acting_for=acting_for, at=at, audit_as="reported")
    after = whole_of(current)
    assessing.keep(after, tried_or_refused(after, at=at), at=at, today=day_of(at))
    return current


def _refuse_unclear(content: Content, named: Mapping[str, str]) -> None:
    unclear = [each for each in content.get("participant", []) if (each.get("attendance") or "invited") in UNCLEAR]
    if unclear:
        names = ", ".join(named.get(each["id"]) or each.get("label") or each["id"] for each in unclear[:5])
        raise Refused(
            _("Skriv vilka som var där. Det är inte sagt för: %(names)s.") % {"names": names}, field="attendance"
        )
    if any(each.get("actual") in (None, "") for each in content.get("cost", [])):
        raise Refused(_("Skriv vad varje kostnad blev. En kostnad som inte blev av skrivs som 0."), field="cost")


@transaction.atomic
def close(
    *, collaboration: Collaboration, by: Person, acting_for: Organisation, at: datetime, revision: int | None = None
) -> Collaboration:
    """Close a reported collaboration: the side that did not report says that the outcome is right.

    :raises Refused: it is not reported, the same side reported it, or it was changed since `revision` was read, as when
        it has been sent back and reported anew
    """
    current = locked(collaboration.pk)
    if not states.may("close", current.state):
        raise Refused(_("Bara ett redovisat utfall kan avslutas. Ladda om sidan och se var den är."))
    refuse_unread(current, revision)
    if not may_close(whole_of(current), acting_for):
        raise Refused(_("Den andra sidan avslutar: den som inte redovisade säger att utfallet stämmer."))
    return move_to(current, states.CLOSED, current.state_reason, by=by, acting_for=acting_for, at=at, audit_as="closed")


def may_close(whole: Whole, organisation: Organisation) -> bool:
    """Return whether an organisation is on another side than the one that reported; where that side is empty, whether
    it is another organisation."""
    reporter = whole.version.acting_for_id if whole.version is not None else None
    sides = {each.organisation_id: each.side for each in whole.parties}
    side = sides.get(reporter, "") if reporter is not None else ""
    if side and any(each.left_at is None and each.side != side for each in whole.parties):
        return sides.get(organisation.pk, side) != side
    return bool(organisation.pk != reporter)


@transaction.atomic
def reopen_report(
    *,
    collaboration: Collaboration,
    reason: str,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    revision: int | None = None,
) -> Collaboration:
    """Send an outcome back to be corrected.

    :raises Refused: it is not reported, no reason is given, or it was changed since `revision` was read
    """
    current = locked(collaboration.pk)
    refuse_unread(current, revision)
    if not states.may("reopen_report", current.state):
        raise Refused(_("Bara ett redovisat utfall kan skickas tillbaka. Ladda om sidan och se var den är."))
    if not reason.strip():
        raise Refused(_("Skriv vad som ska rättas."), field="reason")
    return move_to(
        current, states.CARRIED_OUT, reason.strip(), by=by, acting_for=acting_for, at=at, audit_as="report_returned"
    )
