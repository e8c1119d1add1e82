"""An indicator as D6 examines it: its latest version, with the bearings and the described levels of that version."""

from decimal import Decimal

from tillit.apps.followup.bearings import Aim, Bearings
from tillit.apps.followup.models import IndicatorVersion
from tillit.core.indicators.effect_logic import ACTIVITY, EFFECT_RANK, Logic, backwards, reached
from tillit.core.indicators.judged import NEUTRAL, RANGE
from tillit.core.indicators.measurability import QUALITATIVE, Indicator


def core_indicator(
    version: IndicatorVersion, bearings: Bearings | None = None, *, levels: int = 0, on_path: bool | None = None
) -> Indicator:
    """Return a version as the core examines it; `levels`: how many of its levels are described.

    Levels of a qualitative one are its values. A target of another sort than the indicator asks for is left out, as
    a value where a range is meant: nobody has said what the range is. No query where `owner_party` is read.
    """
    known = bearings or Bearings()
    start, aim = known.baseline, _last(version, known)
    return Indicator(
        id=str(version.indicator_id),
        kind=version.kind,
        direction=version.direction or None,
        unit=version.unit,
        levels=levels,
        baseline=_value(version, start.value, start.level) if start is not None else None,
        baseline_day=start.day if start is not None else None,
        na_reason=start.na_reason if start is not None else "",
        target=_value(version, aim.value, aim.level) if aim is not None else None,
        target_day=aim.day if aim is not None else None,
        low=aim.low if aim is not None else None,
        high=aim.high if aim is not None else None,
        least=version.low,
        most=version.high,
        frequency=version.frequency or None,
        owner=version.owner_role,
        owner_party=str(version.owner_party or ""),
        source=version.source_system,
        method=version.method,
        decision_use=version.decision_use,
        on_path=on_path,
        counts_meetings=version.counts_meetings,
    )


def steps_on_a_path(logic: Logic | None) -> frozenset[str]:
    """Return the codes of the steps that stand on a path of a logic (M10): joined to others, and leading to an effect.

    An effect or a benefit does so where some activity leads to it. Nothing is on a path of no logic.
    """
    if logic is None:
        return frozenset()
    effects = {each.id for each in logic.nodes if each.rank >= EFFECT_RANK}
    fed = reached(logic.forward, [each.id for each in logic.nodes if each.kind == ACTIVITY])
    joined = {end for edge in logic.forward for end in (edge.src, edge.dst)}
    return (reached(backwards(logic.forward), effects & fed) - (effects - fed)) & joined


def _last(version: IndicatorVersion, known: Bearings) -> Aim | None:
    if version.direction == NEUTRAL:
        return None
    fits = [
        each
        for each in known.targets
        if (each.low is not None) == (version.direction == RANGE)
        and (each.level is not None) == (version.kind == QUALITATIVE)
    ]
    return fits[-1] if fits else None


def _value(version: IndicatorVersion, value: Decimal | None, level: int | None) -> Decimal | None:
    if version.kind == QUALITATIVE:
        return None if level is None else Decimal(level)
    return value
