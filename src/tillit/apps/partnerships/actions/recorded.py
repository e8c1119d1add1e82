"""A recorded row is never changed: what holds instead is a new row, and the old is superseded in the same transaction.

An end is such a change too: the new row is the old one with its last day.
"""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.errors import Refused
from tillit.apps.partnerships.models import Recorded

Row = TypeVar("Row", bound=Recorded)


@transaction.atomic
def replace_row(row: Row, *, at: datetime, by: Person | None, **changes: Any) -> Row:
    """Return the row that now holds in the place of another: the same, but for what has changed.

    What hangs on the old row (affiliations of an appointment, events of a commitment) stays there: the caller moves it.

    :raises Refused: somebody else has replaced it already
    """
    kind = type(row)
    old = kind._default_manager.filter(pk=row.pk, superseded_at__isnull=True)
    if not old.update(superseded_at=at):
        raise Refused(_("Någon annan ändrade samma sak i samma stund. Läs in sidan igen och se vad som gäller nu."))
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    made = kind(**same)
    for name, value in {**changes, "recorded_at": at, "recorded_by": by, "superseded_at": None}.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made
