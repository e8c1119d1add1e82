"""The four values and the five outcomes, as small numbers whose tables are the contract's.

A value is one bit: F 1, U 2, J 4, T 8. The operands of `and`/`or` are or-ed together and the result is looked up,
so that *first of F, U, J, T that occurs* (and) and *first of T, U, J, F* (or) are one step each.
An outcome is a number whose order is the roll-up's: the worst is the largest.
"""

from typing import Final

F: Final = 1
U: Final = 2
J: Final = 4
T: Final = 8
VALUES: Final = {"F": F, "U": U, "J": J, "T": T}


def _first(bits: int, order: tuple[int, ...]) -> int:
    return next((value for value in order if bits & value), 0)


AND: Final = tuple(_first(bits, (F, U, J, T)) for bits in range(16))
OR: Final = tuple(_first(bits, (T, U, J, F)) for bits in range(16))
NOT: Final = tuple({F: T, T: F, U: U, J: J}.get(value, 0) for value in range(9))

NOT_APPLICABLE: Final = 0
MEETS: Final = 1
JUDGE: Final = 2
UNDECIDED: Final = 3
BREACH: Final = 4
OUTCOMES: Final = ("not_applicable", "meets", "judge", "undecided", "breach")


def outcome(applies: int, requires: int, judge: int = F) -> int:
    """Return the outcome of one rule on one record, by the contract's table; `judge` is F where a rule has none."""
    if applies == F:
        return NOT_APPLICABLE
    if requires == T:
        return MEETS
    if U in (applies, requires):
        return UNDECIDED
    if J in (applies, requires):
        return JUDGE
    return {F: BREACH, T: JUDGE, J: JUDGE, U: UNDECIDED}[judge]


def _table(softened: bool) -> tuple[tuple[tuple[int, ...], ...], ...]:
    bits = range(9)
    known = (F, U, J, T)

    def cell(a: int, r: int, j: int) -> int:
        if a not in known or r not in known or j not in known:
            return NOT_APPLICABLE
        return JUDGE if softened and (a, r) == (T, F) else outcome(a, r, j)

    return tuple(tuple(tuple(cell(a, r, j) for j in bits) for r in bits) for a in bits)


OUT: Final = _table(softened=False)
"""`OUT[applies][requires][judge]`."""
SOFT: Final = _table(softened=True)
"""The same for a rule below certainty `seed`: it never says breach, only judge, whatever its own `judge` comes to."""

UNDER_SCOPE: Final = {
    T: (NOT_APPLICABLE, MEETS, JUDGE, UNDECIDED, BREACH),
    U: (NOT_APPLICABLE, MEETS, UNDECIDED, UNDECIDED, UNDECIDED),
    J: (NOT_APPLICABLE, MEETS, JUDGE, UNDECIDED, JUDGE),
    F: (NOT_APPLICABLE,) * 5,
}
"""What an outcome becomes under each value of the edition's scope: the same as `scope and applies` in the table."""
