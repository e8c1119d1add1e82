"""Rules that read outcomes: what the rules about a benefit came to, as a fact of a collaboration or of an offer."""

from collections.abc import Mapping, Sequence

import polars as pl

from tillit.core.rulebook.bulk.frames import Table
from tillit.core.rulebook.bulk.register import PARENT, Register
from tillit.core.rulebook.bulk.rollup import worst
from tillit.core.rulebook.compile_polars.columns import UNDECIDED as UNDECIDED_COLUMN
from tillit.core.rulebook.load_derived import FINDINGS as WORDS
from tillit.core.rulebook.model import COLLABORATION, Rule
from tillit.core.rulebook.values import BREACH, MEETS, NOT_APPLICABLE, UNDECIDED

FINDINGS = "benefit_findings"


def as_facts(codes: pl.Series) -> list[pl.Series]:
    """Return the worst outcomes as the fact: a choice while they are decided, U while undecided, J while judged."""
    code, words = pl.col("code"), pl.Enum(WORDS)
    word = (
        pl.when(code == BREACH)
        .then(pl.lit("breach", dtype=words))
        .when(code == MEETS)
        .then(pl.lit("meets", dtype=words))
    )
    word = word.when(code == NOT_APPLICABLE).then(pl.lit("not_applicable", dtype=words))
    found = pl.DataFrame({"code": codes}).select(
        word.alias(FINDINGS), (code == UNDECIDED).alias(FINDINGS + UNDECIDED_COLUMN)
    )
    return found.get_columns()


def about_offers(
    offers: Table, shared: Table, codes: Mapping[str, pl.DataFrame], register: Register, benefits: Sequence[Rule]
) -> Table:
    """Return offers with the findings of the record that each concerns, or of them all where it names none."""
    if f"{FINDINGS}{UNDECIDED_COLUMN}" not in shared.frame.columns:
        return offers
    place = offers.frame[PARENT]
    common = [shared.frame[name].gather(place).alias(name) for name in (FINDINGS, FINDINGS + UNDECIDED_COLUMN)]
    concerns = offers.frame.get_column("concerns") if "concerns" in offers.frame.columns else None
    common = _open_while_unsaid(common, concerns)
    offers = offers.with_(FINDINGS, common, mixed=True)
    if concerns is None or not bool(((concerns != COLLABORATION) & concerns.is_not_null()).any()):
        return offers
    known = _by_record(codes, register, benefits)
    keys = offers.frame.select(PARENT, pl.col("concerns").cast(pl.String).alias("key"))
    found = keys.join(known, on=[PARENT, "key"], how="left", maintain_order="left")["worst"].fill_null(NOT_APPLICABLE)
    own = pl.DataFrame([each.alias(f"own {each.name}") for each in as_facts(found)])
    everything = pl.col("concerns").is_null() | (pl.col("concerns") == COLLABORATION)
    joined = pl.concat([offers.frame, own], how="horizontal").select(
        pl.when(everything).then(pl.col(each.name)).otherwise(pl.col(f"own {each.name}")).alias(each.name)
        for each in common
    )
    return offers.with_(FINDINGS, joined.get_columns(), mixed=True)


def _open_while_unsaid(common: list[pl.Series], concerns: pl.Series | None) -> list[pl.Series]:
    """Return the findings with a breach left open where the offer does not say what it concerns: it may be another."""
    unsaid = pl.lit(True) if concerns is None else pl.col("concerns").is_null()
    taken = unsaid & (pl.col(FINDINGS) == "breach").fill_null(False)
    frame = pl.DataFrame([*common, *([] if concerns is None else [concerns.alias("concerns")])])
    return frame.select(
        pl.when(taken).then(None).otherwise(pl.col(FINDINGS)).alias(FINDINGS),
        (pl.col(FINDINGS + UNDECIDED_COLUMN) | taken).alias(FINDINGS + UNDECIDED_COLUMN),
    ).get_columns()


def _by_record(codes: Mapping[str, pl.DataFrame], register: Register, benefits: Sequence[Rule]) -> pl.DataFrame:
    parts = []
    for kind in dict.fromkeys(rule.record for rule in benefits if rule.record != COLLABORATION):
        ids = [rule.id for rule in benefits if rule.record == kind and kind in codes and rule.id in codes[kind].columns]
        if ids:
            frame = register.children[kind]
            place = pl.int_range(pl.len()).over(PARENT) + 1
            own = pl.col("id") if "id" in frame.columns else place.cast(pl.String)
            keys = frame.select(pl.col(PARENT), (pl.lit(f"{kind}:") + own).alias("key"))
            parts.append(keys.with_columns(codes[kind].select(worst(ids).alias("worst")).to_series()))
    empty = pl.DataFrame(schema={PARENT: pl.UInt32, "key": pl.String, "worst": pl.UInt8})
    return pl.concat([empty, *parts])
