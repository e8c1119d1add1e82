"""Numbers known by bounds: their arithmetic, and what the bounds decide of a comparison."""

from tillit.core.rulebook.values import F, T

Span = tuple[int | None, int | None]


def span(op: str, left: Span, right: Span) -> Span:
    """Return the bounds of `left op right`; None is no bound. The factor of `*` is exact."""
    (a, b), (c, d) = left, right
    if op == "+":
        return (None if a is None or c is None else a + c, None if b is None or d is None else b + d)
    if op == "-":
        return (None if a is None or d is None else a - d, None if b is None or c is None else b - c)
    if c is None or c != d:
        return (None, None)
    low, high = (a, b) if c >= 0 else (b, a)
    return (None if low is None else low * c, None if high is None else high * c)


def within(op: str, left: Span, right: Span, doubt: int) -> int:
    """Return T or F where the bounds decide a comparison, else `doubt`."""
    (a, b), (c, d) = left, right
    if op in (">", ">="):
        return within("<" if op == ">" else "<=", right, left, doubt)
    if op in ("==", "!="):
        apart = (b is not None and c is not None and b < c) or (a is not None and d is not None and a > d)
        same = a is not None and a == b == c == d
        if apart or same:
            return T if same == (op == "==") else F
        return doubt
    if b is not None and c is not None and (b < c if op == "<" else b <= c):
        return T
    if a is not None and d is not None and (a >= d if op == "<" else a > d):
        return F
    return doubt
