"""What an edition says without making a rule: definitions, duties, premises, advice and pointers."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router

from tillit.api.v1.answers import encoded, page_of, unchanged_or
from tillit.api.v1.parameters import OfEdition, Paged
from tillit.api.v1.problems import Refusal
from tillit.api.v1.shapes import Provision, ProvisionPage
from tillit.core.rulebook.editions import edition
from tillit.core.rulebook.reading import nearest
from tillit.exchange.rule_rows import provision_named, provision_row

router = Router()


@router.get("/provisions", response=ProvisionPage)
def provisions(request: HttpRequest, query: Query[Paged]) -> HttpResponseBase:
    chosen = edition(query.edition)
    rows = [provision_row(each, chosen) for each in chosen.provisions]
    return page_of(request, rows, limit=query.limit, offset=query.offset)


@router.get("/provisions/{provision_id}", response={200: Provision})
def provision(request: HttpRequest, provision_id: Path[str], query: Query[OfEdition]) -> HttpResponseBase:
    chosen = edition(query.edition)
    found = provision_named(chosen, provision_id)
    if found is None:
        near = nearest(provision_id[:100], [each.id for each in chosen.provisions])
        raise Refusal(404, "no-such-provision", edition=chosen.id, nearest=near or "–")
    return unchanged_or(request, encoded(provision_row(found, chosen)))
