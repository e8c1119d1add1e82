"""Random expressions of the language as their authors would write them, and random facts for them."""

from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st

ORDER = ["==", "!=", "<", "<=", ">", ">="]
SAME = ["==", "!="]
LIMITS = ["<", "<=", ">", ">="]
"""For numbers known by bounds: bounds decide a limit exactly, but cannot see that twice a whole number is never 1."""
WHOLE = st.sampled_from(["0", "1", "2", "-1", "3"])
FINE = st.sampled_from(["0", "1", "1.5", "-0.25", "2.0"])
INTS = st.sampled_from(["n", "m", "limit"])
DECIMALS = st.sampled_from(["price", "fee", "ceiling"])


def joined(*parts):
    return st.tuples(*parts).map(" ".join)


def ints(names):
    factor = st.sampled_from(["2", "-1", "limit", "3"])
    one = st.one_of(
        names, joined(names, st.just("*"), factor), joined(factor, st.just("*"), names), names.map("-{}".format)
    )
    return st.one_of(one, joined(one, st.sampled_from(["+", "-"]), st.one_of(WHOLE, INTS)))


def decimals(names):
    one = st.one_of(names, joined(names, st.just("*"), st.sampled_from(["2", "limit"])), names.map("-{}".format))
    return st.one_of(one, joined(one, st.sampled_from(["+", "-"]), st.one_of(FINE, INTS, DECIMALS)))


def either_way(left, ops, right):
    return st.one_of(joined(left, st.sampled_from(ops), right), joined(right, st.sampled_from(ops), left))


DAYS = st.sampled_from(["day", "other_day", "since"])
COMPARISONS = st.one_of(
    either_way(ints(INTS), ORDER, st.one_of(WHOLE, INTS, FINE)),
    either_way(decimals(DECIMALS), ORDER, st.one_of(FINE, INTS, DECIMALS)),
    either_way(ints(st.just("count")), LIMITS, st.one_of(WHOLE, INTS)),
    either_way(st.just("count"), SAME, WHOLE),
    either_way(decimals(st.just("total")), LIMITS, st.one_of(FINE, INTS, DECIMALS)),
    joined(st.just("count"), st.sampled_from(LIMITS), st.just("total")),
    either_way(DAYS, ORDER, st.sampled_from(["'2026-02-01'", "'2026-02-02'"])),
    joined(DAYS, st.sampled_from(ORDER), DAYS),
    joined(st.just("day -"), DAYS, st.sampled_from(ORDER), WHOLE),
    either_way(st.just("at"), ORDER, st.just("'2026-02-01T10:30'")),
    either_way(st.just("kind"), SAME, st.sampled_from(["'a'", "'b'"])),
    either_way(st.just("found"), SAME, st.sampled_from(["'meets'", "'breach'"])),
    either_way(st.sampled_from(["name", "title"]), SAME, st.sampled_from(["'x'", "title", "'it\\'s'"])),
    joined(st.just("kind"), st.sampled_from(["in", "not in"]), st.sampled_from(["['a']", "['c', 'a']"])),
    joined(st.just("n"), st.sampled_from(["in", "not in"]), st.sampled_from(["[1]", "(0, 2)"])),
    joined(st.just("name"), st.sampled_from(["in", "not in"]), st.just("['x', 'it\\'s']")),
)
LEAVES = st.one_of(
    st.sampled_from(["yes", "also", "fair_assessed", "yes", "fair_assessed", "True", "False"]), COMPARISONS
)


def all_of(word, inner):
    return st.lists(inner, min_size=2, max_size=3).map(lambda parts: f" {word} ".join(f"({part})" for part in parts))


EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(inner.map("not ({})".format), all_of("and", inner), all_of("or", inner)),
    max_leaves=6,
)


def maybe(known):
    return st.one_of(known, known, st.none())


def bounds(low, most):
    return st.tuples(st.integers(low, 3), st.integers(0, most)).map(lambda pair: (pair[0], pair[0] + pair[1]))


FACTS = st.fixed_dictionaries(
    {
        **{name: maybe(st.booleans()) for name in ("yes", "also", "fair_assessed")},
        "kind": maybe(st.sampled_from(["a", "b", "c"])),
        "found": maybe(st.sampled_from(["meets", "breach"])),
        **{name: maybe(st.integers(-1, 3)) for name in ("n", "m", "limit")},
        **{
            name: maybe(st.sampled_from([Decimal(each) for each in ("0", "1", "1.5", "-0.25", "2")]))
            for name in ("price", "fee", "ceiling")
        },
        **{
            name: maybe(st.sampled_from([date(2026, 2, 1), date(2026, 2, 2)])) for name in ("day", "other_day", "since")
        },
        "at": maybe(
            st.sampled_from([datetime.fromisoformat("2026-02-01T10:30"), datetime.fromisoformat("2026-02-01T10:31")])
        ),
        **{name: maybe(st.sampled_from(["x", "y", "it's"])) for name in ("name", "title")},
        "count": maybe(bounds(0, 3)),
        "total": maybe(bounds(0, 2)),
    }
)
