"""The page of one version of an effect logic: its steps, edges, assumptions, gaps, and which branches serve it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext as _

from tillit.apps.followup.gap_facts import Surroundings, surroundings
from tillit.apps.followup.logic_access import sees_logic
from tillit.apps.followup.logic_facts import logic_of
from tillit.apps.followup.models import Assumption, EffectEdge, EffectLogic, EffectNode
from tillit.apps.followup.models.words import (
    ASSUMPTION_KINDS,
    ASSUMPTION_VERDICTS,
    CONTRIBUTIONS,
    EDGE_EVIDENCE,
    NODE_KINDS,
    PLAN_STATUS,
)
from tillit.apps.followup.queries.gap_words import BLOCKS, WARNS, GapTold, gaps_told, names_of
from tillit.apps.followup.queries.goals import sees_goal
from tillit.apps.followup.queries.logic_outline import Place, outline
from tillit.apps.followup.queries.logic_rows import AssumptionRow, EdgeRow, OutlineRow, StepRow, Tie
from tillit.apps.followup.queries.logic_words import (
    EVIDENCE_MARKS,
    NOT_SAID,
    STATUS_MARKS,
    VERDICT_MARKS,
    coverage_told,
    headline,
    whose,
)
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import Partnership
from tillit.apps.partnerships.queries.agreement_words import level_name
from tillit.core.indicators.effect_logic import Edge, Logic, earliest
from tillit.core.indicators.gaps import coverage, gaps

ENDS = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class LogicPage:
    """One version, with all that its page says. `lost`: ties of branches to steps that are not in it."""

    logic: EffectLogic
    fact: Logic
    whose: str
    status: str
    status_mark: str
    headline: str
    steps: tuple[StepRow, ...]
    edges: tuple[EdgeRow, ...]
    outline: tuple[OutlineRow, ...]
    blocking: tuple[GapTold, ...]
    warnings: tuple[GapTold, ...]
    coverage: tuple[str, ...]
    has_branches: bool
    unserved: tuple[StepRow, ...]
    lost: tuple[Tie, ...]
    nodes: tuple[EffectNode, ...]
    links: tuple[EffectEdge, ...]
    surroundings: Surroundings

    @property
    def alone(self) -> tuple[StepRow, ...]:
        """Return the steps that no edge touches, feedback included."""
        touched = {end for each in self.edges for end in (each.src, each.dst)}
        return tuple(each for each in self.steps if each.code not in touched)

    @property
    def assumed(self) -> tuple[AssumptionRow, ...]:
        """Return every assumption of the version."""
        return tuple(row for edge in self.edges for row in edge.assumptions)


def logic_to_see(partnership: Partnership, sight: Sight, key: UUID) -> EffectLogic | None:
    """Return a version that somebody may know of, None where there is none. One query."""
    rows = EffectLogic.objects.select_related("organ", "plan", "based_on").filter(partnership=partnership, pk=key)
    found = rows.first()
    if found is None or not sees_logic(sight, found):
        return None
    found.partnership = partnership
    return found


def logic_page(logic: EffectLogic, sight: Sight, today: date, *, whole: bool = True) -> LogicPage:
    """Return what the page of a version says to one who may see it. Five queries.

    Not `whole`: for a page where one step is written, in three; indicators, assumptions and gaps are not read then.
    """
    found = surroundings(logic.partnership, today, logic, indicators=whole)
    nodes, edges = found.steps(logic), tuple(logic.edges.all())
    fact = logic_of(logic, nodes, edges)
    around = found.around(logic)
    names = names_of(logic, found, sight)
    lacking = gaps(fact, around) if whole else ()
    told = gaps_told(lacking, fact, names, around, adopted=logic.status != "draft")
    reading = _Reading(logic, fact, found, sight, told)
    steps = tuple(reading.step(each) for each in nodes)
    of_code = {each.code: each for each in steps}
    rows = reading.edges(edges, of_code, _assumptions(logic) if whole else {})
    blocking = tuple(each for each in told if each.is_blocking)
    warnings = tuple(each for each in told if not each.is_blocking)
    return LogicPage(
        logic=logic,
        fact=fact,
        whose=whose(logic),
        status=str(PLAN_STATUS[logic.status]),
        status_mark=STATUS_MARKS[logic.status],
        headline=headline(logic, len(steps), len(blocking), len(warnings)),
        steps=steps,
        edges=tuple(rows.values()),
        outline=tuple(_line(each, of_code, rows) for each in outline(fact)),
        blocking=blocking,
        warnings=warnings,
        coverage=coverage_told(fact, coverage(fact)),
        has_branches=logic.organ_id is None and any(each.logic.organ_id for each in found.nodes),
        unserved=tuple(each for each in steps if not each.branches),
        lost=tuple(reading.lost()),
        nodes=nodes,
        links=edges,
        surroundings=found,
    )


def _line(place: Place, steps: Mapping[str, StepRow], edges: Mapping[ENDS, EdgeRow]) -> OutlineRow:
    edge = edges[_ends(place.edge)] if place.edge is not None else None
    return OutlineRow(steps[place.code], edge, place.again, place.opens, place.ends, range(place.closes))


def _ends(edge: Edge) -> ENDS:
    return edge.src, edge.dst, edge.polarity


@dataclass(frozen=True, slots=True)
class _Reading:
    logic: EffectLogic
    fact: Logic
    found: Surroundings
    sight: Sight
    told: tuple[GapTold, ...]

    def step(self, row: EffectNode) -> StepRow:
        about = [each for each in self.told if row.code in each.nodes]
        serves = next((each.text for each in self._national if each.code == row.serves), "")
        goal = row.goal if row.goal and sees_goal(self.sight, row.goal) else None
        effect = row.kind.endswith("_effect") or row.kind == "benefit"
        return StepRow(
            id=row.pk,
            code=row.code,
            kind=row.kind,
            kind_word=str(NODE_KINDS[row.kind]),
            text=row.text,
            level=level_name(row.level) if row.level else "",
            goal=goal.text if goal else _("ett mål som inte är öppet för dig") if row.goal_id else "",
            goal_key=goal.pk if goal else None,
            owner=self._owner(row),
            area=row.area,
            serves=row.serves,
            serves_text=serves,
            serves_gone=bool(row.serves) and not serves,
            starts_on=row.starts_on,
            last_day=row.ends_on - timedelta(days=1) if row.ends_on else None,
            earliest=earliest(self.fact, row.code) if effect else None,
            indicators=tuple(
                (each.id, each.name)
                for each in self.found.indicators
                if each.node == row.code and self.sight.sees(each.openness, each.organ)
            ),
            branches=tuple(self._serving(row.code)),
            gaps=tuple(dict.fromkeys(each.code for each in about)),
            mark=_worst(about),
        )

    def edges(
        self,
        rows: Iterable[EffectEdge],
        steps: Mapping[str, StepRow],
        assumptions: Mapping[UUID, list[AssumptionRow]],
    ) -> dict[ENDS, EdgeRow]:
        codes = {each.id: each for each in steps.values()}
        made = {}
        for row in rows:
            src, dst = codes[row.src_id], codes[row.dst_id]
            about = [each for each in self.told if each.edge == (src.code, dst.code) and not row.is_feedback]
            made[src.code, dst.code, row.polarity] = EdgeRow(
                id=row.pk,
                src=src.code,
                dst=dst.code,
                src_text=src.text,
                dst_text=dst.text,
                mechanism=row.mechanism,
                lag_months=row.lag_months,
                evidence=str(EDGE_EVIDENCE[row.evidence]),
                evidence_mark=EVIDENCE_MARKS[row.evidence],
                source=row.evidence_source,
                since=row.evidence_since,
                contribution=str(CONTRIBUTIONS[row.contribution]),
                hinders=row.polarity < 0,
                is_feedback=row.is_feedback,
                assumptions=tuple(assumptions.get(row.pk, ())),
                gaps=tuple(dict.fromkeys(each.code for each in about)),
                mark=_worst(about),
            )
        return made

    def lost(self) -> Iterable[Tie]:
        """Yield the ties of branches that somebody may know of, to steps that are not in this version."""
        if self.logic.organ_id is not None:
            return
        here = {each.id for each in self.fact.nodes}
        for row in self.found.nodes:
            of = row.logic
            if of.organ is not None and row.serves and row.serves not in here and sees_logic(self.sight, of):
                yield Tie(of.pk, of.organ.name, f"{row.code} {row.text}", row.serves)

    @property
    def _national(self) -> list[EffectNode]:
        rows = self.found.nodes
        return [each for each in rows if each.logic.organ_id is None and each.logic.status == "adopted"]

    def _owner(self, row: EffectNode) -> str:
        organ = row.owner_organ
        named = [row.owner_party.name if row.owner_party else ""]
        if organ is not None:
            named.append(organ.name if self.sight.sees(organ.openness, organ.pk) else _("ett organ"))
        return ", ".join(each for each in (*named, row.owner_role) if each)

    def _serving(self, code: str) -> Iterable[tuple[UUID, str]]:
        if self.logic.organ_id is not None:
            return
        seen: dict[UUID, tuple[UUID, str]] = {}
        for row in self.found.nodes:
            of = row.logic
            if of.organ is None or row.serves != code or not sees_logic(self.sight, of):
                continue
            name = of.organ.name if of.status == "adopted" else _("%(organ)s (utkast)") % {"organ": of.organ.name}
            if of.status == "adopted" or of.organ.pk not in seen:
                seen[of.organ.pk] = (of.pk, name)
        yield from seen.values()


def _worst(about: Iterable[GapTold]) -> str:
    found = [each.is_blocking for each in about]
    return BLOCKS if any(found) else WARNS if found else ""


def _assumptions(logic: EffectLogic) -> dict[UUID, list[AssumptionRow]]:
    """Return the assumptions of a version by their edges, with what stands said of them. One query."""
    rows: Any = Assumption.objects.filter(edge__logic=logic).order_by("kind", "text", "pk")
    rows = rows.annotate(now=FilteredRelation("checks", condition=Q(checks__superseded_at__isnull=True)))
    columns = ("edge_id", "pk", "kind", "text", "indicator_code", "now__verdict", "now__said_on", "now__note")
    made: dict[UUID, list[AssumptionRow]] = {}
    for edge, key, kind, text, indicator, verdict, said_on, note in rows.values_list(*columns):
        word = str(ASSUMPTION_VERDICTS[verdict] if verdict else NOT_SAID)
        mark = VERDICT_MARKS[verdict] if verdict else "undecided"
        row = AssumptionRow(
            key, str(ASSUMPTION_KINDS[kind]), text, indicator, verdict or "", mark, word, said_on, note or ""
        )
        made.setdefault(edge, []).append(row)
    return made
