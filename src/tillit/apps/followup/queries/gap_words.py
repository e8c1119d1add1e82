"""What an effect logic lacks, in words: one sentence of each gap, and what to do about it (D7)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tillit.apps.followup.gap_facts import Surroundings
from tillit.apps.followup.models import EffectLogic
from tillit.apps.followup.queries.goals import sees_goal
from tillit.apps.partnerships.access import Sight
from tillit.core.indicators.effect_logic import Edge, Logic, earliest
from tillit.core.indicators.gaps import Around, Gap

BLOCKS, WARNS = "breach", "judge"
"""The shapes of what keeps a draft from adoption and of what is to be looked at."""
LONGEST = 90


@dataclass(frozen=True, slots=True)
class GapTold:
    """A gap in words. `nodes`: codes of the steps it concerns, `edge`: the two ends of an edge it concerns."""

    code: str
    is_blocking: bool
    mark: str
    word: str
    says: str
    do: str
    nodes: tuple[str, ...] = ()
    edge: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What steps, goals and indicators are called to the one who reads; one they may not know of is not named."""

    steps: Mapping[str, str]
    goals: Mapping[str, str]
    indicators: Mapping[str, str] = field(default_factory=dict)
    on: frozenset[str] = frozenset()
    """Codes of steps that an indicator is attached to."""

    def step(self, code: str) -> str:
        return self.steps.get(code, code)

    def goal(self, key: str) -> str:
        return self.goals.get(key) or _("ett mål som inte är öppet för dig")

    def indicator(self, key: str) -> str:
        return self.indicators.get(key) or _("En indikator som inte är öppen för dig")


EVERYTHING = Sight(office=True)


def names_of(logic: EffectLogic, found: Surroundings, sight: Sight = EVERYTHING) -> Names:
    """Return what things around a version are called to the one who asks."""
    attached = found.attached(logic)
    return Names(
        {each.code: f"{each.code} {short(each.text)}" for each in found.steps(logic)},
        {str(each.pk): "”" + short(each.text) + "”" for each in found.goals if sees_goal(sight, each)},
        {str(each.id): each.name for each in attached if sight.sees(each.openness, each.organ)},
        frozenset(each.node for each in attached),
    )


def lacks(mark: str, codes: Iterable[str]) -> str:
    """Return the gaps of a step or an edge beside the shape of the worst, "" where there are none."""
    if not mark:
        return ""
    word = _("hindrar") if mark == BLOCKS else _("se över")
    return f"{word}: {', '.join(codes)}"


def short(text: str) -> str:
    """Return a text that fits in a sentence."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def gaps_told(
    found: Iterable[Gap], logic: Logic, names: Names, around: Around, *, adopted: bool
) -> tuple[GapTold, ...]:
    """Return gaps in words, in their order."""
    return tuple(_told(gap, _Asked(gap, logic, names, around), adopted) for gap in found)


@dataclass(frozen=True, slots=True)
class _Asked:
    gap: Gap
    logic: Logic
    names: Names
    around: Around

    @property
    def one(self) -> str:
        return self.names.step(self.gap.about[0])

    @property
    def ends(self) -> dict[str, str]:
        return {"src": self.one, "dst": self.names.step(self.gap.about[1])}

    @property
    def edge(self) -> Edge:
        ends = self.gap.about
        return next(each for each in self.logic.forward if (each.src, each.dst) == ends)

    @property
    def is_of_node(self) -> bool:
        return self.gap.about[0] in self.names.steps


def _told(gap: Gap, asked: _Asked, adopted: bool) -> GapTold:
    says, do = SENTENCES[gap.code](asked)
    if gap.is_blocking:
        word = _("hade hindrat fastställande") if adopted else _("hindrar fastställande")
    else:
        word = _("att se över")
    of_edge = gap.code in ("G4", "G5", "G7", "G8")
    ends = (gap.about[0], gap.about[1]) if of_edge else None
    nodes = gap.about if asked.is_of_node and not of_edge else ()
    return GapTold(gap.code, gap.is_blocking, BLOCKS if gap.is_blocking else WARNS, word, says, do, nodes, ends)


def _isolated(asked: _Asked) -> tuple[str, str]:
    says = _("%(step)s står för sig: inget leder dit och inget därifrån.") % {"step": asked.one}
    return says, _("Koppla det till ett annat steg eller ta bort det.")


def _unreached(asked: _Asked) -> tuple[str, str]:
    says = _("Ingen aktivitet leder till %(step)s.") % {"step": asked.one}
    return says, _("Bygg kedjan dit från en aktivitet, eller ta bort steget.")


def _leads_nowhere(asked: _Asked) -> tuple[str, str]:
    says = _("%(step)s leder inte till någon effekt eller nytta.") % {"step": asked.one}
    return says, _("Skriv vad den ska leda till.")


def _leap(asked: _Asked) -> tuple[str, str]:
    says = _("Mellan %(src)s och %(dst)s saknas ett led.") % asked.ends
    return says, _("Lägg till steget emellan.")


def _backward(asked: _Asked) -> tuple[str, str]:
    says = _("Kopplingen från %(src)s till %(dst)s går bakåt.") % asked.ends
    return says, _("Vänd den, eller märk den som återkoppling.")


def _cycle(asked: _Asked) -> tuple[str, str]:
    about = asked.gap.about
    walk = " → ".join((about[-1], *about))
    return _("Kedjan går runt: %(walk)s.") % {"walk": walk}, _("Ta bort en av kopplingarna, eller märk återkopplingen.")


def _unexplained(asked: _Asked) -> tuple[str, str]:
    says = _("Det står inte hur %(src)s leder till %(dst)s.") % asked.ends
    return says, _("Skriv varför det ena ger det andra.")


def _untested(asked: _Asked) -> tuple[str, str]:
    since = asked.edge.evidence_since
    if since is None:
        says = _("%(src)s sägs vara nödvändigt för %(dst)s men är oprövat, ingen vet sedan när.") % asked.ends
    else:
        says = _("%(src)s sägs vara nödvändigt för %(dst)s men är oprövat sedan %(day)s, mer än tolv månader.") % {
            **asked.ends,
            "day": since.isoformat(),
        }
    return says, _("Pröva det och skriv vilket stöd som finns.")


def _unread(asked: _Asked) -> tuple[str, str]:
    if asked.gap.about[0] in asked.names.on:
        says = _("Indikatorn för %(step)s har inget godkänt värde i de fyra senaste perioderna.") % {"step": asked.one}
        return says, _("Rapportera och godkänn ett värde.")
    says = _("%(step)s har ingen indikator.") % {"step": asked.one}
    return says, _("Knyt en indikator till steget.")


def _without_goal(asked: _Asked) -> tuple[str, str]:
    if asked.is_of_node:
        return _("%(step)s svarar inte mot något mål.") % {"step": asked.one}, _("Välj vilket mål i planen det bär.")
    says = _("Inget steg svarar mot %(goal)s.") % {"goal": asked.names.goal(asked.gap.about[0])}
    return says, _("Lägg till ett steg för målet, eller knyt ett som finns.")


def _no_effort(asked: _Asked) -> tuple[str, str]:
    says = _("Ingen insats i ett forskningsområde leder till %(goal)s, som är strategiskt.") % {
        "goal": asked.names.goal(asked.gap.about[0])
    }
    return says, _("Ange forskningsområdet för en aktivitet och bygg kedjan därifrån till ett steg med målet.")


def _unowned(asked: _Asked) -> tuple[str, str]:
    return _("Ingen svarar för %(step)s.") % {"step": asked.one}, _("Ange en part, ett organ eller en roll.")


def _too_late(asked: _Asked) -> tuple[str, str]:
    first, end = earliest(asked.logic, asked.gap.about[0]), asked.around.plan_end
    says = _("%(step)s kan synas tidigast %(day)s, men planen gäller t.o.m. %(end)s.") % {
        "step": asked.one,
        "day": first.isoformat() if first else "",
        "end": end.isoformat() if end else "",
    }
    return says, _("Pröva om tiderna stämmer, eller följ ett tidigare steg inom planen.")


def _steers_nothing(asked: _Asked) -> tuple[str, str]:
    says = _("%(name)s hör inte till något steg: det mäts men styr inte.") % {
        "name": asked.names.indicator(asked.gap.about[0])
    }
    return says, _("Knyt indikatorn till det steg den visar, eller sluta mäta.")


SENTENCES: Mapping[str, Callable[[_Asked], tuple[str, str]]] = {
    "G1": _isolated,
    "G2": _unreached,
    "G3": _leads_nowhere,
    "G4": _leap,
    "G5": _backward,
    "G6": _cycle,
    "G7": _unexplained,
    "G8": _untested,
    "G9": _unread,
    "G10": _without_goal,
    "G11": _no_effort,
    "G12": _unowned,
    "G13": _too_late,
    "G14": _steers_nothing,
}
