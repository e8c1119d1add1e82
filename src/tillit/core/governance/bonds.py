"""Where a party stands to each agreement: what it has signed, from when it is bound, and how it leaves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tillit.core.governance.agreements import (
    AUTO_RENEW,
    BEING_SIGNED,
    UNTIL_FURTHER_NOTICE,
    Agreement,
    Signature,
    binds,
    effective_end,
    in_force,
    party_end,
    renewed,
    term,
)
from tillit.core.governance.entities import Interval
from tillit.core.governance.renewal import next_review, notice_date
from tillit.core.period import months_after

SIGNED, AWAITED, AGREED = "signed", "awaited", "agreed"


@dataclass(frozen=True, slots=True)
class Leaving:
    """How a party leaves an agreement. `notice_by`: the last day to give notice before `ends`, where it renews itself.

    `ends`: the end as it stands. `if_today`: the day it ends when notice is given today, or the end that is set anyway;
    None when nobody has stated what notice takes. `review`: the next day on which the parties look at it together.
    """

    term_mode: str
    notice_months: int | None
    notice_by: date | None
    ends: date | None
    if_today: date | None
    review: date | None


@dataclass(frozen=True, slots=True)
class Bond:
    """An agreement and where a party stands to it: signed, agreed from a day without signing, or awaited."""

    agreement: Agreement
    state: str
    signed_at: date | None
    holds: Interval | None
    holds_today: bool
    leaving: Leaving


def bonds(agreements: Iterable[Agreement], party: str, today: date) -> tuple[Bond, ...]:
    """Return the agreements that a party is asked to sign or has signed; drafts and what has ended are left out."""
    return tuple(_bonds(agreements, party, today))


def _bonds(agreements: Iterable[Agreement], party: str, today: date) -> Iterator[Bond]:
    for agreement in agreements:
        asked = [each for each in agreement.parties if each.party == party]
        if not asked or not (in_force(agreement, today) or agreement.status == BEING_SIGNED):
            continue
        signature = asked[-1]
        gone = party_end(agreement, signature, today)
        if gone is not None and gone <= today:
            continue
        holds = binds(agreement, signature, today)
        state = (
            SIGNED if signature.signed_at is not None else AGREED if signature.effective_from is not None else AWAITED
        )
        bound_today = holds is not None and holds.holds(today)
        yield Bond(agreement, state, signature.signed_at, holds, bound_today, leaving(agreement, signature, today))


def leaving(agreement: Agreement, signature: Signature, today: date) -> Leaving:
    """Return how and when a party can leave an agreement, as it stands today."""
    ends = party_end(agreement, signature, today)
    noticed = signature.notice_given_at is not None or signature.ends_at is not None
    return Leaving(
        term_mode=agreement.term_mode,
        notice_months=agreement.notice_months,
        notice_by=None if noticed else notice_date(agreement, today),
        ends=ends,
        if_today=ends if noticed else _if_today(agreement, today),
        review=next_review(agreement, today),
    )


def _if_today(agreement: Agreement, today: date) -> date | None:
    """Return the end that notice given today leads to: where its last day is past, one renewal later."""
    if agreement.term_mode == UNTIL_FURTHER_NOTICE and agreement.ends_at is None and agreement.notice_given_at is None:
        return None if agreement.notice_months is None else months_after(today, agreement.notice_months)
    end, last = effective_end(agreement, today), notice_date(agreement, today)
    if agreement.term_mode != AUTO_RENEW or term(agreement, today).end is not None:
        return end
    if end is None or last is None or agreement.valid_to is None or agreement.renewal_months is None:
        return None
    return end if today <= last else renewed(agreement.valid_to, agreement.renewal_months, end)
