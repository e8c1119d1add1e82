"""All the rules of an edition over a whole register: the same outcomes as `engine.py` gives one case at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from tillit.core.rulebook.bulk.findings import FINDINGS, about_offers, as_facts
from tillit.core.rulebook.bulk.frames import SCOPE, Table, collaborations, records, unlisted
from tillit.core.rulebook.bulk.register import CHILDREN, Register
from tillit.core.rulebook.bulk.rollup import worst, worst_of_records
from tillit.core.rulebook.check import ASKED
from tillit.core.rulebook.compile_polars import compile_outcome
from tillit.core.rulebook.compile_polars.columns import UNDECIDED as UNDECIDED_COLUMN
from tillit.core.rulebook.model import BEARERS, COLLABORATION, Edition, Rule, names_of
from tillit.core.rulebook.plan import clause
from tillit.core.rulebook.tree import TRUE, And, Name
from tillit.core.rulebook.values import JUDGE, MEETS, NOT_APPLICABLE, UNDECIDED

BENEFIT = "benefit"
_ARRANGES = {"company": ("industry", "joint"), "care": ("care", "joint")}


@dataclass(frozen=True, slots=True)
class Bulk:
    """A register tried by an edition.

    `outcomes`: a row for each collaboration, a column for each of `check.ASKED`. `codes`: by record kind a row for each
    record and a column for each rule. `unlisted`: the same for the records that nobody listed, a row for each
    collaboration. Outcomes are UInt8 (numbers of `values.OUTCOMES`), null where a rule's phase is not the
    collaboration's, or there is nothing to find.
    """

    edition: Edition
    outcomes: pl.DataFrame
    codes: Mapping[str, pl.DataFrame]
    unlisted: Mapping[str, pl.DataFrame]
    facts: pl.DataFrame

    def counts(self) -> dict[str, dict[int, int]]:
        """Return how many records came out as each outcome, by rule."""
        found: dict[str, dict[int, int]] = {}
        for table in (self.codes, self.unlisted):
            for frame in table.values():
                tallies = frame.lazy().select(
                    (pl.col(name) == code).sum().alias(f"{name} {code}") for name in frame.columns for code in range(5)
                )
                row = tallies.collect().row(0, named=True)
                for name in frame.columns:
                    of = found.setdefault(name, dict.fromkeys(range(5), 0))
                    for code in range(5):
                        of[code] += row[f"{name} {code}"]
        return found


@dataclass(slots=True)
class _Trial:
    register: Register
    edition: Edition
    shared: Table
    tallies: dict[str, list[pl.Series]] = field(default_factory=dict)
    codes: dict[str, pl.DataFrame] = field(default_factory=dict)
    unlisted: dict[str, pl.DataFrame] = field(default_factory=dict)

    def rules(self, rules: Sequence[Rule]) -> None:
        """Try rules that speak of any kinds of record, and add what they say to each collaboration's tally."""
        for kind in dict.fromkeys(rule.record for rule in rules):
            own = [rule for rule in rules if rule.record == kind]
            if kind == COLLABORATION:
                self._keep(self.codes, kind, self._tried(self.shared, own))
                self._tally(self.codes[kind].select(rule.id for rule in own), own, None)
            else:
                self._children(kind, own)

    def _children(self, kind: str, own: Sequence[Rule]) -> None:
        if kind in self.register.children and self.register.children[kind].height:
            table = records(self.register, self.edition, kind, self.shared, _names(own))
            if kind == "offer":
                table = about_offers(table, self.shared, self.codes, self.register, self._benefits())
            self._keep(self.codes, kind, self._tried(table, own))
            self._tally(self.codes[kind].select(rule.id for rule in own), own, self.register.last(kind))
        raw = self._tried(unlisted(self.edition, kind, self.shared), own)
        here = pl.DataFrame([self.register.unlisted(kind), self.register.listed(kind).alias("listed")])
        open_ = (pl.col("unlisted") != 0).fill_null(True)
        codes = pl.concat([raw, here], how="horizontal").select(
            pl.when(pl.col(rule.id).is_null())
            .then(None)
            .when(open_ & (pl.col(rule.id) > MEETS))
            .then(_code(UNDECIDED))
            .when(pl.col("listed") == 0)
            .then(_code(NOT_APPLICABLE))
            .alias(rule.id)
            for rule in own
        )
        self._keep(self.unlisted, kind, codes)
        self._tally(codes, own, None)

    def _benefits(self) -> list[Rule]:
        return [rule for rule in self.edition.rules if rule.benefit and not rule.reads_findings]

    def _tried(self, table: Table, rules: Sequence[Rule]) -> pl.DataFrame:
        now = set(self.shared.frame["phase"].unique())
        everywhere = self.shared.frame[SCOPE.name].all(ignore_nulls=False) is True
        cells = []
        for rule in rules:
            asked = clause(rule)
            if not everywhere:
                scoped = Name(SCOPE) if asked.applies == TRUE else And((Name(SCOPE), asked.applies))
                asked = replace(asked, applies=scoped)
            cell = compile_outcome(asked, table.columns)
            if not now <= set(rule.phases):
                cell = pl.when(pl.col("phase").is_in(list(rule.phases))).then(cell)
            cells.append(cell.alias(rule.id))
        return table.frame.lazy().with_columns(cells).select(rule.id for rule in rules).collect()

    @staticmethod
    def _keep(where: dict[str, pl.DataFrame], kind: str, codes: pl.DataFrame) -> None:
        where[kind] = where[kind].hstack(codes) if kind in where else codes

    def _tally(self, codes: pl.DataFrame, rules: Sequence[Rule], last: pl.Series | None) -> None:
        groups = {bearer: [rule.id for rule in rules if _weighs(rule, bearer)] for bearer in (*BEARERS, BENEFIT)}
        of = {name: worst(ids) for name, ids in groups.items() if ids}
        if not of:
            return
        lazy = codes.lazy()
        if last is None:
            found = lazy.select(expr.alias(name) for name, expr in of.items()).collect()
        else:
            found = worst_of_records(lazy, of, last)
        for name, series in found.to_dict().items():
            self.tallies.setdefault(name, []).append(series)

    def worst(self, name: str) -> pl.Series:
        """Return the worst of everything tallied under a name, a row for each collaboration."""
        found = [series.alias(str(number)) for number, series in enumerate(self.tallies.get(name, []))]
        nothing = pl.zeros(self.register.size, dtype=pl.UInt8, eager=True)
        return pl.DataFrame([nothing.alias("none"), *found]).select(pl.max_horizontal(pl.all()).alias(name)).to_series()

    def outcomes(self) -> pl.DataFrame:
        """Return the outcome of each collaboration for everybody and for each bearer, as `check.Check` weighs them."""
        shared = self.shared.frame
        asks = pl.col(SCOPE.name + UNDECIDED_COLUMN)
        doubt = pl.when(pl.col(SCOPE.name).is_null()).then(pl.when(asks).then(_code(UNDECIDED)).otherwise(_code(JUDGE)))
        who = pl.col("arranger") if "arranger" in shared.columns else pl.lit(None, dtype=pl.String)
        known = shared.select(doubt.fill_null(_code(NOT_APPLICABLE)).alias("scope"), who.alias("who"))
        frame = known.with_columns(self.worst(bearer) for bearer in BEARERS)
        weights: dict[str, list[pl.Expr]] = {"all": [pl.col(bearer) for bearer in BEARERS]}
        weights |= {asked: self._side(asked) if asked in _ARRANGES else [pl.col(asked)] for asked in ASKED[1:]}
        return frame.select(pl.max_horizontal("scope", *weights[asked]).alias(asked) for asked in ASKED)

    @staticmethod
    def _side(asked: str) -> list[pl.Expr]:
        arranger, who = pl.col("arranger"), pl.col("who")
        theirs = pl.any_horizontal(*(who == each for each in _ARRANGES[asked]))
        open_ = pl.when(who.is_null() & (arranger > MEETS)).then(_code(UNDECIDED)).otherwise(_code(NOT_APPLICABLE))
        return [pl.col(asked), pl.col("parties"), pl.when(theirs).then(arranger).otherwise(open_)]


def _code(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.UInt8)


def _weighs(rule: Rule, name: str) -> bool:
    if name == BENEFIT:
        return rule.benefit and not rule.reads_findings
    return rule.bearer == name and rule.modality != "upplysning"


def _names(rules: Iterable[Rule]) -> set[str]:
    return {SCOPE.name, "phase", *(name for rule in rules for name in names_of(rule))}


def evaluate(register: Register, edition: Edition, *, as_of: date, only: Collection[str] | None = None) -> Bulk:
    """Return a register tried by an edition on a day; with `only`, by the rules of those ids and what they read."""
    now = set(register.collaborations["phase"].unique())
    active = [rule for rule in edition.rules if now & set(rule.phases)]
    asked = [rule for rule in active if only is None or rule.id in only]
    if any(rule.reads_findings for rule in asked):
        asked = [rule for rule in active if rule in asked or (rule.benefit and not rule.reads_findings)]
    shared = collaborations(register, edition, as_of, _names(asked))
    trial = _Trial(register, edition, shared)
    trial.rules([rule for rule in asked if not rule.reads_findings])
    second = [rule for rule in asked if rule.reads_findings]
    if second:
        if FINDINGS in edition.vocabulary.kinds[COLLABORATION].derived:
            trial.shared = shared.with_(FINDINGS, as_facts(trial.worst(BENEFIT)), mixed=True)
        trial.rules(second)
    first = [kind for kind in (COLLABORATION, *CHILDREN) if kind in trial.codes]
    return Bulk(edition, trial.outcomes(), {kind: trial.codes[kind] for kind in first}, trial.unlisted, shared.frame)
