"""The rules of an edition, as its files have them."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router

from tillit.api.v1.answers import encoded, page_of, unchanged_or
from tillit.api.v1.parameters import OfEdition, RuleQuery
from tillit.api.v1.problems import Refusal
from tillit.api.v1.shapes import Rule, RulePage
from tillit.core.rulebook.editions import edition
from tillit.core.rulebook.reading import nearest
from tillit.exchange.rule_rows import Row, rule_named, rule_row, rule_rows

router = Router()


@router.get("/rules", response=RulePage)
def rules(request: HttpRequest, query: Query[RuleQuery]) -> HttpResponseBase:
    rows = [row for row in rule_rows(edition(query.edition)) if _wanted(row, query)]
    return page_of(request, rows, limit=query.limit, offset=query.offset)


@router.get("/rules/{rule_id}", response={200: Rule})
def rule(request: HttpRequest, rule_id: Path[str], query: Query[OfEdition]) -> HttpResponseBase:
    chosen = edition(query.edition)
    found = rule_named(chosen, rule_id)
    if found is None:
        near = nearest(rule_id[:100], [chosen.scope.id, *(each.id for each in chosen.rules)])
        raise Refusal(404, "no-such-rule", edition=chosen.id, nearest=near or "–")
    return unchanged_or(request, encoded(rule_row(found)))


def _wanted(row: Row, query: RuleQuery) -> bool:
    if query.norm and query.norm not in row["norms"]:
        return False
    if query.record and query.record != row["record"]:
        return False
    text = " ".join([row["id"], *row["title"].values(), *row["statement"].values()]).casefold()
    return all(word in text for word in (query.q or "").casefold().split())
