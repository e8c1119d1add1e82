"""Organisations: a list to search in, the page of one, and its ledger."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tillit.apps.audit.queries import acts_for
from tillit.apps.collaborations.access import READS, may_limit
from tillit.apps.parties import access, queries
from tillit.apps.parties.actions.belonging import BUYERS
from tillit.apps.parties.geography import counties
from tillit.apps.parties.models import KINDS
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.log_words import in_words

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the list; "" is all."""

    q: str
    kind: str
    county: str

    @property
    def everything(self) -> bool:
        return not (self.q or self.kind or self.county)

    @property
    def query(self) -> str:
        """Return the search as part of an address, to put a page's number behind."""
        named = {"q": self.q, "slag": self.kind, "lan": self.county}
        return urlencode({name: value for name, value in named.items() if value})


@signed_in
@require_safe
def organisations(request: SignedInRequest) -> HttpResponse:
    given = request.GET
    kind, county = given.get("slag", ""), given.get("lan", "")
    wanted = Wanted(
        given.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        kind if kind in KINDS else "",
        county if county in counties() else "",
    )
    found = queries.organisation_rows(
        search=wanted.q, kind=wanted.kind, county=wanted.county, page=page_number(request)
    )
    context = {
        "found": found,
        "wanted": wanted,
        "kinds": KINDS.items(),
        "counties": counties().items(),
        "operator": access.is_operator(request.actor.person),
    }
    return render(request, "parties/organisations.html", context)


@signed_in
@require_safe
def organisation(request: SignedInRequest, key: UUID) -> HttpResponse:
    found, person, today = access.organisation_to_see(key), request.actor.person, localdate()
    administers = queries.is_administrator(person, found, today)
    sees = administers or access.sees_people(person, found, today)
    context = {
        "page": queries.organisation_page(found, today),
        "organisation": found,
        "units": queries.unit_rows(found),
        "people": queries.people_of(found, today) if sees else None,
        "administers": administers,
        "operator": access.is_operator(person),
        "reads_ledger": administers or access.may_read_ledger(person, found, today),
        "reports": today.year if request.actor.organisation == found and request.actor.roles & READS else None,
        "limits": may_limit(person, found, today),
        "buys": found.kind in BUYERS,
        "takes_part": found.takes_part_on(today) and found.merged_into is None,
    }
    return render(request, "parties/organisation.html", context)


@signed_in
@require_safe
def ledger(request: SignedInRequest, key: UUID) -> HttpResponse:
    found = access.ledger_to_read(key, request.actor.person, localdate())
    page = acts_for(found.pk, page=page_number(request))
    lines = [(line, in_words(line.action)) for line in page.lines]
    return render(request, "parties/ledger.html", {"organisation": found, "found": page, "lines": lines})


def page_number(request: HttpRequest) -> int:
    """Return the page that the address asks for, the first where it asks for none that can be."""
    asked = request.GET.get("sida", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
