"""What is to be decided about the agreements in the coming year, in the order of the days (D11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from tillit.apps.partnerships.queries.agreement_words import flag_told, last_day
from tillit.apps.partnerships.queries.agreements import Loaded
from tillit.apps.partnerships.queries.organ_words import Told, told
from tillit.core.governance import agreements as core, renewal
from tillit.core.governance.flags import Flag, by_severity
from tillit.core.governance.renewal import next_review, notice_date, renewal_flags
from tillit.core.period import months_after

NOTICE, END, REVIEW = "notice", "end", "review"
AHEAD = 12
"""Months ahead that the timeline shows."""
REVIEW_WITHIN = timedelta(days=30)
"""How long before a review the office is told. Ours: no text states any."""
MAILED = (renewal.NOTICE_SOON, renewal.NOTICE_LATE, renewal.ENDS_SOON, renewal.UNSIGNED)
"""The findings that the office is written to about; the rest is seen on the page."""
_TOLD_BY = {renewal.NOTICE_SOON: NOTICE, renewal.ENDS_SOON: END}


@dataclass(frozen=True, slots=True)
class Coming:
    """A day about an agreement. `kind`: notice, end or review; "" for a finding that has a day of another sort."""

    day: date
    kind: str
    key: UUID
    title: str
    told: Told


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the office is written to about, once for an agreement, an end (or a day of review) and a kind."""

    agreement: UUID
    end: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """`coming`: the days ahead, earliest first. `now`: findings about what is past or cannot be known, worst first."""

    coming: tuple[Coming, ...]
    now: tuple[Coming, ...]


def timeline(whole: Loaded, today: date, *, named: bool) -> Timeline:
    """Return what somebody who may see these agreements is to act on, and what comes within a year. No query.

    `named`: whether who has not signed is told.
    """
    until = months_after(today, AHEAD)
    every = by_severity(flag for fact in whole.facts.values() for flag in renewal_flags(fact, today))
    flags = [each for each in every if named or each.code != renewal.UNSIGNED]
    names = whole.names
    rows = [_of(flag, whole, flag_told(flag, names)) for flag in flags]
    said = {(each.key, each.kind) for each in rows if each.kind}
    ahead = [each for each in rows if each.kind and each.day >= today]
    ahead += [each for each in days(whole, today) if each.day <= until and (each.key, each.kind) not in said]
    return Timeline(
        tuple(sorted(ahead, key=lambda each: (each.day, each.title))),
        tuple(each for each in rows if not each.kind or each.day < today),
    )


def notices(whole: Loaded, today: date) -> Iterator[Notice]:
    """Yield what the office is to be written to about on a day, in the order of the agreements. No query.

    An end that comes close is told anew: its severity is in the kind. So is each party that has not signed.
    """
    names = whole.names
    for key, fact in whole.facts.items():
        row = whole.rows[key]
        for flag in renewal_flags(fact, today):
            if flag.code in MAILED:
                _agreement, end, kind = renewal.notice_key(flag)
                yield Notice(row.pk, end, kind, flag_told(flag, names).says)
        review = next_review(fact, today) if core.in_force(fact, today) else None
        if review is not None and review - today <= REVIEW_WITHIN:
            says = _("%(title)s ska ses över %(day)s.") % {"title": row.title, "day": review}
            yield Notice(row.pk, review.isoformat(), REVIEW, says)


def days(whole: Loaded, today: date) -> Iterator[Coming]:
    """Yield the last day of notice, the end and the next review of each agreement in force. No query."""
    for key, fact in whole.facts.items():
        if not core.in_force(fact, today):
            continue
        row, end = whole.rows[key], core.term(fact, today).end
        notice, review = notice_date(fact, today), next_review(fact, today)
        if notice is not None and notice >= today:
            says = _("Sista dagen att säga upp %(title)s.") % {"title": row.title}
            yield Coming(notice, NOTICE, row.pk, row.title, told("info", says))
        if end is not None:
            says = _("%(title)s gäller t.o.m. %(day)s.") % {"title": row.title, "day": last_day(end)}
            yield Coming(end, END, row.pk, row.title, told("info", says))
        if review is not None:
            says = _("%(title)s ska ses över.") % {"title": row.title}
            yield Coming(review, REVIEW, row.pk, row.title, told("info", says))


def _of(flag: Flag, whole: Loaded, words: Told) -> Coming:
    row = whole.rows[flag.subject]
    return Coming(flag.day, _TOLD_BY.get(flag.code, ""), row.pk, row.title, words)
