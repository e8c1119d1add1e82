"""The follow-up of the example partnership: a plan with goals, most of them measurable, and what has come of it.

Every figure here is made up and says so, but those that the library takes from a public source. The picture is meant to
show what the report asks about: a goal that nobody can measure, one that is behind, one that has become better, one
that too little is known of.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tillit.apps.accounts.models import Person
from tillit.apps.followup.actions.deviations import evaluate
from tillit.apps.followup.actions.goals import GoalFacts, say_of_goal, write_goal
from tillit.apps.followup.actions.handling import explain
from tillit.apps.followup.actions.locking import start_following
from tillit.apps.followup.actions.plans import PlanFacts, adopt_plan, begin_plan
from tillit.apps.followup.actions.thresholds import Decided, decide_thresholds
from tillit.apps.followup.models import Deviation, Goal, StrategicPlan
from tillit.apps.parties.conditions import day_of
from tillit.apps.partnerships.actions.frame import name_steward
from tillit.apps.partnerships.actions.organs import OrganFacts, set_up_organ
from tillit.apps.partnerships.models import Organ
from tillit.demo.partnership import MADE_UP, Example
from tillit.demo.people import employed

NETWORKS = ("Nätverk Hjärta", "Nätverk Cancer", "Nätverk Barn")
YEARS = 4
"""How long the plan is."""


@dataclass(frozen=True, slots=True)
class SaidGoal:
    """A goal of the example; `{year}` is when it should be met."""

    key: str
    text: str
    kind: str
    level: str
    tier: str
    role: str = ""
    organ: str = ""
    party: str = ""
    problem: str = ""


GOALS = (
    SaidGoal(
        "faster",
        "Högst 100 dagar från ansökan till första patient i slutet av {year}.",
        "effect",
        "national",
        "deciding",
        "kanslichefen",
        "Kansliet",
        problem="Företag väljer länder där prövningen kommer i gång tidigare.",
    ),
    SaidGoal(
        "more",
        "Sextio procent av förfrågningarna blir en prövning i Sverige i slutet av {year}.",
        "effect",
        "national",
        "deciding",
        "kanslichefen",
        "Kansliet",
    ),
    SaidGoal(
        "capacity", "Nationell samordning och ökad kapacitet", "effect", "national", "deciding", organ="Styrelsen"
    ),
    SaidGoal(
        "recruit",
        "Varje nätverk rekryterar minst nittiofem procent av de patienter som planen säger.",
        "result",
        "network",
        "operative",
        "nätverkens samordnare",
        party="care",
    ),
    SaidGoal(
        "trust",
        "Parterna litar på varandra: nivå 3 av 4 eller högre.",
        "result",
        "national",
        "operative",
        "styrelsens ordförande",
        party="university",
    ),
    SaidGoal(
        "answer",
        "Kansliet svarar på en förfrågan inom fem dagar.",
        "organ",
        "national",
        "operative",
        "kanslichefen",
        "Kansliet",
        "care",
    ),
)


@dataclass(frozen=True, slots=True)
class Following:
    """What follow-up is built on. `second`: another in the office, so that nobody approves what they sent in."""

    example: Example
    second: Person
    plan: StrategicPlan
    goals: dict[str, Goal]
    networks: tuple[Organ, ...]

    @property
    def target_day(self) -> date:
        """Return the last day of the year in which the goals should be met."""
        return date(day_of(self.example.now).year + 2, 12, 31)


def begin_following(example: Example) -> Following:
    """Return the plan with its goals, adopted, and the networks that answer for some of them."""
    second = employed("Maj Sandvik", example.world.care, (), example.began)
    name_steward(
        partnership=example.partnership, person=second, role="office", by=example.world.contact, at=example.began
    )
    networks = tuple(_network(example, name) for name in NETWORKS)
    made = example.partnership
    facts = PlanFacts(
        title="Strategisk plan",
        level=made.levels.get(code="national"),
        starts_on=example.start,
        ends_on=date(example.start.year + YEARS, 1, 1),
        source=MADE_UP,
    )
    by, at = example.world.contact, example.began
    plan = begin_plan(partnership=made, facts=facts, by=by, at=at, acting_for=example.world.care)
    goals = _goals(example, plan)
    board = made.organs.get(name="Styrelsen")
    adopt_plan(plan=plan, organ=board, on=example.start, text="§ 4 (påhittat beslut)", by=by, at=at, judge=False)
    plan.refresh_from_db()
    start_following(partnership=made, by=by, at=at, acting_for=example.world.care, judge=False)
    made.refresh_from_db()
    return Following(example, second, plan, goals, networks)


def judge(following: Following) -> None:
    """Let the rules look at it, the board decide on a threshold, and somebody explain the first deviation."""
    example = following.example
    board, today = example.partnership.organs.get(name="Styrelsen"), day_of(example.now)
    decided = Decided(
        organ=board,
        decided_on=today - timedelta(days=30),
        decision="§ 9: hellre en för tidig än en för sen signal (påhittat beslut).",
        starts_on=today - timedelta(days=30),
        values={"yellow": "-0.12"},
    )
    then = example.now - timedelta(days=30)
    by = example.world.contact
    decide_thresholds(partnership=example.partnership, rule="D1", decided=decided, by=by, at=then, judge=False)
    evaluate(partnership=example.partnership, today=today, at=example.now)
    behind = Deviation.objects.filter(partnership=example.partnership, rule="D1")
    first = behind.filter(indicator__goal=following.goals["recruit"]).first()
    if first is not None:
        cause = "Två enheter har bytt system, och rekryteringen låg nere under tiden (påhittat)."
        explain(deviation=first, cause=cause, by=by, at=example.now)


def _network(example: Example, name: str) -> Organ:
    levels = example.partnership.levels
    facts = OrganFacts(
        name=name,
        tier="operative",
        level=levels.get(code="network"),
        starts_on=example.start,
        parent=example.partnership.organs.get(name="Kansliet"),
        source=MADE_UP,
    )
    return set_up_organ(partnership=example.partnership, facts=facts, by=example.world.contact, at=example.began)


def _goals(example: Example, plan: StrategicPlan) -> dict[str, Goal]:
    made, by, at = example.partnership, example.world.contact, example.began
    levels = {each.code: each for each in made.levels.all()}
    organs = {each.name: each for each in made.organs.all()}
    year = day_of(example.now).year + 2
    goals = {}
    for said in GOALS:
        facts = GoalFacts(
            text=said.text.format(year=year),
            kind=said.kind,
            starts_on=example.start,
            level=levels[said.level],
            tier=said.tier,
            problem=said.problem,
            owner_role=said.role,
            owner_organ=organs[said.organ] if said.organ else None,
            owner_party=example.parties[said.party] if said.party else None,
            source=MADE_UP,
        )
        goals[said.key] = write_goal(plan=plan, facts=facts, by=by, at=at)
    return goals


def consent(following: Following) -> None:
    """Let parties say what they think of the goals."""
    example, at = following.example, following.example.now - timedelta(days=400)
    for key, party, stance in (
        ("faster", "company", "supports"),
        ("faster", "care", "supports"),
        ("faster", "industry", "supports"),
        ("more", "company", "supports"),
        ("more", "care", "abstains"),
        ("recruit", "care", "supports"),
        ("capacity", "industry", "opposes"),
    ):
        say_of_goal(
            goal=following.goals[key],
            organisation=example.parties[party],
            stance=stance,
            note="Går inte att följa upp som det står." if stance == "opposes" else "",
            by=example.world.contact,
            at=at,
        )


def moment(example: Example, day: date) -> datetime:
    """Return a time on a day, never after the demonstration is filled."""
    return min(datetime.combine(day, example.now.timetz()), example.now)
