"""What the agreement says without making a rule: definitions, duties, premises, advice and pointers."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router

from tillit.api.v1.answers import encoded, page_of, unchanged_or
from tillit.api.v1.parameters import OfEdition, Paged, chosen
from tillit.api.v1.problems import Refusal
from tillit.api.v1.shapes import Provision, ProvisionPage
from tillit.core.rulebook.reading import nearest
from tillit.exchange.rule_rows import provision_named, provision_row

router = Router()


@router.get("/provisions", response=ProvisionPage)
def provisions(request: HttpRequest, query: Query[Paged]) -> HttpResponseBase:
    rows = [provision_row(each, home) for home in chosen(query.edition) for each in home.provisions]
    return page_of(request, rows, limit=query.limit, offset=query.offset)


@router.get("/provisions/{provision_id}", response={200: Provision})
def provision(request: HttpRequest, provision_id: Path[str], query: Query[OfEdition]) -> HttpResponseBase:
    among = chosen(query.edition)
    for home in among:
        found = provision_named(home, provision_id)
        if found is not None:
            return unchanged_or(request, encoded(provision_row(found, home)))
    near = nearest(provision_id[:100], [known.id for home in among for known in home.provisions])
    raise Refusal(404, "no-such-provision", edition=", ".join(home.id for home in among), nearest=near or "–")
