"""Who is written to for a party or an organ of a partnership, asked once for each."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.queries import holders_of
from tillit.apps.partnerships.access import SPEAKS
from tillit.apps.partnerships.occurring import seated


class Whom:
    """Who is written to on a day. `parties`: the organisations that may be asked about, with `merged_into` read."""

    def __init__(self, parties: Iterable[Organisation], today: date) -> None:
        self._today = today
        self._parties = {each.pk: each for each in parties}
        self._found: dict[UUID, tuple[Person, ...]] = {}

    def of(self, party: UUID | None, organ: UUID | None) -> tuple[Person, ...]:
        """Return those who speak for the party, or where there is none, who sit in the organ."""
        key = party or organ
        assert key is not None
        if key not in self._found:
            self._found[key] = tuple(self._speak(party) if party else self._sit(key))
        return self._found[key]

    def _speak(self, party: UUID) -> Iterator[Person]:
        yield from (each.person for each in holders_of(self._parties[party], SPEAKS, self._today))

    def _sit(self, organ: UUID) -> Iterator[Person]:
        rows = seated(self._today).filter(seat__organ=organ).exclude(role="substitute")
        yield from (each.person for each in rows.select_related("person__user").order_by("pk"))
