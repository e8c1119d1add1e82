"""What a commitment's page and calendar tell of each time, in words; people by name only to those who may have it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tillit.apps.partnerships.models import CommitmentEvent, Evidence
from tillit.apps.partnerships.queries.commitment_page import CommitmentPage, Moment
from tillit.apps.partnerships.queries.commitment_words import STATE_WORDS, state_told
from tillit.apps.partnerships.queries.occurrences import Time
from tillit.apps.partnerships.queries.organ_words import Told, figure
from tillit.web.mail.letter import link_to


@dataclass(frozen=True, slots=True)
class WordTold:
    """What was said: the verdict as a word, and by whom. `note`, `decision`: "" where not shown."""

    event: CommitmentEvent
    word: str
    who: str
    note: str
    decision: str

    @property
    def done(self) -> bool:
        """Return whether it says that something was done."""
        return self.event.verdict in ("claimed", "met", "partial")

    @property
    def withdraw(self) -> str:
        """Return which form takes it back."""
        return f"withdraw-{self.event.pk}"


@dataclass(frozen=True, slots=True)
class EvidenceTold:
    """Evidence with where it stands, as a word and a shape."""

    evidence: Evidence
    state: Told
    who: str

    @property
    def accept(self) -> str:
        """Return which form accepts it."""
        return f"accept-{self.evidence.pk}"

    @property
    def refuse(self) -> str:
        """Return which form refuses it."""
        return f"refuse-{self.evidence.pk}"


@dataclass(frozen=True, slots=True)
class MomentTold:
    """A time on the page. `share`: how much counts, "" where that says nothing more than the state."""

    moment: Moment
    state: Told
    share: str
    word: WordTold | None
    earlier: tuple[WordTold, ...]
    evidence: tuple[EvidenceTold, ...]


def moments_told(found: CommitmentPage, *, names: bool) -> list[MomentTold]:
    """Return the times in words; without `names` nobody is named, and nothing that somebody wrote is shown."""
    return [_moment(each, names=names) for each in found.moments]


def rest_told(found: CommitmentPage, *, names: bool) -> list[EvidenceTold]:
    """Return the evidence that belongs to no time that is shown."""
    return [_evidence(each, names=names) for each in found.rest] if names else []


def _moment(moment: Moment, *, names: bool) -> MomentTold:
    time = moment.time
    partly = time is not None and time.state == "partial" and time.fraction is not None
    return MomentTold(
        moment,
        state_told(moment.state),
        figure(time.fraction) if time is not None and partly and time.fraction is not None else "",
        _word(moment.word, names=names) if moment.word is not None else None,
        tuple(_word(each, names=names) for each in moment.earlier) if names else (),
        tuple(_evidence(each, names=names) for each in moment.shown) if names else (),
    )


def _word(event: CommitmentEvent, *, names: bool) -> WordTold:
    who = _("parten") if event.verdict == "claimed" else _("kansliet")
    if names and event.recorded_by is not None:
        who = event.recorded_by.name
    shown = (event.note, event.decision) if names else ("", "")
    return WordTold(event, str(STATE_WORDS[event.verdict]), who, *shown)


def _evidence(each: Evidence, *, names: bool) -> EvidenceTold:
    if each.accepted_on is not None:
        state = Told("meets", _("godtaget"), "")
    elif each.refused_reason:
        state = Told("breach", _("godtas inte"), each.refused_reason)
    else:
        state = Told("undecided", _("väntar på granskning"), "")
    return EvidenceTold(each, state, each.uploaded_by.name if names else "")


def calendar_of(times: Iterable[Time], at: datetime) -> bytes:
    """Return what is due as a calendar: the last day of each, whole days."""
    from icalendar import Calendar, Event

    file = Calendar()
    file.add("prodid", "-//Tillit//Tillit//SV")
    file.add("version", "2.0")
    for each in times:
        event = Event()
        event.add("uid", f"{each.commitment}-{each.party or ''}-{each.due.isoformat()}@tillit")
        event.add("dtstamp", at)
        event.add("summary", f"{each.partnership}: {each.text.splitlines()[0]}")
        event.add("description", str(STATE_WORDS[each.state]))
        event.add("url", link_to("partnerships:commitment", each.slug, each.commitment))
        event.add("dtstart", each.last)
        event.add("dtend", each.last + timedelta(days=1))
        file.add_component(event)
    written: bytes = file.to_ical()
    return written
