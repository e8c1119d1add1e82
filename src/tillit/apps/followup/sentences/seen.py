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

    def amount(self, value: Fraction | Decimal | str | int | None) -> str:
        """Return a figure of the indicator with its unit, or that it is not known."""
        return amount(self._read(value), self.unit)

    def bare(self, value: Fraction | Decimal | str | int | None) -> str:
        """Return a figure of the indicator where the unit stands beside."""
        return amount(self._read(value))

    def _read(self, value: Fraction | Decimal | str | int | None) -> Fraction | None:
        if value is None:
            return None
        return Fraction(value) * (HUNDRED if self.percent else 1)
