"""The worked effect logic of D7, and one without gaps, built through acts."""

from datetime import date

from tests.following import PLAN_END
from tests.partnering import NOW, START
from tillit.apps.followup.actions.logic import LogicFacts, begin_logic
from tillit.apps.followup.actions.logic_adopting import adopt_logic
from tillit.apps.followup.actions.logic_edges import EdgeFacts, add_edge
from tillit.apps.followup.actions.logic_steps import NodeFacts, add_node
from tillit.apps.followup.models import Goal, StrategicPlan
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import Organ

KINDS = {
    "R1": "resource",
    "A1": "activity",
    "A2": "activity",
    "A3": "activity",
    "P1": "output",
    "P2": "output",
    "K1": "short_effect",
    "M1": "medium_effect",
    "X1": "long_effect",
    "L1": "benefit",
    "L2": "benefit",
}
EDGES = "R1>A1 A1>P1 P1>K1 K1>M1 M1>L1 A2>P2 P2>L1"


def asked(ground):
    """Return who does an act, and when."""
    return {"by": ground.founder, "at": NOW}


def begun(ground, organ=None, **facts):
    return begin_logic(
        partnership=ground.partnership,
        organ=organ,
        facts=LogicFacts(**{"title": "Från förfrågan till patientnytta", "plan": ground.plan, **facts}),
        **asked(ground),
    )


def step(ground, logic, kind, code="", text=None, **facts):
    said = NodeFacts(kind=kind, text=f"Steget {code or kind}" if text is None else text, code=code, **facts)
    return add_node(logic=logic, facts=said, **asked(ground))


def link(ground, src, dst, **facts):
    return add_edge(src=src, dst=dst, facts=EdgeFacts(**facts), **asked(ground))


def worked(ground, organ=None):
    """Return the worked logic as a draft, and its steps by their codes."""
    logic = begun(ground, organ)
    nodes = {code: step(ground, logic, kind, code) for code, kind in KINDS.items()}
    for pair in EDGES.split():
        link(ground, *(nodes[code] for code in pair.split(">")))
    return logic, nodes


def whole(ground, goal=None, organ=None, letters=("A1", "P1", "K1", "L1")):
    """Return a draft without gaps that stop it: activity, output, effect and benefit, 6 + 12 + 24 months apart."""
    logic = begun(ground, organ)
    facts = {"owner_role": "kanslichef"}
    made = [
        step(ground, logic, "activity", letters[0], area="hjärta", starts_on=date(2026, 7, 1), **facts),
        step(ground, logic, "output", letters[1], **facts),
        step(ground, logic, "short_effect", letters[2], goal=goal, **facts),
        step(ground, logic, "benefit", letters[3], goal=goal, **facts),
    ]
    for src, dst, lag in zip(made, made[1:], (6, 12, 24), strict=False):
        link(ground, src, dst, mechanism="Det ena ger det andra.", lag_months=lag, evidence="supported")
    return logic, {each.code: each for each in made}


def adopt(ground, logic, **said):
    usual = {"decision": "Styrelsen 2026-07-30, § 5", "adopted_on": date(2026, 7, 30)}
    return adopt_logic(logic=logic, **{**usual, **said}, **asked(ground))


def elsewhere(ground):
    """Return a plan, an organ, a goal and a level of another partnership."""
    frame = Frame(name="Ett annat", legal_form="by_agreement", starts_on=START)
    other = found_partnership(frame=frame, by=ground.founder, at=NOW)
    level = other.levels.get(code="national")
    plan = StrategicPlan.objects.create(
        partnership=other, level=level, title="Deras", starts_on=START, ends_on=PLAN_END, created_at=NOW
    )
    organ = Organ.objects.create(partnership=other, name="Deras", tier="deciding", level=level, starts_on=START)
    goal = Goal.objects.create(plan=plan, level=level, kind="effect", text="Deras", starts_on=START, created_at=NOW)
    return plan, organ, goal, level
