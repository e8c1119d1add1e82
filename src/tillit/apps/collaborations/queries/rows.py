"""The collaborations of an organisation as rows of a list."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tillit.apps.collaborations.models import Collaboration, Participant, Party
from tillit.apps.parties.models import Organisation
from tillit.core.process.states import STATES

SIZE = 50


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
    """Return a page of an organisation's collaborations; others' drafts are not among them. Three queries."""
    mine = Q(version__gt=0) | Q(parties__role="proposer")
    found = Collaboration.objects.filter(mine, parties__organisation=organisation)
    if asked.state in STATES:
        found = found.filter(state=asked.state)
    if asked.year is not None:
        found = found.filter(starts_on__year=asked.year)
    for word in asked.search.split()[:6]:
        found = found.filter(_holds(word))
    if place := _place(asked.after):
        day, key = place
        found = found.filter(Q(starts_on__lt=day) | Q(starts_on=day, id__gt=key))
    page = list(found.order_by("-starts_on", "id").prefetch_related("parties__organisation")[: SIZE + 1])
    rows = tuple(_row(each, organisation) for each in page[:SIZE])
    last = page[SIZE - 1] if len(page) > SIZE else None
    return Found(rows, f"{last.starts_on.isoformat()}_{last.pk}" if last else "")


def _holds(word: str) -> Q:
    """Return that a word stands in the title, the town, a party's or a participant's name, or is the public id.

    SQLite folds case in ASCII only.
    """
    title, party, participant = Q(public_id__iexact=word), Q(), Q()
    for form in {word, word.lower(), word.capitalize(), word.upper()}:
        title |= Q(title__contains=form) | Q(town__contains=form)
        party |= Q(organisation__name__contains=form)
        participant |= Q(person__name__contains=form) | Q(label__contains=form)
    parties = Party.objects.filter(party, collaboration=OuterRef("pk"))
    people = Participant.objects.filter(participant, collaboration=OuterRef("pk"), removed_at__isnull=True)
    return title | Q(Exists(parties)) | Q(Exists(people))


def _place(text: str) -> tuple[date, UUID] | None:
    day, _sep, key = text.partition("_")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None


def _row(row: Collaboration, organisation: Organisation) -> Row:
    others = tuple(each.organisation.name for each in row.parties.all() if each.organisation_id != organisation.pk)
    return Row(
        row.public_id,
        row.title,
        row.state,
        row.get_state_display(),
        row.starts_on,
        row.ends_on,
        others,
        row.outcome,
        row.draft_differs and row.version > 0,
    )
