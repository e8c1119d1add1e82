"""D11: until when an agreement runs, until when notice can be given, and what to do about it in time.

A flag comes with the day it is about and all that it rests on; a notice of it is sent once per agreement, end and kind.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from tillit.core.governance.agreements import (
    AUTO_RENEW,
    BEING_SIGNED,
    IN_FORCE,
    NOTICE_GIVEN,
    UNTIL_FURTHER_NOTICE,
    Agreement,
    effective_end,
    in_force,
    renewed,
    term,
)
from tillit.core.governance.flags import (
    GREEN,
    INFO,
    NOT_ASSESSABLE,
    RED,
    YELLOW,
    Facts,
    Flag,
    Judge,
    Judged,
    Rule,
    as_text,
)
from tillit.core.period import months_after

RULE = Rule("D11", 1)
NOTICE_SOON, EXTENDED, NOTICE_LATE, ENDS_SOON = "notice_soon", "extended", "notice_late", "ends_soon"
UNSIGNED, END_UNKNOWN, NOTICE_UNKNOWN = "unsigned", "end_unknown", "notice_unknown"


@dataclass(frozen=True, slots=True)
class RenewalThresholds:
    """Days before which, or after which, something is said. A partnership sets its own by a decision."""

    notice_within: int = 90
    end_within: int = 180
    end_close: int = 60
    unsigned_after: int = 30


def notice_date(agreement: Agreement, on: date) -> date | None:
    """Return the last day to give notice before the current end, None when it does not renew itself or has notice.

    Notice given on that day is in time.
    """
    end = effective_end(agreement, on)
    noticed = agreement.notice_given_at is not None and agreement.notice_given_at <= on
    if agreement.term_mode != AUTO_RENEW or agreement.renewal_months is None or agreement.notice_months is None:
        return None
    return (
        None if end is None or noticed or agreement.ends_at is not None else months_after(end, -agreement.notice_months)
    )


def next_review(agreement: Agreement, on: date) -> date | None:
    """Return the first day of review after a day: valid_from + k × review_months, k at least 1; None without any."""
    if agreement.term_mode != UNTIL_FURTHER_NOTICE or agreement.review_months is None:
        return None
    first = months_after(agreement.valid_from, agreement.review_months)
    return first if first > on else renewed(agreement.valid_from, agreement.review_months, on)


def renewal_flags(agreement: Agreement, today: date, thresholds: RenewalThresholds | None = None) -> tuple[Flag, ...]:
    """Return what to act on about one agreement: notice, end, signatures, and what cannot be known.

    Notice, end and unknown end are watched while the agreement is in force; signatures also while it is being signed.
    A review has no flag: D11 names none, `next_review` tells the day.
    """
    limits = thresholds or RenewalThresholds()
    found: list[Flag] = []
    for code, day, facts, where in _facts(agreement, today):
        judged = JUDGES[code](facts, limits)
        found += RULE.flags(code, judged, subject=agreement.id, day=day, facts=facts, params=limits, dimensions=where)
    return tuple(found)


def _facts(agreement: Agreement, today: date) -> Iterator[tuple[str, date, Facts, dict[str, str]]]:
    base: dict[str, str | None] = {"today": today.isoformat()}
    if in_force(agreement, today) or agreement.status == BEING_SIGNED:
        for each in agreement.parties:
            gone = min((day for day in (each.withdrawn_at, each.ends_at) if day is not None), default=date.max)
            if each.signed_at is None and each.effective_from is None and gone > today:
                known = {**base, "valid_from": agreement.valid_from.isoformat(), "party": each.party}
                yield UNSIGNED, agreement.valid_from, known, {"party": each.party}
    end, notice = effective_end(agreement, today), notice_date(agreement, today)
    known = {**base, "end": as_text(end), "term_mode": agreement.term_mode}
    stated = {name: as_text(getattr(agreement, name)) for name in ("valid_to", "renewal_months", "notice_months")}
    if agreement.status in (IN_FORCE, NOTICE_GIVEN) and agreement.valid_from <= today and _end_unknown(agreement):
        yield END_UNKNOWN, end or today, {**known, **stated}, {}
    if not in_force(agreement, today) or end is None:
        return
    if notice is not None:
        for code in (NOTICE_SOON, EXTENDED):
            yield code, notice, {**known, "notice_date": notice.isoformat()}, {}
    elif term(agreement, today).end is None:
        yield NOTICE_UNKNOWN, end, {**known, **stated}, {}
    else:
        yield ENDS_SOON, end, known, {}
        yield from _late_notice(agreement, end, known)


def _late_notice(
    agreement: Agreement, end: date, known: dict[str, str | None]
) -> Iterator[tuple[str, date, Facts, dict[str, str]]]:
    """Yield a notice that came after its last day: whether it ends now or one renewal later is for the parties."""
    given, months = agreement.notice_given_at, agreement.notice_months
    if agreement.term_mode != AUTO_RENEW or agreement.ends_at is not None or given is None or months is None:
        return
    last = months_after(end, -months)
    yield NOTICE_LATE, given, {**known, "notice_date": last.isoformat(), "notice_given_at": given.isoformat()}, {}


def _end_unknown(agreement: Agreement) -> bool:
    if agreement.ends_at is not None:
        return False
    if agreement.term_mode == UNTIL_FURTHER_NOTICE:
        return agreement.notice_given_at is not None and agreement.notice_months is None
    return agreement.valid_to is None or (agreement.term_mode == AUTO_RENEW and agreement.renewal_months is None)


def _days(facts: Facts, from_: str, to: str) -> int:
    return (date.fromisoformat(facts[to]) - date.fromisoformat(facts[from_])) // timedelta(days=1)


def _notice_soon(facts: Facts, limits: RenewalThresholds) -> Judged:
    left = _days(facts, "today", "notice_date")
    return Judged(YELLOW if 0 <= left <= limits.notice_within else GREEN, {"days_left": left})


def _extended(facts: Facts, _limits: RenewalThresholds) -> Judged:
    left = _days(facts, "today", "notice_date")
    return Judged(INFO if left < 0 else GREEN, {"days_left": left})


def _notice_late(facts: Facts, _limits: RenewalThresholds) -> Judged:
    late = _days(facts, "notice_date", "notice_given_at")
    return Judged(YELLOW if late > 0 else GREEN, {"days_late": late})


def _ends_soon(facts: Facts, limits: RenewalThresholds) -> Judged:
    left = _days(facts, "today", "end")
    verdict = RED if left <= limits.end_close else YELLOW if left <= limits.end_within else GREEN
    return Judged(verdict, {"days_left": left})


def _unsigned(facts: Facts, limits: RenewalThresholds) -> Judged:
    since = _days(facts, "valid_from", "today")
    return Judged(YELLOW if since > limits.unsigned_after else GREEN, {"days_since": since})


def _unknown(facts: Facts, _limits: RenewalThresholds) -> Judged:
    names = ("valid_to", "renewal_months", "notice_months")
    return Judged(NOT_ASSESSABLE, {"not_stated": [name for name in names if facts[name] is None]})


JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        NOTICE_SOON: _notice_soon,
        EXTENDED: _extended,
        NOTICE_LATE: _notice_late,
        ENDS_SOON: _ends_soon,
        UNSIGNED: _unsigned,
        END_UNKNOWN: _unknown,
        NOTICE_UNKNOWN: _unknown,
    }
)
"""Per finding: the rule as a function of stored facts and thresholds."""


def notice_key(flag: Flag) -> tuple[str, str, str]:
    """Return (agreement, E, kind): a notice of a flag is sent once per key.

    The kind holds the severity, so that an end that comes close is told again, and the party where it is about one.
    """
    kind = ".".join((flag.code, flag.severity, *flag.dimensions.values()))
    return flag.subject, str(flag.facts.get("end") or ""), kind
