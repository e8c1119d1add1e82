"""The indicators of the example and what has been reported: figures made up, sent in and approved when due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tillit.apps.accounts.models import Person
from tillit.apps.followup.actions.approving import approve
from tillit.apps.followup.actions.definitions import Definition
from tillit.apps.followup.actions.indicators import IndicatorFacts, write_indicator
from tillit.apps.followup.actions.library import Taking, definition_of, take_from_library
from tillit.apps.followup.actions.observation_evidence import Shown
from tillit.apps.followup.actions.reporters import ReporterFacts, add_reporter
from tillit.apps.followup.actions.reporting import submit
from tillit.apps.followup.actions.targets import BaselineFacts, TargetFacts, set_baseline, set_target
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import Said
from tillit.apps.followup.library import library
from tillit.apps.followup.models import Goal, Indicator, IndicatorVersion, Reporter
from tillit.apps.parties.conditions import day_of
from tillit.apps.partnerships.models import Appointment, Organ
from tillit.core.indicators.periods import Period, period_of
from tillit.demo.followup import Following, moment
from tillit.demo.partnership import MADE_UP

DAYS = (128, 131, 125, 133, 127, 130, 126, 132, 129, 127, 124, 131, 122, 121, 119, 118, 117, 116, 115)
ALLOCATED = ((18, 43), (20, 45), (17, 41), (19, 44), (21, 47), (19, 45), (20, 46))
STARTED = ((6, 7, 6, 8, 7, 9, 8), (4, 5, 4, 4, 6, 5, 5), (2, 1, 3, 2, 2, 3))
RECRUITED = ((50, 60), (58, 70), (66, 80), (72, 90), (78, 100), (82, 110), (85, 120))
TRUST = ((3, 3, 3, 2, 3), (3, 3, 2, 3, 3), (2, 2, 0, 4, 2))
"""By half-year and rater: the last time the raters do not agree."""
ANSWERS = (4, 6, 5)


def measure(following: Following) -> None:
    """Write the indicators, and report and approve what has come in."""
    _days(following)
    _allocated(following)
    _started(following)
    _recruited(following)
    _trust(following)
    _answers(following)
    _applications(following)


def _days(following: Following) -> None:
    first = _first(following, "month", len(DAYS))
    indicator = _taken(following, "days_to_first_patient", "faster", "M1", first, frequency="month")
    reporter = _reports(following, indicator, party="industry", since=first)
    for period, value in zip(_on(first), DAYS, strict=False):
        _sent(following, reporter, period, Said(value=Decimal(value), n=6, comment=MADE_UP))
    _bearing(following, indicator, first, Decimal(128), Decimal(100))


def _allocated(following: Following) -> None:
    first = _first(following, "quarter", len(ALLOCATED))
    indicator = _taken(following, "feasibility_allocated", "more", "K1", first)
    reporter = _reports(
        following, indicator, organ=following.example.partnership.organs.get(name="Kansliet"), since=first
    )
    for period, (top, below) in zip(_on(first), ALLOCATED, strict=False):
        _sent(following, reporter, period, Said(numerator=Decimal(top), denominator=Decimal(below), comment=MADE_UP))
    _bearing(following, indicator, first, None, Decimal("0.60"), parts=ALLOCATED[0])


def _started(following: Following) -> None:
    first = _first(following, "quarter", len(STARTED[0]))
    definition = Definition(
        starts_on=first.start,
        definition="Antal prövningar som startade i nätverket under kvartalet, efter startdagen i förteckningen.",
        unit="prövningar",
        direction="up",
        aggregation="sum",
        frequency="quarter",
        low=Decimal(0),
        owner_role="nätverkens samordnare",
        owner_party=following.example.parties["care"],
        source_system="Partnerskapets förteckning över prövningar",
        method="Räknas ur prövningarnas lägen.",
        decision_use="Stannar starterna av i ett nätverk tar styrelsen upp dess resurser.",
    )
    facts = IndicatorFacts(
        name="Startade prövningar",
        level=following.example.partnership.levels.get(code="network"),
        code="startade-provningar",
        goal=following.goals["recruit"],
        node_code="P2",
        source=MADE_UP,
    )
    indicator = write_indicator(
        partnership=following.example.partnership, facts=facts, definition=definition, **_by(following)
    )
    for order, (network, values) in enumerate(zip(following.networks, STARTED, strict=True)):
        reporter = _reports(following, indicator, organ=network, since=first, order=order)
        for period, value in zip(_on(first), values, strict=False):
            _sent(following, reporter, period, Said(value=Decimal(value), comment=MADE_UP))
    _bearing(following, indicator, first, Decimal(12), Decimal(24))


def _recruited(following: Following) -> None:
    first = _first(following, "quarter", len(RECRUITED))
    indicator = _taken(following, "patients_against_plan", "recruit", "M1", first)
    reporter = _reports(following, indicator, party="care", since=first)
    for period, (top, below) in zip(_on(first), RECRUITED, strict=False):
        said = Said(numerator=Decimal(top), denominator=Decimal(below), comment=MADE_UP)
        _sent(following, reporter, period, said)
    _bearing(following, indicator, first, None, Decimal("0.95"), parts=RECRUITED[0])


def _trust(following: Following) -> None:
    first = _first(following, "half_year", len(TRUST))
    indicator = _taken(following, "trust_between_parties", "trust", "", first, frequency="half_year")
    reporter = _reports(following, indicator, party="university", since=first)
    texts = (
        "Parterna delade sina planer i god tid.",
        "Som förra halvåret, men uppgifterna kom senare.",
        "Två parter fick veta om ändringen först efteråt.",
    )
    seats = Appointment.objects.filter(seat__organ__name="Styrelsen", seat__organ__partnership=indicator.partnership)
    raters = [each.person for each in seats.select_related("person").order_by("seat__number")[:5]]
    for period, levels, text in zip(_on(first), TRUST, texts, strict=False):
        shown = Shown(title="Minnesanteckning (påhittad)", link="https://example.se/anteckning")
        for rater, level in zip(raters, levels, strict=True):
            said = Said(level=level, narrative=f"{text} ({MADE_UP})")
            _sent(following, reporter, period, said, shown, rater)
    version = indicator.versions.get()
    missing = BaselineFacts(na_reason="Ingen frågade före den första mätningen.")
    set_baseline(version=version, facts=missing, judge=False, **_by(following))
    aim = TargetFacts(day=following.target_day, level=3, rationale="Under 3 blir uppgifter inte delade i tid.")
    set_target(version=version, facts=aim, judge=False, **_by(following))


def _answers(following: Following) -> None:
    first = _first(following, "month", len(ANSWERS))
    office = following.example.partnership.organs.get(name="Kansliet")
    definition = Definition(
        starts_on=first.start,
        definition="Dagar från att en förfrågan kom till att kansliet svarade, i medeltal under månaden.",
        unit="dagar",
        direction="down",
        aggregation="mean",
        frequency="month",
        low=Decimal(0),
        owner_role="kanslichefen",
        owner_party=following.example.parties["care"],
        source_system="Kansliets brevlåda",
        method="Räknas av kansliet varje månad.",
        decision_use="Tar det längre tid ändrar kansliet sin beredskap.",
    )
    facts = IndicatorFacts(
        name="Dagar till svar på förfrågan",
        level=following.example.partnership.levels.get(code="national"),
        code="dagar-till-svar",
        goal=following.goals["answer"],
        node_code="P1",
        source=MADE_UP,
    )
    indicator = write_indicator(
        partnership=following.example.partnership, facts=facts, definition=definition, **_by(following)
    )
    reporter = _reports(following, indicator, organ=office, since=first)
    for period, value in zip(_on(first), ANSWERS, strict=False):
        _sent(following, reporter, period, Said(value=Decimal(value), n=12, comment=MADE_UP))
    _bearing(following, indicator, first, Decimal(4), Decimal(3))


def _applications(following: Following) -> None:
    """Take one that shows Swedish competitiveness, with its public figures and no report of its own yet."""
    start = Period("year", following.example.now.year)
    _taken(following, "commercial_trial_applications", "", "X1", start, not_started=True)


def _taken(
    following: Following,
    code: str,
    goal: str,
    node: str,
    first: Period,
    *,
    not_started: bool = False,
    frequency: str = "",
) -> Indicator:
    entry = next(each for each in library().entries if each.code == code)
    kept: dict[str, Any] = {"frequency": frequency} if frequency else {}
    if goal:
        kept |= {"owner_role": "kanslichefen", "owner_party": following.example.parties["care"]}
    definition = replace(definition_of(entry, first.start), **kept)
    facts = IndicatorFacts(
        name=entry.name.sv,
        level=following.example.partnership.levels.get(code=entry.level),
        goal=_goal(following, goal),
        node_code=node,
        not_started=not_started,
        source=MADE_UP,
    )
    taking = Taking(entry=entry, facts=facts, definition=definition)
    return take_from_library(partnership=following.example.partnership, taking=taking, **_by(following))


def _goal(following: Following, key: str) -> Goal | None:
    return following.goals[key] if key else None


def _by(following: Following) -> dict[str, Any]:
    example = following.example
    return {"by": example.world.contact, "at": example.began, "acting_for": example.world.care}


def _first(following: Following, frequency: str, many: int) -> Period:
    """Return the period from which so many have ended, when the demonstration is filled."""
    return period_of(day_of(following.example.now), frequency).ahead(-many)


def _on(first: Period) -> Iterator[Period]:
    period = first
    while True:
        yield period
        period = period.ahead(1)


def _reports(
    following: Following,
    indicator: Indicator,
    *,
    since: Period,
    party: str = "",
    organ: Organ | None = None,
    order: int = 0,
) -> Reporter:
    organisation = following.example.parties[party] if party else None
    facts = ReporterFacts(since=since.start, organisation=organisation, organ=organ, order=order)
    return add_reporter(indicator=indicator, facts=facts, **_by(following))


def _sent(
    following: Following,
    reporter: Reporter,
    period: Period,
    said: Said,
    shown: Shown | None = None,
    rater: Person | None = None,
) -> None:
    """Let it be sent in nine days after the period, and approved three days later by the other in the office."""
    example = following.example
    sent = moment(example, period.end + timedelta(days=9))
    by: Person = example.world.contact
    row = submit(slot=Slot(reporter, period, rater), said=said, by=by, at=sent, shown=shown, judge=False)
    approved = moment(example, period.end + timedelta(days=12))
    approve(observation=row, by=following.second, at=approved, judge=False)


def _bearing(
    following: Following,
    indicator: Indicator,
    first: Period,
    baseline: Decimal | None,
    target: Decimal,
    parts: tuple[int, int] | None = None,
) -> None:
    version: IndicatorVersion = indicator.versions.get()
    top, below = (Decimal(parts[0]), Decimal(parts[1])) if parts is not None else (None, None)
    start = BaselineFacts(day=first.end, value=baseline, numerator=top, denominator=below, source=MADE_UP)
    set_baseline(version=version, facts=start, judge=False, **_by(following))
    aim = TargetFacts(
        day=following.target_day,
        value=target,
        rationale="Sattes av styrelsen (påhittat).",
        decision="§ 4",
        source=MADE_UP,
    )
    set_target(version=version, facts=aim, judge=False, **_by(following))
