"""Who asks for the pages of the bench's partnerships: somebody who speaks for a party, and somebody of the office."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.partnership_world import Place, World


def signed_in(world: "World", places: "list[Place]") -> dict[str, Any]:
    """Return the cookies of a party and of an office, of every tenth partnership and the large; and what is where."""
    from bench.pages_world import signed_in as cookie_of
    from tillit.apps.partnerships.models import Steward

    party, office = world.people[-1], world.people[-2]
    mine = places[::10]
    Steward.objects.bulk_create(
        [Steward(partnership=each.partnership, person=office, role="office", since=world.start) for each in mine]
    )
    cookies = {
        "party": cookie_of(mine[0].parties[0], party, "part@example.se"),
        "office": cookie_of(mine[0].parties[1], office, "kansli@example.se"),
    }
    return {"cookies": cookies, "places": [_where(each) for each in mine]}


def _where(place: "Place") -> dict[str, str]:
    """Return what is where: of the commitments one that somebody owes alone, and one of a class, "" for none."""
    first = {bool(each.of_role): str(each.pk) for each in reversed(place.commitments) if each.openness == "public"}
    return {
        "slug": place.partnership.slug,
        "party": str(place.parties[0].pk),
        "agreement": str(place.agreements[0].pk),
        "organ": str(place.organs[1].pk),
        "commitment": first.get(False, ""),
        "of_class": first.get(True, ""),
    }
