"""Agreements of a partnership, how long they run, and from when to when they bind each party (I-3).

Months are counted from the original date and fall on the last day of a month that has no such day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tillit.core.governance.entities import Interval
from tillit.core.period import months_after

FIXED, AUTO_RENEW, UNTIL_FURTHER_NOTICE = "fixed", "auto_renew", "until_further_notice"
TERM_MODES = (FIXED, AUTO_RENEW, UNTIL_FURTHER_NOTICE)

DRAFT, CONSULTATION, BEING_SIGNED = "draft", "consultation", "being_signed"
IN_FORCE, NOTICE_GIVEN, ENDED = "in_force", "notice_given", "ended"
STATUSES = (DRAFT, CONSULTATION, BEING_SIGNED, IN_FORCE, NOTICE_GIVEN, ENDED)
_CONCLUDED = (IN_FORCE, NOTICE_GIVEN, ENDED)

FULL, PARTIAL, REFERENCE, NONE_STATED = "full", "partial", "reference", "none_stated"
COVERAGES = (NONE_STATED, REFERENCE, PARTIAL, FULL)
"""How much an agreement says of an area, least first: 0, 1, 2, 3."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A party to an agreement. `effective_from`: a day agreed for it, which goes before the day of signing."""

    party: str
    signed_at: date | None = None
    effective_from: date | None = None
    withdrawn_at: date | None = None
    notice_given_at: date | None = None
    ends_at: date | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement; its end is `valid_to`, the first day not valid. What nobody has stated is None.

    `areas`: coverage per area code, empty when nobody has read the agreement for areas. `supersedes`: the agreement
    whose place it takes. `ends_at`: a day that the parties or a court have settled; it goes before every computed end.
    """

    id: str
    type: str
    level: str
    valid_from: date
    term_mode: str
    status: str = IN_FORCE
    valid_to: date | None = None
    renewal_months: int | None = None
    notice_months: int | None = None
    review_months: int | None = None
    notice_given_at: date | None = None
    ends_at: date | None = None
    parent: str | None = None
    survives_parent: bool = False
    supersedes: str | None = None
    areas: Mapping[str, str] = field(default_factory=dict)
    parties: tuple[Signature, ...] = ()


def renewed(original: date, months: int, on: date) -> date:
    """Return the first end after `on` of what is renewed by `months` at a time: original + k × months, smallest k.

    Each end is counted from the original date, so 31 January + 1 + 1 month is 31 March and not 28 March.

    :raises ValueError: "renewal_months" when it is not at least 1
    """
    if months < 1:
        raise ValueError("renewal_months")
    apart = 12 * (on.year - original.year) + on.month - original.month
    times = max(0, apart // months - 1)  # a start that is never too late: at most two more steps
    while (end := months_after(original, times * months)) <= on and end < date.max:
        times += 1
    return end


def effective_end(agreement: Agreement, on: date) -> date | None:
    """Return the day E on which an agreement ends, as it stands on a day; None when none is set or can be known.

    Renewal stops at the E that was current when notice was given. An agreement until further notice ends its months
    of notice after notice. An agreement that renews itself for a time nobody has stated ends on `valid_to`: whether
    it went on is not known.
    """
    return _end(agreement, agreement.notice_given_at, agreement.ends_at, on)


def party_end(agreement: Agreement, signature: Signature, on: date) -> date | None:
    """Return the day on which an agreement ends for one party, by its own notice or the whole agreement's."""
    own = _end(agreement, signature.notice_given_at, signature.ends_at, on)
    whole = effective_end(agreement, on)
    ends = [end for end in (own, whole, signature.withdrawn_at) if end is not None]
    return min(ends, default=None)


def _end(agreement: Agreement, notice_given_at: date | None, ends_at: date | None, on: date) -> date | None:
    if ends_at is not None:
        return ends_at
    given = notice_given_at if notice_given_at is not None and notice_given_at <= on else None
    if agreement.term_mode == UNTIL_FURTHER_NOTICE:
        known = given is not None and agreement.notice_months is not None
        return months_after(given, agreement.notice_months) if known else None  # type: ignore[arg-type]
    if agreement.term_mode == AUTO_RENEW and agreement.valid_to is not None and agreement.renewal_months is not None:
        return renewed(agreement.valid_to, agreement.renewal_months, given or on)
    return agreement.valid_to


def term(agreement: Agreement, on: date) -> Interval:
    """Return the days of an agreement as it stands on a day: open-ended until notice where it renews itself."""
    return Interval(agreement.valid_from, _closed(agreement, agreement.notice_given_at, agreement.ends_at, on))


def _closed(agreement: Agreement, notice_given_at: date | None, ends_at: date | None, on: date) -> date | None:
    renews = agreement.term_mode == AUTO_RENEW and agreement.renewal_months is not None
    noticed = notice_given_at is not None and notice_given_at <= on
    if renews and not noticed and ends_at is None:
        return None
    return _end(agreement, notice_given_at, ends_at, on)


def in_force(agreement: Agreement, on: date) -> bool:
    """Return whether an agreement is concluded and runs on a day.

    One that is marked ended and has no end in its dates is not in force: when it ended is not known.
    """
    if agreement.status not in _CONCLUDED:
        return False
    during = term(agreement, on)
    return during.holds(on) and not (agreement.status == ENDED and during.end is None)


def binds(agreement: Agreement, signature: Signature, on: date) -> Interval | None:
    """Return the days on which an agreement holds for a party (I-3), as it stands on a day; None when on no day.

    From max(valid_from, the agreed day or else the day of signing) to the earliest of its ends and withdrawal.
    """
    return _binds(agreement, signature, on, term(agreement, on).end)


def _binds(agreement: Agreement, signature: Signature, on: date, until: date | None) -> Interval | None:
    """Return the same; `until`: when the whole agreement ends."""
    from_day = signature.effective_from or signature.signed_at
    if from_day is None or agreement.status not in _CONCLUDED:
        return None
    start = max(agreement.valid_from, from_day)
    noticed, ends_at = signature.notice_given_at, signature.ends_at
    alike = noticed == agreement.notice_given_at and ends_at == agreement.ends_at
    own = until if alike else _closed(agreement, noticed, ends_at, on)
    ends = [end for end in (until, own, signature.withdrawn_at) if end is not None]
    end = min(ends, default=None)
    return Interval(start, end) if end is None or start < end else None


def bound(agreement: Agreement, on: date) -> frozenset[str]:
    """Return the parties that an agreement holds for on a day; none when it is not in force."""
    if not in_force(agreement, on):
        return frozenset()
    until = term(agreement, on).end
    during = ((signature.party, _binds(agreement, signature, on, until)) for signature in agreement.parties)
    return frozenset(party for party, days in during if days is not None and days.holds(on))
