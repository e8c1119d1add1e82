"""The rules: a list by heading, and a page for each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.core.rulebook import editions
from tillit.core.rulebook.model import Edition
from tillit.exchange.cards import edition_name, rule_of
from tillit.web.language import tongue
from tillit.web.rules.rows import RuleRow, in_the_order_of_the_agreement, rule_page, rule_row


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    edition = _edition(request)
    headings: dict[str, list[RuleRow]] = {}
    for each in in_the_order_of_the_agreement(edition):
        headings.setdefault(each.source.section, []).append(rule_row(each, tongue()))
    context = {
        "edition": edition_name(edition.id),
        "document": edition.document,
        "headings": headings.items(),
        "others": [(id_, edition_name(id_)) for id_ in editions.FOLDERS if id_ != edition.id],
        "hash": edition.hash,
    }
    return render(request, "rules/rules.html", context)


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    edition = _edition(request)
    found = rule_of(edition.id, rule_id)
    if found is None:
        raise Http404
    context = {"rule": rule_page(found, tongue()), "edition": edition_name(edition.id)}
    return render(request, "rules/rule.html", context)


def _edition(request: HttpRequest) -> Edition:
    """Return the edition that the address asks for, or else the newest."""
    asked = request.GET.get("utgava", editions.newest())
    if asked not in editions.FOLDERS:
        raise Http404
    return editions.edition(asked)
