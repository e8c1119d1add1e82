"""The collaborations that began in a year, one row each with its costs and counterparties: what the report counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum

from tillit.apps.collaborations.models import Assessment, Collaboration, CostLine, Party
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.core.money import CENT
from tillit.core.process import states
from tillit.core.process.content import AMOUNTS

DAYS_TO_REPORT = 30
"""Days after the last day within which an outcome is reported in time. Ours: no text states any."""
HAPPENED = "carried_out"
REPORTED = (states.REPORTED, states.CLOSED)
WITHOUT_COSTS = (states.DRAFT, states.DECLINED, states.CANCELLED)
"""States whose amounts are not counted: nothing came, or has come, of the plan."""
TIMINGS = ("in_time", "late", "unknown_day", "waiting", "overdue", "unapproved", "to_come", "nothing")
_KRONOR = Q(currency__in=("", "SEK"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of kronor, None where no line says any. `unknown`: how many lines say nothing."""

    total: Decimal | None = None
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Costs:
    """What some cost lines come to. `foreign`: how many are in another currency, whose amounts are in no sum."""

    estimated: Amount = Amount()
    committed: Amount = Amount()
    actual: Amount = Amount()
    lines: int = 0
    foreign: int = 0


@dataclass(frozen=True, slots=True)
class Partner:
    """Another organisation in a collaboration."""

    key: UUID
    name: str
    side: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """A collaboration of the year.

    `planned` and `carried_out`: the outcome of the latest check of the plan, and of the reported outcome; "" where
    there is none. `reported_on`: the day that the outcome was first reported. `timing`: one of `TIMINGS`. `costs` are
    by category, empty where the amounts do not count. `reason`: why it ended or in spite of what it was reported.
    """

    key: UUID
    public_id: str
    title: str
    kind: str
    state: str
    starts_on: date
    ends_on: date
    planned: str
    carried_out: str
    edition: str
    openness: str
    published: bool
    made_up: bool
    reported_on: date | None
    timing: str
    reason: str
    breach: int | None
    """The key of the assessment that found a breach in the outcome."""
    others: tuple[Partner, ...]
    costs: dict[str, Costs] = field(default_factory=dict)

    @property
    def days_to_report(self) -> int | None:
        """Return the days from the last day to the first report, None where there is none; negative never."""
        return max(0, (self.reported_on - self.ends_on).days) if self.reported_on is not None else None

    @property
    def sum(self) -> Costs:
        return added(self.costs.values())

    @property
    def counts_costs(self) -> bool:
        return self.state not in WITHOUT_COSTS


def ours(organisation: Organisation, year: int) -> QuerySet[Collaboration]:
    """Return an organisation's collaborations that began in a year, the same as its list shows: no others' drafts."""
    mine = Q(version__gt=0) | Q(parties__role="proposer")
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Collaboration.objects.filter(
        mine, parties__organisation=organisation, starts_on__gte=first, starts_on__lte=last
    )


def year_rows(organisation: Organisation, year: int, *, today: date, published: Collection[str]) -> tuple[YearRow, ...]:
    """Return the rows, the earliest first. Three queries. `published`: public ids that stand in the register."""
    found = ours(organisation, year)
    others, costs = _others(found, organisation), _costs(found)
    # What a report writes is tried in the moment that it becomes a version; what is judged before is tried later.
    reported = Assessment.objects.filter(
        collaboration=OuterRef("pk"), phase=HAPPENED, made_at=F("version__made_at")
    ).order_by()
    rows = found.order_by("starts_on", "public_id").annotate(
        plan_outcome=_latest(~Q(phase=HAPPENED), "outcome"),
        real_outcome=_latest(Q(phase=HAPPENED), "outcome"),
        real_key=_latest(Q(phase=HAPPENED), "pk"),
        reported_at=Subquery(reported.values("collaboration").annotate(first=Min("made_at")).values("first")),
    )
    made = []
    for each in rows.values(*_READ):
        done = each["state"] in REPORTED
        day = day_of(each["reported_at"]) if done and each["reported_at"] else None
        counted = each["state"] not in WITHOUT_COSTS
        outcome = each["real_outcome"] or "" if done else ""
        made.append(
            YearRow(
                key=each["id"],
                **{name: each[name] for name in _AS_IT_IS},
                planned=each["plan_outcome"] or "",
                carried_out=outcome,
                published=each["public_id"] in published,
                reported_on=day,
                timing=timing(each["state"], each["ends_on"], day, today),
                reason=each["state_reason"],
                breach=each["real_key"] if outcome == "breach" else None,
                others=tuple(others[each["id"]]),
                costs=costs.get(each["id"], {}) if counted else {},
            )
        )
    return tuple(made)


_AS_IT_IS = ("public_id", "title", "kind", "state", "starts_on", "ends_on", "edition", "openness", "made_up")
_READ = (*_AS_IT_IS, "id", "state_reason", "plan_outcome", "real_outcome", "real_key", "reported_at")


def timing(state: str, ends_on: date, reported_on: date | None, today: date) -> str:
    """Return how a collaboration stands to its report on a day: one of `TIMINGS`."""
    last = ends_on + timedelta(days=DAYS_TO_REPORT)
    if state in REPORTED:
        return "unknown_day" if reported_on is None else "in_time" if reported_on <= last else "late"
    if state not in (*states.BEING_APPROVED, states.APPROVED, states.CARRIED_OUT):
        return "nothing"
    if ends_on >= today:
        return "to_come"
    if state in states.BEING_APPROVED:
        return "unapproved"
    return "waiting" if today <= last else "overdue"


def added(costs: Iterable[Costs]) -> Costs:
    """Return costs added up; a sum is None only where none of them says any."""
    every = tuple(costs)
    sums = {
        name: Amount(
            _sum(getattr(each, name).total for each in every), sum(getattr(each, name).unknown for each in every)
        )
        for name in AMOUNTS
    }
    return Costs(**sums, lines=sum(each.lines for each in every), foreign=sum(each.foreign for each in every))


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [each for each in amounts if each is not None]
    return sum(known, Decimal(0)) if known else None


def _latest(which: Q, column: str) -> Subquery:
    return Subquery(Assessment.objects.filter(which, collaboration=OuterRef("pk")).values(column)[:1])


def _others(found: QuerySet[Collaboration], organisation: Organisation) -> dict[UUID, list[Partner]]:
    rows = Party.objects.filter(collaboration__in=found.values("pk")).exclude(organisation=organisation)
    named = rows.values_list("collaboration", "organisation", "organisation__name", "side")
    partners: dict[UUID, list[Partner]] = defaultdict(list)
    for collaboration, key, name, side in named.order_by("organisation__name", "organisation"):
        partners[collaboration].append(Partner(key, name, side))
    return partners


def _costs(found: QuerySet[Collaboration]) -> dict[UUID, dict[str, Costs]]:
    """Return costs by collaboration and category, added up in the database."""
    counted: dict[str, Sum | Count] = {"all": Count("pk"), "foreign": Count("pk", filter=~_KRONOR)}
    for name in AMOUNTS:
        counted[f"sum_{name}"] = Sum(name, filter=_KRONOR)
        counted[f"no_{name}"] = Count("pk", filter=Q(**{f"{name}__isnull": True}))
    lines = CostLine.objects.filter(collaboration__in=found.values("pk"))
    costs: dict[UUID, dict[str, Costs]] = defaultdict(dict)
    rows: Iterable[Any] = lines.order_by().values("collaboration", "category").annotate(**counted)
    for each in rows:
        amounts = {name: Amount(_exact(each[f"sum_{name}"]), each[f"no_{name}"]) for name in AMOUNTS}
        costs[each["collaboration"]][each["category"]] = Costs(**amounts, lines=each["all"], foreign=each["foreign"])
    return costs


def _exact(total: Decimal | None) -> Decimal | None:
    """Return a sum in whole öre: SQLite adds up in floating point."""
    return None if total is None else total.quantize(CENT)
