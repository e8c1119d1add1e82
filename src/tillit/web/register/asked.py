"""What the address of the list asks for, read strictly, and written again for the links of the page."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, QueryDict

from tillit.apps.register.place import EVERYTHING
from tillit.apps.register.queries import Wanted
from tillit.core.rulebook import editions
from tillit.core.rulebook.model import COLLABORATION
from tillit.exchange.guide_typed import choices
from tillit.exchange.words import Lang, words

LONGEST = 100
YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, and from which place the page goes on: `after` towards older, `before` towards newer."""

    wanted: Wanted
    after: int | None = None
    before: int | None = None

    def address(self, **other: object) -> str:
        """Return the query of an address that asks for the same, with some of it otherwise; "" when it asks nothing."""
        wanted = self.wanted
        given = {
            "q": wanted.q,
            "slag": wanted.kind,
            "utfall": wanted.outcome,
            "ar": wanted.year,
            "organisation": wanted.organisation,
            **other,
        }
        query = urlencode({name: value for name, value in given.items() if value not in (None, "")})
        return f"?{query}" if query else ""


def asked(given: QueryDict) -> Asked:
    """Return what an address asks for.

    :raises Http404: a filter says what it cannot say; to pass it by would show more than was asked for
    """
    year = _number(given.get("ar", ""), YEARS)
    wanted = Wanted(
        given.get("q", "").strip()[:LONGEST],
        _one_of(given.get("slag", ""), kinds("sv")),
        _one_of(given.get("utfall", ""), words("sv")["outcome"]),
        year,
        _key(given.get("organisation", "")),
    )
    places = range(EVERYTHING[0], EVERYTHING[1])
    return Asked(wanted, _number(given.get("efter", ""), places), _number(given.get("fore", ""), places))


@cache
def kinds(lang: Lang) -> dict[str, str]:
    """Return the kinds of collaboration that there are, with their words."""
    return dict(choices(editions.vocabulary().kinds[COLLABORATION].facts["kind"], lang))


def _one_of(given: str, known: object) -> str:
    if given and given not in known:  # type: ignore[operator]
        raise Http404
    return given


def _number(given: str, among: range) -> int | None:
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(among[-1])) and int(given) in among):
        raise Http404
    return int(given)


def _key(given: str) -> UUID | None:
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Http404 from None
