"""What the tests of figures share: a number as it is printed, and the published series."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

NIST = "49.6 47.6 49.9 51.3 47.8 51.2 52.6 52.4 53.6 52.1"
SAS_JETS = "78.4 80.1 84.4 79.1 80.4 83.5 73.8 83.5 75.0 76.8 70.5 80.3 82.4 79.4 86.4 90.5 77.7 82.5 79.9 83.2"
NHS = "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1"
OWN = "128 131 125 133 127 130 126 132 129 127 124 131 122 121 119 118 117 116 115"


def printed(number, decimals):
    """Return a number rounded half up, as a book prints it."""
    assert number is not None
    with localcontext(prec=60):
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def series(text):
    return tuple(None if word == "-" else Fraction(word) for word in text.split())
