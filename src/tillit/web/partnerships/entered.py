"""How a page of a partnership begins: which one it is, how the one who asks stands to it, what every page shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.timezone import localdate

from tillit.apps.partnerships import access
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import Partnership
from tillit.web.accounts.acting import Actor


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody on a page of a partnership. `actor`: None for a visitor. `today`: the day that the page is of."""

    partnership: Partnership
    sight: Sight
    actor: Actor | None
    today: date

    @property
    def context(self) -> dict[str, Any]:
        """Return what every page of a partnership needs: `partnership`, `sight`, `today`.

        `within`: that its other pages are for the one who asks too; False for who is only asked to sign.
        """
        within = self.sight.sees(self.partnership.openness)
        return {"partnership": self.partnership, "sight": self.sight, "today": self.today, "within": within}

    def run(self) -> Actor:
        """Return who runs the record, for an act of the office.

        :raises PermissionDenied: they may read it and no more
        """
        if self.actor is None or not self.sight.office:
            raise PermissionDenied
        return self.actor


def enter(request: HttpRequest, slug: str, *, asked: bool = False) -> Entered:
    """Return a partnership that may be known of, and who asks. Two queries, one for a visitor.

    `asked`: that the page is also for those who are only asked to sign an agreement there.

    :raises Http404: there is none, or it is nothing for them
    """
    actor, today = asker(request), localdate()
    found, sight = access.to_see(actor, slug, today, asked=asked)
    return Entered(found, sight, actor, today)


def asker(request: HttpRequest) -> Actor | None:
    """Return who asks, None for a visitor."""
    actor: Actor | None = request.actor or None  # type: ignore[attr-defined]
    return actor
