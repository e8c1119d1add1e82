"""The rules, as their files have them."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router

from tillit.api.v1.answers import encoded, page_of, unchanged_or
from tillit.api.v1.parameters import OfEdition, RuleQuery, chosen
from tillit.api.v1.problems import Refusal
from tillit.api.v1.shapes import RulePage, WholeRule
from tillit.core.rulebook.model import Edition, Rule, names_of
from tillit.core.rulebook.reading import nearest
from tillit.exchange.parameters import plain
from tillit.exchange.rule_rows import Row, rule_named, rule_row, rule_rows

router = Router()


@router.get("/rules", response=RulePage)
def rules(request: HttpRequest, query: Query[RuleQuery]) -> HttpResponseBase:
    rows = [row for each in chosen(query.edition) for row in rule_rows(each) if _wanted(row, query)]
    return page_of(request, rows, limit=query.limit, offset=query.offset)


@router.get("/rules/{rule_id}", response={200: WholeRule})
def rule(request: HttpRequest, rule_id: Path[str], query: Query[OfEdition]) -> HttpResponseBase:
    among = chosen(query.edition)
    for each in among:
        found = rule_named(each, rule_id)
        if found is not None:
            return unchanged_or(request, encoded(whole_rule(found, each)))
    near = nearest(rule_id[:100], [known.id for each in among for known in (each.scope, *each.rules)])
    raise Refusal(404, "no-such-rule", edition=", ".join(each.id for each in among), nearest=near or "–")


def whole_rule(found: Rule, home: Edition) -> Row:
    """Return a rule with the numbers that it reads; a number without values has been set by nobody."""
    read = names_of(found)
    return rule_row(found) | {
        "parameters": {name: plain(each) for name, each in home.parameters.items() if name in read}
    }


def _wanted(row: Row, query: RuleQuery) -> bool:
    if query.norm and query.norm not in row["norms"]:
        return False
    if query.record and query.record != row["record"]:
        return False
    text = " ".join([row["id"], *row["title"].values(), *row["statement"].values()]).casefold()
    return all(word in text for word in (query.q or "").casefold().split())
