"""From a case to slots: what is known of each record, what its judgements say, what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tillit.core.period import months_after, years_after
from tillit.core.rulebook.derive import Children, Outcome, estimated, over_children
from tillit.core.rulebook.facts import Case, Record, Value
from tillit.core.rulebook.model import COLLABORATION, RECORD_KINDS, Derived
from tillit.core.rulebook.places import listed, table
from tillit.core.rulebook.plan import Plan
from tillit.core.rulebook.tree import Symbol, day_number, day_of_number, moment_number
from tillit.core.rulebook.values import F, T, U

CHILDREN = RECORD_KINDS[1:]


@dataclass(slots=True)
class Filled:
    """A case's slots by record, an unlisted record's of each kind, and what derived facts lack."""

    collaboration: list[object]
    children: dict[str, list[list[object]]]
    unlisted: dict[str, list[object]]
    missing: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    estimated: set[str] = field(default_factory=set)


def slot_of(symbol: Symbol, value: Value) -> object:
    """Return a value as its slot holds it."""
    match symbol.type:
        case "bool":
            return T if value else F
        case "enum":
            return symbol.values.index(str(value)) + 1
        case "date":
            return day_number(value) if isinstance(value, date) else value
        case "datetime":
            return moment_number(value) if isinstance(value, datetime) else value
        case _:
            return value


def fill(case: Case, plan: Plan, as_of: date) -> Filled:
    """Return the slots of every record of a case under an edition, derived facts included (findings come later)."""
    shared = _collaboration(case, plan, as_of)
    children = {kind: [_own(case, record, plan) for record in case.listing(kind).records] for kind in CHILDREN}
    filled = Filled(shared, children, {kind: plan.layouts[kind].unknown() for kind in CHILDREN})
    kinds = plan.edition.vocabulary.kinds
    for derived in kinds[COLLABORATION].derived.values():
        if derived.over is not None:
            found = _counted(derived, case, plan, filled)
            _put(filled, plan, COLLABORATION, COLLABORATION, derived, found, shared)
    for kind in CHILDREN:
        rows = [*zip(case.listing(kind).records, children[kind], strict=True), (None, filled.unlisted[kind])]
        for record, slots in rows:
            _share(plan, kind, shared, slots)
            for derived in kinds[kind].derived.values():
                if derived.how in ("years_after", "months_after", "table"):
                    key = record.key if record else f"{kind}:*"
                    _put(filled, plan, kind, key, derived, _follows(derived, record, case, plan, slots), slots)
    return filled


def _collaboration(case: Case, plan: Plan, as_of: date) -> list[object]:
    slots = _own(case, case.collaboration, plan)
    layout = plan.layouts[COLLABORATION]
    for name, day in (("starts_on", case.starts_on), ("ends_on", case.ends_on), ("as_of", as_of)):
        slots[layout.places[name]] = day_number(day)
    for name, parameter in plan.edition.parameters.items():
        value = parameter.on(max(case.ends_on, plan.edition.document.valid_from))
        slots[layout.places[name]] = None if value is None else value.value
    return slots


def _own(case: Case, record: Record, plan: Plan) -> list[object]:
    layout = plan.layouts[record.kind]
    slots = layout.unknown()
    for name, value in record.values.items():
        slots[layout.places[name]] = slot_of(layout.symbols[name], value)
    for name, judgement in case.judged_of(record.key).items():
        slots[layout.places[name]] = T if judgement.value else F
    return slots


def _share(plan: Plan, kind: str, shared: Sequence[object], slots: list[object]) -> None:
    """Put what the collaboration knows into a child's slots."""
    here, there = plan.layouts[kind], plan.layouts[COLLABORATION]
    own = plan.edition.vocabulary.kinds[kind]
    for symbol in plan.shared:
        if symbol.name in own.facts or symbol.name in own.derived:
            continue
        width = 2 if symbol.bounded else 1
        start, source = here.places[symbol.name], there.places[symbol.name]
        slots[start : start + width] = shared[source : source + width]


def _counted(derived: Derived, case: Case, plan: Plan, filled: Filled) -> Outcome:
    kind = str(derived.over)
    children = Children(case.listing(kind), filled.children[kind], filled.unlisted[kind])
    found = over_children(derived, plan.where(derived, "where"), plan.where(derived, "among"), children)
    if derived.how == "majority" and case.phase != "carried_out":
        return estimated(derived, found, case.collaboration)
    return found


def _put(
    filled: Filled, plan: Plan, kind: str, key: str, derived: Derived, found: Outcome, slots: list[object]
) -> None:
    start = plan.layouts[kind].places[derived.name]
    slots[start : start + len(found.slots)] = found.slots
    if found.missing:
        filled.missing[(key, derived.name)] = found.missing
    if found.estimated:
        filled.estimated.add(derived.name)


def _follows(derived: Derived, record: Record | None, case: Case, plan: Plan, slots: Sequence[object]) -> Outcome:
    """Return a fact that follows from a record's own facts: a day some time later, or whether it is listed."""
    if derived.how == "table":
        return _listed(derived, record, case)
    from_ = str(derived.start)
    start = slots[plan.layouts[derived.record].places[from_]]
    years = plan.edition.parameters.get(str(derived.years))
    value = years.on(max(case.ends_on, plan.edition.document.valid_from)) if years is not None else None
    if not isinstance(start, int):
        return Outcome((None,), (from_,))
    if value is None or not isinstance(value.value, int):
        return Outcome((None,), (str(derived.years),))
    later = months_after if derived.how == "months_after" else years_after
    return Outcome((day_number(later(day_of_number(start), value.value)),))


def _listed(derived: Derived, record: Record | None, case: Case) -> Outcome:
    asked = [name.strip() for name in (derived.start or "town").split(",")]
    values = record.values if record is not None else {}
    known = [str(values[name]) for name in asked if name in values]
    if listed(table(str(derived.table)), known, case.starts_on, case.ends_on):
        return Outcome((T,))
    lacking = tuple(name for name in asked if name not in values)
    return Outcome((U,), lacking) if lacking else Outcome((F,))
