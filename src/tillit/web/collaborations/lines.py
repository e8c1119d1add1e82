"""Collaborations as lines of a list: as few parts as the template can do with, since fifty of them are a page."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tillit.apps.collaborations.queries.rows import Row
from tillit.web.register.rows import marked


@dataclass(frozen=True, slots=True)
class Line:
    """A collaboration as one line; `mark` is "" before the engine has tried it."""

    href: str
    title: str
    others: str
    rest: str
    mark: str


def lines(rows: Collection[Row]) -> tuple[Line, ...]:
    """Return rows as lines of the list."""
    home, changed = reverse("collaborations:rows"), _("ändring som inte är inlämnad")
    tried = {row.outcome for row in rows} - {""}
    marks = {outcome: format_html('<span class="small">{}</span>', marked(outcome)) for outcome in tried}
    return tuple(
        Line(
            href=f"{home}{row.public_id}/",
            title=row.title,
            others=", ".join(row.others),
            rest=" · ".join(_parts(row, changed)),
            mark=marks.get(row.outcome, ""),
        )
        for row in rows
    )


def _parts(row: Row, changed: str) -> tuple[str, ...]:
    when = " – ".join(dict.fromkeys((row.starts_on.isoformat(), row.ends_on.isoformat())))
    return (when, row.state_word, row.public_id, *((changed,) if row.draft_differs else ()))
