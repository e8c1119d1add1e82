"""Try a case: by the edition of its days, phase and as-of day, rule by rule and record by record."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tillit.core.rulebook.check import Check, Finding, Later, Layer
from tillit.core.rulebook.editions import edition as edition_by_id, editions_for
from tillit.core.rulebook.explain import Seen, Trace
from tillit.core.rulebook.facts import Case, Record
from tillit.core.rulebook.model import COLLABORATION, PHASES, Derived, Edition, Rule
from tillit.core.rulebook.plan import Plan, plan
from tillit.core.rulebook.slots import Filled, fill
from tillit.core.rulebook.tree import day_of_number
from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE, UNDECIDED, F, J, T, U

VERSION = "1"
"""The engine's own version, stored with every judgement: it grows when the same facts may come out otherwise."""
FINDINGS = "benefit_findings"
MOST_NAMED = 10
"""How many facts of other records one record's finding names before it names what they decide instead."""


def check_case(case: Case, *, as_of: date, edition: str | None = None) -> Check:
    """Return the case tried on a day by the editions of its days, of every line, or by the one named.

    :raises BadInput: no such edition, or none in force when the case begins
    """
    ids = (edition,) if edition is not None else editions_for(case.starts_on, case.ends_on)
    return check_by(case, [edition_by_id(id_) for id_ in ids], as_of=as_of)


def check_by(case: Case, editions: Sequence[Edition], *, as_of: date) -> Check:
    """Return the case tried by each of the editions; a part of a line that is tried too leaves the scope to it."""
    lines = {each.document.line for each in editions}
    findings: list[Finding] = []
    later: list[Later] = []
    for each in editions:
        checking = _Checking(case, plan(each), as_of)
        if each.document.part_of not in lines:
            findings.append(checking.scope_finding())
        findings.extend(checking.findings())
        later.extend(checking.later())
    layers = tuple(Layer(each.id, each.hash, provenance=each.document.provenance) for each in editions)
    return Check(case, as_of, layers, tuple(findings), tuple(later))


class _Checking:
    """One case under one edition."""

    def __init__(self, case: Case, plan: Plan, as_of: date) -> None:
        self.case, self.plan = case, plan
        self.filled: Filled = fill(case, plan, as_of)
        self.scope = self._seen_scope()

    def _seen_scope(self) -> Seen:
        scope = self.plan.edition.scope
        return self.plan.tracer(scope).requires(self.filled.collaboration)

    def later(self) -> Iterator[Later]:
        """Return the rules that wait for their phase, but for those that cannot apply to a collaboration like this."""
        now = PHASES.index(self.case.phase)
        if self.scope.value == F:
            return
        for rule in self.plan.edition.rules:
            coming = [phase for phase in PHASES[now + 1 :] if phase in rule.phases]
            if self.case.phase not in rule.phases and coming and self._may_apply(rule):
                yield Later(rule, coming[0])

    def _may_apply(self, rule: Rule) -> bool:
        """Return whether what is known of the collaboration leaves room for a rule about it or any record of it."""
        own = rule.record == COLLABORATION
        slots = self.filled.collaboration if own else self.filled.unlisted[rule.record]
        return self.plan.tracer(rule).applies(slots).value != F

    def findings(self) -> list[Finding]:
        """Return every rule × record of the phase: first those that read facts, then those that read outcomes."""
        active = [rule for rule in self.plan.edition.rules if self.case.phase in rule.phases]
        first = [finding for rule in active if not rule.reads_findings for finding in self._of_rule(rule)]
        self._put_findings(first)
        second = [finding for rule in active if rule.reads_findings for finding in self._of_rule(rule)]
        order = {rule.id: number for number, rule in enumerate(self.plan.edition.rules)}
        return sorted([*first, *second], key=lambda finding: order[finding.rule.id])

    def scope_finding(self) -> Finding:
        """Return what the edition's scope says: counted where it is open, told where it is settled."""
        rule = self.plan.edition.scope
        word = {T: MEETS, F: NOT_APPLICABLE, U: UNDECIDED, J: JUDGE}[self.scope.value]
        missing = self.scope.unknown if word == UNDECIDED else self.scope.unjudged
        known = (*self.scope.touched, *missing)
        rest = tuple(name for name in dict.fromkeys(rule.requires_tree.facts()) if name not in known)
        trace = Trace(word, self.scope.touched, missing if word > MEETS else (), rest)
        settled = replace(rule, modality="upplysning") if word <= MEETS else rule
        return self._finding(settled, self.case.collaboration, trace, self.filled.collaboration)

    def _of_rule(self, rule: Rule) -> Iterator[Finding]:
        tracer = self.plan.tracer(rule)
        if rule.record == COLLABORATION:
            slots = self.filled.collaboration
            yield self._finding(rule, self.case.collaboration, tracer(slots, self.scope), slots)
            return
        listing = self.case.listing(rule.record)
        for record, slots in zip(listing.records, self.filled.children[rule.record], strict=True):
            yield self._finding(rule, record, tracer(slots, self.scope), slots)
        unlisted = self._of_unlisted(rule)
        if unlisted is not None:
            yield unlisted

    def _of_unlisted(self, rule: Rule) -> Finding | None:
        """Return what a rule says of records that nobody listed: undecided, unless no fact of theirs could matter."""
        listing = self.case.listing(rule.record)
        key = f"{rule.record}:*"
        if listing.whole:
            return None if listing.records else Finding(rule, key, NOT_APPLICABLE)
        trace = self.plan.tracer(rule)(self.filled.unlisted[rule.record], self.scope)
        if trace.outcome in (NOT_APPLICABLE, MEETS):
            return None if listing.records else Finding(rule, key, NOT_APPLICABLE, (), trace.touched, trace.irrelevant)
        own = self.plan.edition.vocabulary.kinds[rule.record]
        common = tuple(name for name in trace.missing if name not in own.facts and name not in own.derived)
        asked = (f"records.{rule.record}.complete", *self._expanded(COLLABORATION, common))
        return Finding(rule, key, UNDECIDED, tuple(dict.fromkeys(asked)), trace.touched, trace.irrelevant)

    def _finding(self, rule: Rule, record: Record, trace: Trace, slots: Sequence[object]) -> Finding:
        key = record.key
        names = (*trace.touched, *trace.missing)
        judgements = tuple(
            judgement
            for name in names
            for home in dict.fromkeys((key, COLLABORATION))
            if (judgement := self.case.judged(home, name)) is not None
        )
        estimated = tuple(name for name in trace.touched if name in self.filled.estimated)
        missing = self._expanded(key, trace.missing)
        values = self._values(rule, record, slots)
        return Finding(
            rule, key, trace.outcome, missing, trace.touched, trace.irrelevant, judgements, values, estimated
        )

    def _expanded(self, key: str, names: Sequence[str]) -> tuple[str, ...]:
        """Return what to ask for: a derived fact stands for the facts that it lacks.

        Of many other records' facts a record's finding names only what they decide, so an answer is linear in its case.
        """
        found: dict[str, None] = {}
        for name in names:
            lacking = self.filled.missing.get((key, name)) or self.filled.missing.get((COLLABORATION, name)) or (name,)
            told = lacking if key == COLLABORATION or len(lacking) <= MOST_NAMED else (name,)
            found.update(dict.fromkeys(told))
        return tuple(found)

    def _values(self, rule: Rule, record: Record, slots: Sequence[object]) -> dict[str, object]:
        """Return what is known of the facts that a rule names, for the words of the answer."""
        layout = self.plan.layouts[rule.record]
        known: dict[str, object] = {**self.case.collaboration.values, **record.values}
        for name in self.plan.tracer(rule).names:
            symbol, place = layout.symbols[name], layout.places[name]
            value = slots[place]
            if symbol.bounded and value is not None and value == slots[place + 1]:
                known[name] = value
            elif symbol.type == "date" and isinstance(value, int):
                known[name] = day_of_number(value)
        return known

    def _put_findings(self, findings: Sequence[Finding]) -> None:
        benefits = [finding for finding in findings if finding.rule.benefit]
        common = self.plan.edition.vocabulary.kinds[COLLABORATION].derived.get(FINDINGS)
        if common is not None:
            self._put_worst(common, COLLABORATION, self.filled.collaboration, benefits)
        own = self.plan.edition.vocabulary.kinds["offer"].derived.get(FINDINGS)
        if own is None:
            return
        for record, slots in zip(self.case.listing("offer").records, self.filled.children["offer"], strict=True):
            target = record.values.get("concerns")
            about = [each for each in benefits if target in (None, COLLABORATION, each.record)]
            self._put_worst(own, record.key, slots, about, unsaid=() if target else ("concerns",))

    def _at(self, finding: Finding, name: str) -> str:
        """Return what another record's finding asks for, with the record it is asked of."""
        own = self.plan.edition.vocabulary.kinds[finding.rule.record]
        is_own = finding.record != COLLABORATION and (name in own.facts or name in own.derived)
        return f"{finding.record}.{name}" if is_own else name

    def _put_worst(
        self, derived: Derived, key: str, slots: list[object], findings: Sequence[Finding], unsaid: tuple[str, ...] = ()
    ) -> None:
        """Put the worst outcome as a fact; `unsaid` is what could still take a breach away by naming other records."""
        worst = max((finding.outcome for finding in findings), default=NOT_APPLICABLE)
        layout = self.plan.layouts[derived.record]
        if unsaid and worst == BREACH:
            slots[layout.places[FINDINGS]], self.filled.missing[(key, FINDINGS)] = 0, unsaid
            return
        if worst in (UNDECIDED, JUDGE):
            slots[layout.places[FINDINGS]] = 0 if worst == UNDECIDED else len(derived.values) + 1
            names = [
                self._at(finding, name) for finding in findings if finding.outcome == worst for name in finding.missing
            ]
            self.filled.missing[(key, FINDINGS)] = tuple(dict.fromkeys(names))
            return
        word = {BREACH: "breach", MEETS: "meets", NOT_APPLICABLE: "not_applicable"}[worst]
        slots[layout.places[FINDINGS]] = derived.values.index(word) + 1
