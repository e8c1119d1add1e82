"""Rows of follow-up as one text, for pages of a partnership that read them along with what they read themselves.

Such a page asks as often as before, and the room below it need not know what the text says: it is given an expression,
and gives back what the database answered.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, F, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, JSONObject


class _Joined(Aggregate):
    """Texts as one, with a comma between."""

    function, template = "GROUP_CONCAT", "%(function)s(%(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')")


def packed(rows: "QuerySet[Any, Any]", columns: Mapping[str, Any]) -> Subquery:
    """Return an expression of some rows as text; `columns`: a name, and the column or expression that it is of."""
    own = {name: F(each) if isinstance(each, str) else each for name, each in columns.items()}
    told = Cast(JSONObject(**own), TextField())
    joined: Any = rows.order_by().annotate(packed_as=Value(1)).values("packed_as").annotate(packed_rows=_Joined(told))
    return Subquery(joined.values("packed_rows"), output_field=TextField())


def together(**texts: Any) -> Cast:
    """Return several packed expressions as one text."""
    return Cast(JSONObject(**texts), TextField())


def unpacked(text: str | None) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a text that several were packed into, under their names. Numbers are decimals."""
    return {name: _rows(each) for name, each in json.loads(text or "{}").items()}


def _rows(text: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(f"[{text or ''}]", parse_float=Decimal)
    return found


def day(text: str | None) -> date | None:
    """Return a day that was packed."""
    return None if text is None else date.fromisoformat(text)
