"""Partnerships, goals and indicators found by their words: those that have a page for the one who asks.

As `Sight` lets them on the pages themselves, in the database: what is open in an open partnership is for all, the rest
for those who are in the partnership, sit in the organ, run the record or evaluate. Goals of plans that hold are found,
and of drafts by those within.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from tillit.apps.followup.models import Goal, Indicator
from tillit.apps.parties.matching import holds
from tillit.apps.partnerships.access import Acting
from tillit.apps.partnerships.models import CURRENT, Appointment, Membership, Steward
from tillit.apps.partnerships.queries.listing import named

PARTNERSHIP, GOAL, INDICATOR = "partnership", "goal", "indicator"
_COLUMNS = ("sort_told", "key_told", "words_told", "slug_told", "name_told", "form_told", "status_told")


NOBODY = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Sought:
    """What was found: its own words, and the partnership that it is or is of. `form`, `status`: a partnership's codes,
    "" for the others."""

    sort: str
    key: UUID
    words: str
    slug: str
    partnership: str
    form: str
    status: str


@dataclass(frozen=True, slots=True)
class _Within:
    """The partnerships that somebody is in, those whose every row they read, and the organs where they sit."""

    inside: Q
    whole: Q
    organs: Any

    def sees(self, openness: str, *organs: str) -> Q:
        """Return the rows with this column that are theirs to read; `organs`: whose row it is, for an organ only."""
        own = NOBODY
        for name in organs:
            own |= Q(**{f"{name}__in": self.organs})
        return (
            self.whole
            | Q(**{openness: "public"})
            | Q(**{openness: "parties"}) & self.inside
            | Q(**{openness: "organ"}) & own
        )


def sought(actor: Acting | None, today: date, words: str) -> tuple[Sought, ...]:
    """Return the goals, indicators and partnerships in which every word is found, each sort by its words. One query."""
    goals, indicators = _goals(actor, today), _indicators(actor, today)
    for word in words.split():
        goals = goals.filter(holds(word, "text", "problem"))
        indicators = indicators.filter(holds(word, "name", "code"))
    rows = _told(goals, GOAL, "text", "plan__partnership__").union(
        _told(indicators, INDICATOR, "name", "partnership__"),
        _told(named(actor, today, words), PARTNERSHIP, "name", "", "legal_form", "status"),
        all=True,
    )
    found = (Sought(sort, UUID(key), *texts) for sort, key, *texts in rows)
    return tuple(sorted(found, key=lambda each: (each.sort, each.words.casefold(), str(each.key))))


def _indicators(actor: Acting | None, today: date) -> QuerySet[Indicator]:
    """Return those whose page opens: `levels` of `Sight`, to which an organ's own are for the office and evaluators."""
    within = _within(actor, today, "partnership")
    return Indicator.objects.filter(within.sees("partnership__openness"), within.sees("openness"))


def _goals(actor: Acting | None, today: date) -> QuerySet[Goal]:
    """Return the goals of plans in force, and for those within of drafts; a goal is never more open than its plan."""
    within = _within(actor, today, "plan__partnership")
    taken_part_in = within.whole | within.inside
    of_organ = Q(owner_organ__isnull=False) & within.sees("openness", "owner_organ")
    of_plan = Q(owner_organ__isnull=True) & within.sees("openness", "plan__organ")
    return Goal.objects.filter(
        within.sees("plan__partnership__openness"),
        within.sees("plan__openness", "plan__organ"),
        of_organ | of_plan,
        Q(plan__status="adopted") | Q(plan__status="draft") & taken_part_in,
    )


def _within(actor: Acting | None, today: date, to: str) -> _Within:
    if actor is None:
        return _Within(NOBODY, NOBODY, ())
    holding = (Q(ends_on__isnull=True) | Q(ends_on__gt=today)) & Q(starts_on__lte=today)
    runs = Steward.objects.filter(Q(until__isnull=True) | Q(until__gt=today), person=actor.person, since__lte=today)
    sits = Appointment.objects.filter(CURRENT, holding, person=actor.person)
    inside = Q(**{f"{to}__in": sits.values("seat__organ__partnership")})
    if actor.organisation is not None and actor.roles:
        member = Membership.objects.filter(CURRENT, holding, organisation=actor.organisation)
        inside |= Q(**{f"{to}__in": member.values("partnership")})
    return _Within(inside, Q(**{f"{to}__in": runs.values("partnership")}), sits.values("seat__organ"))


def _told(rows: QuerySet[Any], sort: str, words: str, to: str, *states: str) -> QuerySet[Any, Any]:
    """Return rows as `Sought` has them; `to`: the way to the partnership, `states`: its columns of form and status."""
    empty = Value("", CharField())
    form, status = (Cast(each, CharField()) for each in states) if states else (empty, empty)
    of: tuple[Any, ...] = (
        Value(sort, CharField()),
        Cast("pk", CharField()),
        Cast(words, TextField()),
        Cast(f"{to}slug", CharField()),
        Cast(f"{to}name", CharField()),
        form,
        status,
    )
    told: QuerySet[Any, Any] = rows.order_by().annotate(**dict(zip(_COLUMNS, of, strict=True))).values_list(*_COLUMNS)
    return told
