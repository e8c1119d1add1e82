"""The effect logic of the example: adopted for the whole country, and a branch in draft that still lacks something."""

from datetime import timedelta

from tillit.apps.followup.actions.logic import LogicFacts, begin_logic
from tillit.apps.followup.actions.logic_adopting import adopt_logic
from tillit.apps.followup.actions.logic_assumptions import add_assumption, say_assumption
from tillit.apps.followup.actions.logic_edges import EdgeFacts, add_edge
from tillit.apps.followup.actions.logic_steps import NodeFacts, add_node
from tillit.apps.followup.models import EffectLogic, EffectNode
from tillit.apps.parties.conditions import day_of
from tillit.demo.followup import Following
from tillit.demo.partnership import MADE_UP

STEPS = (
    ("R1", "resource", "Kansli och gemensam finansiering", "", ""),
    ("A1", "activity", "En väg in för företagens förfrågningar", "", "alla områden"),
    ("A2", "activity", "Terapinätverk med samordnare", "", "hjärta, cancer, barn"),
    ("A3", "activity", "Yrkesträffar om prövningar", "", ""),
    ("P1", "output", "Varje förfrågan får svar inom fem dagar", "answer", ""),
    ("P2", "output", "Enheter som är klara att starta", "", ""),
    ("K1", "short_effect", "Fler förfrågningar blir prövningar här", "more", ""),
    ("M1", "medium_effect", "Prövningar startar och rekryterar i tid", "faster", ""),
    ("X1", "long_effect", "Sverige väljs oftare för prövningar", "capacity", ""),
    ("L1", "benefit", "Patienter får tidig tillgång till ny behandling", "", ""),
)
EDGES = (
    ("R1", "A1", "Kansliet har folk som tar emot", 0, "supported", "necessary"),
    ("R1", "A2", "Samordnarna betalas gemensamt", 0, "supported", "necessary"),
    ("A1", "P1", "En mottagare i stället för tjugoen", 3, "supported", "necessary"),
    ("A2", "P2", "Samordnaren förbereder enheterna innan ansökan", 6, "mixed", "necessary"),
    ("A3", "P2", "Fler medarbetare kan arbeta med prövningar", 12, "untested", "contributing"),
    ("P1", "K1", "Ett snabbt svar håller Sverige kvar i urvalet", 6, "mixed", "necessary"),
    ("P2", "M1", "Avtal och personal finns när ansökan godkänns", 12, "untested", "necessary"),
    ("K1", "M1", "Fler prövningar ger vana och rutiner", 12, "weak", "contributing"),
    ("M1", "X1", "Företag väljer länder som håller sin plan", 18, "mixed", "necessary"),
    ("X1", "L1", "Prövningen är vägen till behandlingen före godkännandet", 12, "supported", "necessary"),
)


def draw_logic(following: Following) -> EffectLogic:
    """Return the national logic, adopted, with a branch of one network begun."""
    example = following.example
    by, at = example.world.contact, example.began
    facts = LogicFacts(title="Från samordning till patientnytta", plan=following.plan, source=MADE_UP)
    logic = begin_logic(partnership=example.partnership, facts=facts, by=by, at=at)
    nodes = {code: _step(following, logic, code, kind, text, goal, area) for code, kind, text, goal, area in STEPS}
    for src, dst, mechanism, lag, evidence, contribution in EDGES:
        source = MADE_UP if evidence != "untested" else ""
        said = EdgeFacts(mechanism=mechanism, lag_months=lag, evidence=evidence, evidence_source=source,
                         since=example.start, contribution=contribution)  # fmt: skip
        edge = add_edge(src=nodes[src], dst=nodes[dst], facts=said, by=by, at=at)
        if (src, dst) == ("P2", "M1"):
            hope = add_assumption(
                edge=edge, kind="assumption", text="Klinikerna får ha kvar sin forskningstid.", by=by, at=at
            )
            add_assumption(
                edge=edge, kind="external_factor", text="Handläggningstiden hos myndigheterna.", by=by, at=at
            )
    feedback = EdgeFacts(mechanism="Goda resultat gör parterna villiga att betala", is_feedback=True)
    add_edge(src=nodes["M1"], dst=nodes["A1"], facts=feedback, by=by, at=at)
    adopt_logic(
        logic=logic,
        decision=f"Styrelsen {example.start.isoformat()}, § 5 (påhittat beslut)",
        adopted_on=example.start,
        by=by,
        at=at,
        judge=False,
    )
    said_on = day_of(example.now) - timedelta(days=90)
    say_assumption(
        assumption=hope, verdict="uncertain", said_on=said_on, note="Två kliniker har dragit ned tiden (påhittat).",
        by=by, at=example.now,
    )  # fmt: skip
    _branch(following)
    return logic


def _step(
    following: Following, logic: EffectLogic, code: str, kind: str, text: str, goal: str, area: str
) -> EffectNode:
    example = following.example
    facts = NodeFacts(
        kind=kind,
        text=text,
        code=code,
        goal=following.goals.get(goal),
        owner_organ=example.partnership.organs.get(name="Kansliet"),
        area=area,
        starts_on=example.start if kind == "activity" else None,
    )
    return add_node(logic=logic, facts=facts, by=example.world.contact, at=example.began)


def _branch(following: Following) -> None:
    example, network = following.example, following.networks[0]
    by, at = example.world.contact, example.now
    facts = LogicFacts(title="Hjärta: från samordnare till startade prövningar", plan=following.plan, source=MADE_UP)
    logic = begin_logic(partnership=example.partnership, facts=facts, organ=network, by=by, at=at)
    start = day_of(example.now) - timedelta(days=200)
    activity = NodeFacts(
        kind="activity", text="Samordnare på sex kliniker", code="HA1", owner_organ=network, area="hjärta",
        serves="A2", starts_on=start,
    )  # fmt: skip
    output = NodeFacts(kind="output", text="Kliniker med färdiga avtal", code="HP1", owner_organ=network, serves="P2")
    effect = NodeFacts(kind="short_effect", text="Fler startade prövningar om hjärtsvikt", code="HK1", serves="M1")
    first = add_node(logic=logic, facts=activity, by=by, at=at)
    second = add_node(logic=logic, facts=output, by=by, at=at)
    add_node(logic=logic, facts=effect, by=by, at=at)
    add_edge(src=first, dst=second, facts=EdgeFacts(lag_months=6), by=by, at=at)
