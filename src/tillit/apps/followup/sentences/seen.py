"""What a sentence is made of: the code of a finding, what the formula gave and what it was given, as stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tillit.apps.followup.sentences.figures import amount

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as it is stored. `unit`: that of the indicator, "" where it has none.

    `percent`: that its figures are shares, to be read as percent.
    """

    code: str
    result: Mapping[str, Any]
    facts: Mapping[str, Any]
    unit: str = ""
    percent: bool = False

    def amount(self, value: Fraction | Decimal | str | int | None, places: int | None = None) -> str:
        """Return a figure of the indicator with its unit, or that it is not known. `places`: its decimals at most."""
        return amount(self.read(value), self.unit, places)

    def bare(self, value: Fraction | Decimal | str | int | None) -> str:
        """Return a figure of the indicator where the unit stands beside."""
        return amount(self.read(value))

    def read(self, value: Fraction | Decimal | str | int | None) -> Fraction | None:
        """Return a figure as it is written by people: a share in percent where its unit says so."""
        if value is None:
            return None
        return Fraction(value) * (HUNDRED if self.percent else 1)
