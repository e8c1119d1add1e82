"""How far seats are from a norm, and how near they can come at all.

Exact fractions throughout: in floats a move of exactly one seat can fall under 1. Sources: Loosemore and Hanby (1971)
for the index, Gallagher (1991) for the second view, Hamilton's largest remainders for the nearest whole seats.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

DIGITS = 28
_0 = Fraction(0)


def loosemore_hanby(shares: Mapping[str, Fraction], norm: Mapping[str, Fraction]) -> Fraction:
    """Return ½ Σ |s − v|, from 0 (as the norm) to 1 (nothing in common); both sum to 1."""
    return (
        sum((abs(shares.get(each, Fraction(0)) - norm.get(each, Fraction(0))) for each in _all(shares, norm)), _0) / 2
    )


def gallagher(shares: Mapping[str, Fraction], norm: Mapping[str, Fraction]) -> Decimal:
    """Return √(½ Σ (s − v)²), from 0 to 1: one large difference weighs more than many small ones."""
    squares = sum(((shares.get(each, _0) - norm.get(each, _0)) ** 2 for each in _all(shares, norm)), _0) / 2
    with localcontext() as context:
        context.prec = DIGITS
        return (Decimal(squares.numerator) / Decimal(squares.denominator)).sqrt()


def _all(one: Mapping[str, Fraction], other: Mapping[str, Fraction]) -> Sequence[str]:
    return [*one, *(each for each in other if each not in one)]


def hamilton(seats: int, norm: Mapping[str, Fraction]) -> dict[str, int]:
    """Return the whole seats per category nearest a norm: whole quotas first, then the largest remainders.

    Equal remainders go in the order of the categories.
    """
    quotas = {each: share * seats for each, share in norm.items()}
    given = {each: int(quota) for each, quota in quotas.items()}
    order = sorted(norm, key=lambda each: given[each] - quotas[each])  # sorted() keeps the order of equals
    for each in order[: seats - sum(given.values())]:
        given[each] += 1
    return given


def shares_of(counts: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return each category's share of all that is counted.

    :raises ZeroDivisionError: nothing is counted
    """
    total = sum(counts.values(), _0)
    return {each: count / total for each, count in counts.items()}


def whole(value: Fraction) -> int:
    """Return the smallest whole number that is at least `value`."""
    return -(-value.numerator // value.denominator)
