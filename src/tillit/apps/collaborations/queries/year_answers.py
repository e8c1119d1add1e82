"""How people answered in a year's collaborations: approvals, judgements, warnings gone on from, breaches on file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, StrIndex, Substr

from tillit.apps.collaborations.models import (
    Acknowledgement,
    Approval,
    Assessment,
    Collaboration,
    Judgement,
    Party,
)
from tillit.apps.collaborations.models.review import GIVEN
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.core.process.states import APPROVAL_KINDS


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a kind that were put to the organisation itself (`own`) or to others.

    `median` and `p90`: calendar days from question to answer; None where nobody has answered. `late`: answered after
    the day it was due; `late_waiting`: due, and not answered on the day of counting. Half a day is a median of two.
    """

    kind: str
    own: bool
    asked: int
    waiting: int
    approved: int
    conditions: int
    declined: int
    lapsed: int
    median: Decimal | None
    p90: int | None
    late: int
    late_waiting: int


@dataclass(frozen=True, slots=True)
class Reopened:
    """Approvals that a change re-opened, by how many changes, in how many collaborations."""

    approvals: int
    changes: int
    collaborations: int


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements of a word on a kind of record by a side. `gone`: taken back, or what they were of has changed."""

    fact: str
    record_kind: str
    side: str
    yes: int
    no: int
    gone: int


@dataclass(frozen=True, slots=True)
class GoneOn:
    """A warning that somebody went on from. `rule`: the rule that gave it, "" where another count did."""

    public_id: str
    code: str
    rule: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a reported outcome deviates from, in one collaboration."""

    assessment: int
    rulebook: str
    rule: str


_Question = tuple[str, bool, str, date, date | None, date | None]
"""Kind, own, answer, asked, answered, due."""


def approvals(
    found: QuerySet[Collaboration], organisation: Organisation, today: date
) -> tuple[tuple[Asked, ...], Reopened]:
    """Return the questions by kind and by whom they were put to, and what changes re-opened. One query.

    Readings: a question belongs to the year of its collaboration. A change re-opened an answer when the question that
    follows it was put with a version of the same moment; a no that was asked about again is no change.
    """
    rows = Approval.objects.filter(collaboration__in=found.values("pk")).values_list(
        "kind", "organisation", "answer", "asked_at", "answered_at", "due_on", "follows__answer", "collaboration"
    )
    questions: list[_Question] = []
    changes, reopened = set(), 0
    for kind, whom, answer, asked_at, answered_at, due_on, before, collaboration in rows:
        answered = day_of(answered_at) if answered_at else None
        questions.append((kind, whom == organisation.pk, answer, day_of(asked_at), answered, due_on))
        if before in GIVEN:
            reopened += 1
            changes.add((collaboration, asked_at))
    made = tuple(
        _asked(kind, own, same, today)
        for kind in APPROVAL_KINDS
        for own in (True, False)
        if (same := [each for each in questions if each[:2] == (kind, own)])
    )
    return made, Reopened(reopened, len(changes), len({collaboration for collaboration, _at in changes}))


def _asked(kind: str, own: bool, questions: Sequence[_Question], today: date) -> Asked:
    answers = Counter(answer for _kind, _own, answer, *_rest in questions)
    days = [(answered - asked).days for *_kind, asked, answered, _due in questions if answered is not None]
    return Asked(
        kind=kind,
        own=own,
        asked=len(questions),
        **{name: answers[name] for name in ("waiting", "approved", "conditions", "declined", "lapsed")},
        median=middle(days),
        p90=nine_of_ten(days),
        late=sum(1 for *_rest, answered, due in questions if answered and due and answered > due),
        late_waiting=sum(
            1 for _kind, _own, answer, *_rest, due in questions if answer == "waiting" and due and due < today
        ),
    )


def middle(days: Iterable[int]) -> Decimal | None:
    """Return the median of days, None of none; between two in the middle their mean, so halves occur."""
    every = list(days)
    return Decimal(str(median(every))) if every else None


def nine_of_ten(days: Iterable[int]) -> int | None:
    """Return the days within which nine of ten were, by the nearest rank: one of those there are; None of none."""
    every = sorted(days)
    return every[-(-9 * len(every) // 10) - 1] if every else None


def judgements(found: QuerySet[Collaboration]) -> tuple[Judged, ...]:
    """Return judgements counted by word, kind of record and side. One query."""
    party = Party.objects.filter(collaboration=OuterRef("collaboration"), organisation=OuterRef("acting_for"))
    record = Concat(F("record"), Value(":"))
    rows = (
        Judgement.objects.filter(collaboration__in=found.values("pk"))
        .order_by()
        .annotate(
            side=Subquery(party.values("side")[:1]),
            of=Substr(record, 1, StrIndex(record, Value(":")) - 1),
        )
        .values("fact", "of", "side")
        .annotate(
            yes=Count("pk", filter=Q(value=True, lapsed_at__isnull=True)),
            no=Count("pk", filter=Q(value=False, lapsed_at__isnull=True)),
            gone=Count("pk", filter=Q(lapsed_at__isnull=False)),
        )
    )
    made = [
        Judged(each["fact"], each["of"], each["side"] or "other", each["yes"], each["no"], each["gone"])
        for each in rows
    ]
    return tuple(sorted(made, key=lambda each: (each.record_kind, each.fact, each.side)))


def gone_on(found: QuerySet[Collaboration]) -> tuple[GoneOn, ...]:
    """Return the warnings that somebody went on from, with the reasons, the earliest first. One query.

    Neither who it was nor what the warning was about is told: some are about a person.
    """
    rows = Acknowledgement.objects.filter(collaboration__in=found.values("pk")).order_by("made_at", "pk")
    made = []
    for public_id, key, reason, made_at in rows.values_list("collaboration__public_id", "key", "reason", "made_at"):
        code, _sep, subject = key.partition(":")
        made.append(
            GoneOn(public_id, code, subject.partition(":")[0] if code == "rule" else "", reason, day_of(made_at))
        )
    return tuple(made)


def broken(assessments: Iterable[int]) -> tuple[Broken, ...]:
    """Return the rules that assessments found broken, each once per assessment. One query, none without any."""
    rows = Assessment.objects.filter(pk__in=list(assessments)).order_by("pk").values_list("pk", "answer__findings")
    found = dict.fromkeys(
        Broken(key, each["rulebook"], each["rule"])
        for key, findings in rows
        for each in findings
        if each["outcome"] == "breach" and not each["notice"]
    )
    return tuple(found)
