"""What people do about a deviation: take note of it, explain it, follow it, act on it, dismiss it, close it.

Readings: each step is possible from every open state, so that nobody has to press two buttons to say one thing. What is
closed or dismissed stays so: should the same be found again, it is a new deviation. An explanation that is changed is
kept in the history of the deviation. Actions have no register of their own yet: what is done is told in words.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, refuse_personal_numbers
from tillit.apps.followup.models import Deviation, DeviationEvent
from tillit.apps.parties.models import Organisation
from tillit.core.text import nfc

LONGEST = 4000
OVER = ("closed", "dismissed")


@transaction.atomic
def acknowledge(*, deviation: Deviation, by: Person, at: datetime, acting_for: Organisation | None = None) -> Deviation:
    """Take note of a deviation that nobody has touched.

    :raises Refused: somebody has already
    """
    row = _open(deviation)
    if row.status != "new":
        raise Refused(_("Någon har redan tagit hand om avvikelsen. Läs in sidan igen."))
    return _moved(row, "acknowledged", "", by, at, acting_for)


@transaction.atomic
def explain(
    *, deviation: Deviation, cause: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Deviation:
    """Say what a deviation comes from.

    :raises Refused: nothing is said, or it is over
    """
    row = _open(deviation)
    row.cause = _text(cause, "cause", _("Skriv vad avvikelsen beror på."))
    return _moved(row, "explained", row.cause, by, at, acting_for)


@transaction.atomic
def follow(
    *, deviation: Deviation, note: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Deviation:
    """Decide to follow a deviation for now; `note`: until when, or what is waited for.

    :raises Refused: nothing is said, or it is over
    """
    text = _text(note, "note", _("Skriv vad ni väntar på och till när."))
    return _moved(_open(deviation), "monitored", text, by, at, acting_for)


@transaction.atomic
def act_on(
    *, deviation: Deviation, action: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Deviation:
    """Say what is being done about a deviation.

    :raises Refused: nothing is said, or it is over
    """
    text = _text(action, "action", _("Skriv vad som görs, av vem och till när."))
    return _moved(_open(deviation), "action", text, by, at, acting_for)


@transaction.atomic
def dismiss(
    *, deviation: Deviation, reason: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Deviation:
    """Dismiss a deviation as none, for a reason that stands.

    :raises Refused: no reason is given, or it is over
    """
    row = _open(deviation)
    row.cause = _text(reason, "reason", _("Skriv varför det inte är någon avvikelse."))
    return _moved(row, "dismissed", row.cause, by, at, acting_for)


@transaction.atomic
def close(
    *, deviation: Deviation, done: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Deviation:
    """Close a deviation with what was done.

    :raises Refused: nothing is said, or it is over
    """
    text = _text(done, "done", _("Skriv vad som gjordes."))
    return _moved(_open(deviation), "closed", text, by, at, acting_for)


def _open(deviation: Deviation) -> Deviation:
    row = Deviation.objects.select_for_update().get(pk=deviation.pk)
    if row.status in OVER:
        raise Refused(_("Avvikelsen är avslutad. Om samma sak syns igen blir det en ny."))
    return row


def _moved(
    row: Deviation, status: str, text: str, by: Person, at: datetime, acting_for: Organisation | None
) -> Deviation:
    before, row.status = row.status, status
    row.save(update_fields=["status", "cause"])
    DeviationEvent.objects.create(deviation=row, at=at, by=by, what=status, before=before, after=status, text=text)
    audit.note(f"followup.deviation.{status}", subject=row, by=by, at=at, acting_for=acting_for)
    return row


def _text(text: str, field: str, empty: str) -> str:
    plain = nfc(text).replace("\r\n", "\n").strip()
    if not plain:
        raise Refused(empty, field=field)
    if len(plain) > LONGEST:
        raise Refused(_("Texten är längre än %(most)s tecken. Korta den.") % {"most": LONGEST}, field=field)
    refuse_personal_numbers(**{field: plain})
    return plain
