"""Makes and keeps the public row of a collaboration. Nothing else writes in the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.errors import Refused
from tillit.apps.register import index
from tillit.apps.register.content import content_of, searched, states_of, texts, value_of
from tillit.apps.register.models import BECAUSE, Entry, EntryChange, EntryParty
from tillit.apps.register.openness import closed_because, is_under_way
from tillit.apps.register.place import place_of
from tillit.apps.register.words import kind_word, organisation_word, outcome_word, words_of
from tillit.core.process.states import APPROVED, HAPPENED
from tillit.core.text import personal_number_in

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Published:
    """What a round of publishing came to: how many were looked at, how many changed, and who was refused and why."""

    seen: int
    changed: int
    refused: tuple[tuple[str, str], ...]


@transaction.atomic
def publish(*, collaboration: Collaboration, at: datetime, today: date) -> Entry | None:
    """Return the public row of a collaboration, brought in line with it; None where it has none.

    What was public stays so when it is cancelled, postponed or tried anew: as it was last agreed, with its new state.
    It leaves only when its openness says so, or the operator, and then its address says that it has left. Again and
    again is the same as once.

    :raises Refused: a text holds a personal number; what was public before stays as it was
    """
    current = Collaboration.objects.select_for_update().get(pk=collaboration.pk)
    entry = Entry.objects.select_for_update().filter(public_id=current.public_id).first()
    gone = entry is not None and entry.withdrawn_at is not None
    if entry is not None and gone and entry.withdrawn_because not in BECAUSE:
        return _seen(entry, current)
    if why := closed_because(current, today):
        if entry is not None and not (gone and entry.withdrawn_because == why):
            _leave_tombstone(entry, why, at=at, by=None)
        return _seen(entry, current)
    public = entry is not None and not gone
    if is_under_way(current, today) or (public and current.state == APPROVED):
        return _show(entry, current, content_of(current), at)
    if entry is not None and public:
        kept = {**entry.content, "state": current.state, "states": states_of(current)}
        return _show(entry, current, kept, at)
    return _seen(entry, current)


@transaction.atomic
def withdraw(*, entry: Entry, because: str, by: Person | None, at: datetime) -> Entry:
    """Return the tombstone that is left of a public row, with the operator's reason for everybody to read.

    :raises Refused: there is no reason, or the reason holds a personal number
    """
    if not because.strip() or because in BECAUSE:
        raise Refused(_("Skriv varför den tas bort. Skälet visas på dess adress."), field="because")
    if personal_number_in(because):
        raise Refused(_("Skälet innehåller ett personnummer. Ta bort det."), field="because")
    current = Entry.objects.select_for_update().get(pk=entry.pk)
    _leave_tombstone(current, because.strip(), at=at, by=by)
    return current


def publish_due(*, at: datetime, today: date) -> Published:
    """Return what came of publishing everything that has changed, started or come to its open day since last time.

    One transaction for each collaboration: one that is refused, or a process that is killed, holds nobody else back.
    """
    seen = changed = 0
    refused: list[tuple[str, str]] = []
    for due in _due(today).iterator(chunk_size=_AT_A_TIME):
        seen += 1
        try:
            entry = publish(collaboration=due, at=at, today=today)
        except Refused as why:
            refused.append((due.public_id, str(why.message)))
        else:
            changed += entry is not None and entry.changed_at == at
    return Published(seen, changed, tuple(refused))


def _due(today: date) -> QuerySet[Collaboration]:
    read = Entry.objects.filter(public_id=OuterRef("public_id"))
    known = Collaboration.objects.annotate(
        read_revision=Subquery(read.values("revision")[:1]),
        read_state=Subquery(read.values("state")[:1]),
        left_because=Subquery(read.values("withdrawn_because")[:1]),
    )
    started = Q(state__in=HAPPENED) | Q(state=APPROVED, starts_on__lte=today)
    may_be_read = Q(openness="public") | Q(openness="delayed", open_from__lte=today)
    comes = Q(read_revision__isnull=True) & started & may_be_read
    returns = Q(left_because="delayed") & started & may_be_read
    differs = Q(read_revision__isnull=False) & ~Q(read_revision=F("revision"), read_state=F("state"))
    return known.filter(comes | returns | differs).order_by("pk")


def _show(entry: Entry | None, current: Collaboration, content: Mapping[str, Any], at: datetime) -> Entry:
    _refuse_personal_numbers(content)
    if entry is not None and entry.content == content:
        _seen(entry, current)
        return entry
    before, was_public = (entry.content, entry.withdrawn_at is None) if entry else ({}, False)
    shown = entry or Entry(public_id=current.public_id, published_at=at)
    _leave_index(shown)
    shown_fields(shown, content)
    shown.place = place = _free_place(shown)
    shown.revision, shown.changed_at, shown.made_up = current.revision, at, current.made_up
    shown.withdrawn_at, shown.withdrawn_because = None, ""
    shown.save()
    _name_organisations(shown)
    index.put(place, indexed(shown))
    what = "changed" if was_public else "published"
    parts = [name for name in content if before.get(name) != content[name]] if was_public else []
    EntryChange.objects.create(entry=shown, at=at, what=what, parts=parts, version=content["version"])
    audit.note(f"register.{what}", subject=shown, by=None, at=at, parts=parts, version=content["version"])
    return shown


def shown_fields(entry: Entry, content: Mapping[str, Any]) -> None:
    """Fill in what an entry shows, and where in the list; saves nothing."""
    for name in ("title", "kind", "state", "town", "edition"):
        setattr(entry, name, content[name])
    entry.starts_on, entry.ends_on = (date.fromisoformat(content[name]) for name in ("starts_on", "ends_on"))
    entry.outcome = content["assessment"]["outcome"] if content["assessment"] else ""
    entry.value, entry.value_is = value_of(content)
    entry.organisations = [{key: each[key] for key in ("key", "name", "side")} for each in content["organisations"]]
    entry.words = " ".join(words_of(*searched(content, entry.public_id)))
    entry.content = dict(content)
    entry.place = place_of(entry.starts_on, entry.public_id)


def _leave_index(entry: Entry) -> None:
    if entry.place is not None:
        index.remove(entry.place)


def _free_place(entry: Entry) -> int:
    place = place_of(entry.starts_on, entry.public_id)
    while Entry.objects.filter(place=place).exclude(pk=entry.pk).exists():
        place += 1
    return place


def indexed(entry: Entry) -> list[str]:
    """Return the words that an entry is found by, the marks of its filters among them."""
    marks = [kind_word(entry.kind)] if entry.kind else []
    marks += [outcome_word(entry.outcome)] if entry.outcome else []
    return [*entry.words.split(), *marks, *(organisation_word(each["key"]) for each in entry.organisations)]


def _name_organisations(entry: Entry) -> None:
    entry.parties.all().delete()
    EntryParty.objects.bulk_create(
        EntryParty(
            entry=entry,
            organisation_key=each["key"],
            name=each["name"],
            side=each["side"],
            starts_on=entry.starts_on,
        )
        for each in entry.organisations
    )


def _leave_tombstone(entry: Entry, because: str, *, at: datetime, by: Person | None) -> None:
    _leave_index(entry)
    entry.place = None
    entry.parties.all().delete()
    entry.title = entry.kind = entry.town = entry.outcome = entry.edition = entry.words = entry.value_is = ""
    entry.value, entry.organisations, entry.content = None, [], {}
    entry.withdrawn_at, entry.withdrawn_because, entry.changed_at = at, because, at
    entry.save()
    EntryChange.objects.create(entry=entry, at=at, what="withdrawn")
    why = because if because in BECAUSE else "operator"
    audit.note("register.withdrawn", subject=entry, by=by, at=at, because=why)


def _seen(entry: Entry | None, current: Collaboration) -> Entry | None:
    """Remember which revision was read, so that the next round has nothing to do with it."""
    if entry is not None and (entry.revision, entry.state) != (current.revision, current.state):
        entry.revision, entry.state = current.revision, current.state
        entry.save(update_fields=["revision", "state"])
    return entry


def _refuse_personal_numbers(content: Mapping[str, Any]) -> None:
    for name, text in texts(content).items():
        if personal_number_in(text):
            field = name if name in ("title", "purpose") else None
            raise Refused(
                _("En text som skulle bli öppen innehåller ett personnummer. Ta bort det, så blir samverkan öppen."),
                field=field,
            )
