"""Which questions can still change the answer of a case, and which have fallen away and why.

Everything is read from the engine's findings: a fact of a rule that is still open matters unless it has decided
something already or the trace calls it irrelevant. Nothing here knows any rule or fact by name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tillit.core.rulebook.check import Check, Finding
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.facts import Case, Record
from tillit.core.rulebook.model import COLLABORATION, RECORD_KINDS, Derived, Kind, names_of
from tillit.core.rulebook.values import JUDGE, UNDECIDED

GROUPS = ("what", "who", "where", "paid", "papers")
"""How the questions are grouped, in the order in which they are asked."""
CHILDREN = RECORD_KINDS[1:]
WHOLE = "complete"
"""Under this name the question whether a list is whole stands among a kind's own facts."""

Spot = tuple[str, str]
"""A place for an answer: a record ("collaboration", "leg:l1", or "leg:*" for those to come) and a fact's name."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A question that cannot change the answer any more, and the answers that made it so."""

    kind: str
    name: str
    because: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """What is left to ask of a case.

    `matters`: unknown facts that can change the outcome; `informs`: those that only a notice waits for;
    `to_judge`: judgement words that wait for a person, with the records that they are asked of; `reads`: what any
    rule of the day reads (what none reads is only a help to who judges).
    """

    check: Check
    matters: frozenset[Spot]
    informs: frozenset[Spot]
    dropped: tuple[Dropped, ...]
    to_judge: tuple[tuple[str, str, tuple[str, ...]], ...]
    reads: frozenset[tuple[str, str]]

    @property
    def remaining(self) -> int:
        """Return how many questions may remain at most, a column of a list counted once."""
        return len({(record.partition(":")[0], name) for record, name in self.matters})

    def remaining_in(self, group: str) -> int:
        """Return how many of them belong to a group."""
        asked = {(record.partition(":")[0], name) for record, name in self.matters}
        return sum(group_of(kind, name) == group for kind, name in asked)

    def asks(self, kind: str, name: str) -> bool:
        """Return whether a fact of any record of a kind can still change the outcome."""
        return any(spot in self.matters for spot in self._spots(kind, name))

    def wonders(self, kind: str, name: str) -> bool:
        """Return whether only a notice waits for a fact of any record of a kind."""
        return any(spot in self.informs for spot in self._spots(kind, name))

    def _spots(self, kind: str, name: str) -> Iterator[Spot]:
        if kind == COLLABORATION:
            yield (kind, name)
            return
        yield (f"{kind}:*", name)
        yield from ((record.key, name) for record in self.check.case.listing(kind).records)


def group_of(kind: str, name: str) -> str:
    """Return the group in which a fact is asked for; whether a list is whole is asked where its records stand."""
    known = vocabulary().kinds[kind]
    return home_of(known) if name == WHOLE else known.facts[name].group


def home_of(kind: Kind) -> str:
    """Return the group in which a kind's records are listed: that of its first observed fact."""
    return next(fact.group for fact in kind.facts.values() if fact.kind == "observed")


def relevant(case: Case, *, as_of: date) -> Guide:
    """Return what is left to ask of a case.

    :raises BadInput: no edition of the rules was in force on the case's days
    """
    check = check_case(case, as_of=as_of)
    matters: dict[Spot, None] = {}
    informs: dict[Spot, None] = {}
    to_judge: dict[tuple[str, str], dict[str, None]] = {}
    for finding in check.findings:
        into = informs if finding.rule.modality == "upplysning" else matters
        into.update(dict.fromkeys(_open_spots(finding, case)))
        for record, name in _unjudged(finding):
            to_judge.setdefault((record.partition(":")[0], name), {})[record] = None
    reasons = _reasons(check)
    return Guide(
        check,
        frozenset(matters),
        frozenset(informs) - frozenset(matters),
        tuple(_dropped(check, {*matters, *informs}, reasons)),
        tuple((kind, name, tuple(records)) for (kind, name), records in to_judge.items()),
        frozenset(reasons),
    )


def _open_names(finding: Finding) -> list[str]:
    """Return the names that a rule still waits for, or would once others are answered."""
    if finding.outcome not in (UNDECIDED, JUDGE):
        return []
    settled = {*finding.touched, *finding.irrelevant}
    rule = finding.rule
    if finding.outcome == UNDECIDED and rule.judge_tree is not None and rule.certainty == "seed":
        settled -= {*rule.judge_tree.facts()} - {*finding.touched}
    return [name for name in sorted(names_of(rule)) if name not in settled]


def _open_spots(finding: Finding, case: Case) -> Iterator[Spot]:
    found: dict[Spot, None] = {}
    for name in _open_names(finding):
        found.update(dict.fromkeys(_sources(name, finding.record, case)))
    if finding.outcome == UNDECIDED:
        found.update(
            dict.fromkeys(_spot_of(name, finding.record) for name in finding.missing if not _is_derived(name, finding))
        )
    yield from (spot for spot in found if _is_unknown(spot, case))


def _is_derived(name: str, finding: Finding) -> bool:
    return isinstance(vocabulary().fact(finding.record.partition(":")[0], name), Derived)


def _spot_of(name: str, record: str) -> Spot:
    """Return the place that a name of `missing` means, asked of a record: "cabin", "leg:l1.cabin" or a list."""
    parts = name.split(".")
    if parts[0] == "records" and len(parts) == 3:
        return (f"{parts[1]}:*", WHOLE)
    home, _, bare = name.rpartition(".")
    if home:
        return (home, bare)
    kinds = vocabulary().kinds
    own = kinds[record.partition(":")[0]]
    return (record, name) if name in own.facts else (COLLABORATION, name)


def _sources(name: str, record: str, case: Case) -> Iterator[Spot]:
    """Yield the places whose answers a rule's name stands for: itself, or what a derived fact is counted from."""
    kinds = vocabulary().kinds
    kind = record.partition(":")[0]
    derived = kinds[kind].derived.get(name) or kinds[COLLABORATION].derived.get(name)
    if derived is None:
        yield _spot_of(name, record)
        return
    if derived.over is None:
        yield from ((record, each) for each in _starts(derived, kinds[kind]))
        return
    listing = case.listing(derived.over)
    yield from ((each.key, counted) for each in listing.records for counted in _counted(derived))
    if not listing.whole:
        yield from ((f"{derived.over}:*", each) for each in _counted(derived))
    if derived.estimate_count and derived.estimate_total and case.phase != "carried_out" and not listing.whole:
        yield (COLLABORATION, derived.estimate_total)
        yield (COLLABORATION, derived.estimate_count)


def _starts(derived: Derived, kind: Kind) -> tuple[str, ...]:
    start = derived.start or ("town" if derived.how == "table" else "")
    names = tuple(each.strip() for each in start.split(","))
    return tuple(name for name in names if name in kind.facts)


def _counted(derived: Derived) -> tuple[str, ...]:
    """Return the facts of the counted records that a derived fact reads."""
    trees = [tree for tree in (derived.where_tree, derived.among_tree) if tree is not None]
    names = [name for tree in trees for name in tree.facts()] + ([derived.of] if derived.of else [])
    own = vocabulary().kinds[str(derived.over)].facts
    return tuple(dict.fromkeys(name for name in names if name in own))


def _is_unknown(spot: Spot, case: Case) -> bool:
    record, name = spot
    kind, _, own = record.partition(":")
    known = vocabulary().kinds.get(kind)
    if known is None:
        return False
    if name == WHOLE:
        return case.listing(kind).unlisted != 0
    fact = known.facts.get(name)
    if fact is None or fact.kind != "observed":
        return False
    return own == "*" or name not in _record(case, record).values


def _record(case: Case, key: str) -> Record:
    kind = key.partition(":")[0]
    own = [case.collaboration] if kind == COLLABORATION else case.listing(kind).records
    return next((record for record in own if record.key == key), Record(kind, "*", {}))


def _unjudged(finding: Finding) -> Iterator[Spot]:
    """Yield the judgement words that a finding waits for once its facts are known."""
    if finding.outcome != JUDGE:
        return
    kinds = vocabulary().kinds
    for name in finding.missing:
        record, bare = _spot_of(name, finding.record)
        known = kinds.get(record.partition(":")[0])
        fact = known.facts.get(bare) if known else None
        if fact is not None and fact.kind == "assessed" and not record.endswith(":*"):
            yield (record, bare)


Reasons = dict[tuple[str, str], dict[Spot, None]]


def _reasons(check: Check) -> Reasons:
    """Return what the rules of the day read, each with the places that have decided those rules so far."""
    reasons: Reasons = {}
    for finding in check.findings:
        kind = finding.record.partition(":")[0]
        for name in sorted(names_of(finding.rule)):
            for spot in _read_by(name, kind):
                why = [_spot_of(each, finding.record) for each in finding.touched if each != name]
                reasons.setdefault(spot, {}).update(dict.fromkeys(why))
    return reasons


def _dropped(check: Check, still: set[Spot], reasons: Reasons) -> Iterator[Dropped]:
    """Yield what the rules of the day read, nobody has answered and nothing waits for any more."""
    open_ones = {(record.partition(":")[0], name) for record, name in still}
    for (kind, name), why in reasons.items():
        if (kind, name) not in open_ones and not _is_answered(check.case, kind, name):
            listing = check.case.listing(kind)
            none_there = kind != COLLABORATION and listing.whole and not listing.records
            because = ((f"{kind}:*", WHOLE),) if none_there else tuple(spot for spot in why if _is_told(spot, check))
            yield Dropped(kind, name, because)


def _read_by(name: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the observed facts, by kind and name, that a rule of a kind reads under a name."""
    kinds = vocabulary().kinds
    derived = kinds[kind].derived.get(name) or kinds[COLLABORATION].derived.get(name)
    if derived is None:
        home = kind if name in kinds[kind].facts else COLLABORATION
        names: tuple[str, ...] = (name,)
    elif derived.over is not None:
        home, names = derived.over, (*_counted(derived), WHOLE)
    else:
        home, names = kind, _starts(derived, kinds[kind])
    for each in names:
        fact = kinds[home].facts.get(each)
        if each == WHOLE or (fact is not None and fact.kind == "observed"):
            yield (home, each)
    if kind != COLLABORATION and home == kind:
        yield (kind, WHOLE)


def _is_answered(case: Case, kind: str, name: str) -> bool:
    if kind == COLLABORATION:
        return name in case.collaboration.values
    listing = case.listing(kind)
    if name == WHOLE:
        return listing.whole
    return any(name in record.values for record in listing.records)


def _is_told(spot: Spot, check: Check) -> bool:
    """Return whether somebody has answered what a reason rests on."""
    record, name = spot
    if name == WHOLE or record.endswith(":*"):
        return False
    return name in _record(check.case, record).values
