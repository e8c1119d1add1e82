"""The sixteen rules written in Polars by hand, with the same outcomes: what the generated expressions are held against.

Written as one writes Polars for speed: Kleene booleans where only one kind of unknown can occur, an explicit test where
both can. Outcomes: 0 not applicable, 1 meets, 2 judge, 3 undecided, 4 breach.
"""

import polars as pl
from polars import col


def code(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.UInt8)


def observed(applies: pl.Expr | None, requires: pl.Expr) -> pl.Expr:
    """Return the outcome of a rule that reads observed facts only: what is null is undecided."""
    if applies is None:
        return pl.when(~requires).then(code(4)).when(requires.is_null()).then(code(3)).otherwise(code(1))
    broken = applies & ~requires
    chain = pl.when(broken).then(code(4)).when(broken.is_null()).then(code(3))
    return chain.when(~applies).then(code(0)).otherwise(code(1))


def judged(applies: pl.Expr, requires: pl.Expr, undecided: pl.Expr) -> pl.Expr:
    """Return the outcome of a rule that reads both kinds: `undecided` tells which of the nulls are so."""
    broken = applies & ~requires
    chain = pl.when(broken).then(code(4)).when(broken.is_null() & undecided).then(code(3))
    return chain.when(broken.is_null()).then(code(2)).when(~applies).then(code(0)).otherwise(code(1))


def expressions() -> list[pl.Expr]:
    """Return the sixteen outcomes, by the names of `rules.RULES`."""
    meal, moderate = col("industry_offers_meal"), col("moderate_assessed")
    arranges = (col("arranger") == "industry") | (col("arranger") == "joint")
    remotely = col("mode") != "on_site"
    fed, on_both = ~col("meal_offered"), col("mode") == "both"
    flight, approval = col("flight"), col("employer_approval")
    economy, far = col("cabin") == "economy", col("outside_europe") & (col("journey_hours") > 600)
    sponsors = (col("kind") == "sponsorship") | col("industry_sponsors")
    barred = (col("category") != "participation_fee") & (col("category") != "travel") & (col("category") != "lodging")
    listed = (col("category") == "venue") | (col("category") == "speaker") | (col("category") == "material")
    care, outside = col("side") == "care", col("outside_europe")
    third, kept = col("arranger") == "third_party", col("destroyed_on") >= col("keep_until")
    found = {
        "meal": judged(meal, arranges & moderate, meal.is_null() | arranges.is_null()),
        "remote": judged(
            remotely & meal,
            fed | (on_both & col("on_site_part_assessed")),
            (remotely & meal).is_null() | fed.is_null() | on_both.is_null(),
        ),
        "approval": observed(care, approval),
        "companion": observed(None, ~col("companion")),
        "invited": observed(None, col("invited")),
        "cabin": judged(
            flight, economy | (far & col("well_founded_assessed")), flight.is_null() | economy.is_null() | far.is_null()
        ),
        "tax": observed(meal, col("tax_informed") | (col("meal_count") == 0)),
        "costs": observed(sponsors, col("sponsored_total") <= col("actual_total")),
        "kept": observed(None, kept),
        "category": judged(
            sponsors,
            barred & (listed | col("not_the_like_assessed")),
            sponsors.is_null() | barred.is_null() | listed.is_null(),
        ),
        "spirits": observed(None, ~col("spirits")),
        "alcohol": observed(col("alcohol"), col("with_meal")),
        "moderate": judged(col("alcohol"), moderate, col("alcohol").is_null()),
        "written": observed(None, col("documented_in_writing")),
        "abroad": judged(outside, third | col("no_equivalent_here_assessed"), outside.is_null() | third.is_null()),
        "journey": observed(care & flight, approval & (col("journey_hours") <= 7200)),
    }
    return [outcome.alias(name) for name, outcome in found.items()]
