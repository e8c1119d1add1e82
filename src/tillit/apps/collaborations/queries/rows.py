"""The collaborations of an organisation as rows of a list."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tillit.apps.collaborations.models import STATE_WORDS, Participant, Party
from tillit.apps.parties.matching import holds
from tillit.apps.parties.models import Organisation
from tillit.core.process.states import STATES

SIZE = 50
_SHOWN = (
    "starts_on",
    *(
        f"collaboration__{name}"
        for name in ("public_id", "title", "state", "ends_on", "outcome", "draft_differs", "version")
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A collaboration in a list. `outcome` "" before the engine has tried it; `others`: who else is in it."""

    public_id: str
    title: str
    state: str
    state_word: str
    starts_on: date
    ends_on: date
    others: tuple[str, ...]
    outcome: str
    draft_differs: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; "" and None are all."""

    search: str = ""
    state: str = ""
    year: int | None = None
    after: str = ""
    """Where the page begins: the place of the row before it, as `Found.next` gives it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows, the latest first; `next` is "" on the last."""

    rows: tuple[Row, ...]
    next: str


def rows_of(organisation: Organisation, asked: Asked) -> Found:
    """Return a page of an organisation's collaborations; others' drafts are not among them. Two queries.

    Read by the parties' own copies of day and state, which stand in one index with the organisation.
    """
    mine = Q(collaboration__version__gt=0) | Q(role="proposer")
    found = Party.objects.filter(mine, organisation=organisation)
    if asked.state in STATES:
        found = found.filter(state=asked.state)
    if asked.year is not None:
        found = found.filter(starts_on__year=asked.year)
    for word in asked.search.split()[:6]:
        found = found.filter(_holds(word))
    if place := _place(asked.after):
        day, key = place
        found = found.filter(Q(starts_on__lt=day) | Q(starts_on=day, collaboration__gt=key), starts_on__lte=day)
    shown = found.order_by("-starts_on", "collaboration_id").values_list("collaboration_id", *_SHOWN)[: SIZE + 1]
    page = list(shown)
    others = _others([values[0] for values in page[:SIZE]], organisation)
    rows = tuple(_row(values, others.get(values[0], ())) for values in page[:SIZE])
    last = page[SIZE - 1] if len(page) > SIZE else None
    return Found(rows, f"{last[1].isoformat()}_{last[0]}" if last else "")


def _others(keys: list[UUID], organisation: Organisation) -> dict[UUID, tuple[str, ...]]:
    """Return, per collaboration, who else is in it."""
    rows = Party.objects.filter(collaboration__in=keys).exclude(organisation=organisation).order_by("pk")
    found: dict[UUID, tuple[str, ...]] = {}
    for key, name in rows.values_list("collaboration_id", "organisation__name"):
        found[key] = (*found.get(key, ()), name)
    return found


def _holds(word: str) -> Q:
    """Return that a word stands in the title, the town, a party's or a participant's name, or is the public id."""
    own = Q(collaboration__public_id__iexact=word) | holds(word, "collaboration__title", "collaboration__town")
    parties = Party.objects.filter(holds(word, "organisation__name"), collaboration=OuterRef("collaboration"))
    people = Participant.objects.filter(
        holds(word, "person__name", "label"), collaboration=OuterRef("collaboration"), removed_at__isnull=True
    )
    return own | Q(Exists(parties)) | Q(Exists(people))


def _place(text: str) -> tuple[date, UUID] | None:
    day, _sep, key = text.partition("_")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None


def _row(values: tuple[Any, ...], others: tuple[str, ...]) -> Row:
    _key, starts_on, public_id, title, state, ends_on, outcome, draft_differs, version = values
    word = str(STATE_WORDS[state])
    return Row(public_id, title, state, word, starts_on, ends_on, others, outcome, draft_differs and version > 0)
