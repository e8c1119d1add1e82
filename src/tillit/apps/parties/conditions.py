"""What has to hold before an act on organisations and people is done, and what typed text becomes."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.errors import Refused, refusal_of, refuse_personal_numbers
from tillit.apps.parties.models import Organisation, Unit
from tillit.apps.parties.queries import works_there
from tillit.core.errors import BadInput
from tillit.core.identifiers import hsa_id, organisation_number
from tillit.core.text import nfc

_LOCK = 7_411_002


def day_of(at: datetime) -> date:
    """Return the day of an act, as the calendar on the wall had it."""
    return localdate(at)


def line(text: str, *, field: str, most: int, needed: bool = True) -> str:
    """Return a line of text without space around it, in one Unicode form.

    :raises Refused: it is empty though needed, longer than `most`, or holds a personal number
    """
    plain = " ".join(nfc(text).split())
    if needed and not plain:
        raise Refused(_("Det här behövs. Fyll i fältet."), field=field)
    if len(plain) > most:
        raise Refused(_("Texten är längre än %(most)s tecken. Korta den.") % {"most": most}, field=field)
    if any(not sign.isprintable() for sign in plain):
        raise Refused(_("Texten innehåller tecken som inte går att visa. Skriv den på nytt."), field=field)
    refuse_personal_numbers(**{field: plain})
    return plain


def number_of(text: str, *, field: str = "number") -> str:
    """Return an organisation number as ten digits, "" for none. :raises Refused: it is no such number"""
    return _read(organisation_number, text, field)


def hsa_id_of(text: str, *, field: str = "hsa_id") -> str:
    """Return an HSA-id, "" for none. :raises Refused: it is no such id"""
    return _read(hsa_id, text, field)


def _read(reader: Callable[[str], str], text: str, field: str) -> str:
    if not text.strip():
        return ""
    try:
        return reader(text)
    except BadInput as bad:
        raise refusal_of(bad, field=field) from bad


def takes_part(organisation: Organisation, day: date) -> None:
    """Let an organisation pass that takes part on the day. :raises Refused: it has left, or is part of another"""
    if organisation.merged_into is not None:
        raise Refused(
            _("%(name)s är sedan %(day)s en del av %(other)s. Gör det där i stället.")
            % {"name": organisation, "day": organisation.merged_on, "other": organisation.merged_into}
        )
    if not organisation.takes_part_on(day):
        raise Refused(
            _("%(name)s deltar inte sedan %(day)s. Be den som driver webbplatsen att ta in organisationen igen.")
            % {"name": organisation, "day": organisation.left_on}
        )


def of_organisation(unit: Unit | None, organisation: Organisation, day: date, *, field: str = "unit") -> None:
    """Let a unit pass that is the organisation's own and open on the day. :raises Refused: it is not"""
    if unit is None:
        return
    if unit.organisation_id != organisation.pk:
        raise Refused(_("Enheten hör till en annan organisation. Välj en av de egna."), field=field)
    if unit.closed_on is not None and unit.closed_on <= day:
        raise Refused(_("Enheten är stängd sedan %(day)s. Välj en annan.") % {"day": unit.closed_on}, field=field)


def at_work(person: Person, organisation: Organisation, day: date, *, field: str) -> None:
    """Let a person pass who works for, or acts for, the organisation that day. :raises Refused: they do not"""
    if not works_there(person, organisation, day):
        raise Refused(
            _("%(name)s finns inte bland organisationens folk. Lägg till personen först.") % {"name": person},
            field=field,
        )


def possible(day: date | None, *, field: str) -> None:
    """Let a day pass that is no slip of the keyboard. :raises Refused: it is before 1900 or after 2999"""
    if day is not None and not 1900 <= day.year < 3000:
        raise Refused(_("Året kan inte stämma. Skriv dagen som 2026-02-01."), field=field)


def in_order(first: date | None, last: date | None, *, field: str) -> None:
    """Let two days pass that follow each other. :raises Refused: the last is before the first"""
    if first is not None and last is not None and last < first:
        raise Refused(_("Sista dagen ligger före den första, %(day)s.") % {"day": first}, field=field)


def one_at_a_time() -> None:
    """Let one change at a time be made to what hangs together over several rows: trees, the last administrator.

    Holds until the transaction ends; taken before the ledger's turn. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
