"""The list as a file for a spreadsheet: CSV after RFC 4180 in UTF-8, streamed, and never a formula."""

import csv
from collections.abc import Iterable, Iterator

from django.utils.timezone import localdate

from tillit.apps.register.queries import Row

COLUMNS = (
    "public_id", "title", "kind", "state", "starts_on", "ends_on", "town", "company", "care", "other", "value_sek",
    "value_is", "outcome", "edition", "published_on", "changed_on", "made_up",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM = "\ufeff"
"""Without it Excel reads å, ä and ö as something else."""


class _Line:
    """What csv writes to: hands every line straight back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of the file, heading first. Amounts have a decimal point; what is not known is empty."""
    writer = csv.writer(_Line())
    yield _BOM + str(writer.writerow(COLUMNS))
    for row in rows:
        yield str(writer.writerow([plain(cell) for cell in _cells(row)]))


def plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in front."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _cells(row: Row) -> tuple[str, ...]:
    named = {
        side: "; ".join(each["name"] for each in row.organisations if each["side"] == side)
        for side in ("company", "care", "other")
    }
    return (
        row.public_id,
        row.title,
        row.kind,
        row.state,
        row.starts_on.isoformat(),
        row.ends_on.isoformat(),
        row.town,
        named["company"],
        named["care"],
        named["other"],
        "" if row.value is None else f"{row.value:.2f}",
        row.value_is,
        row.outcome,
        row.edition,
        localdate(row.published_at).isoformat(),
        localdate(row.changed_at).isoformat(),
        "true" if row.made_up else "false",
    )
