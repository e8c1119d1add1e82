"""Where each fact of a record kind has its slot, and what a slot holds.

bool: a value's bit (F, U, J, T). enum: 0 for unknown, 1… for its values and one more for "awaits a judgement".
Numbers and dates: an int or None. text: a str or None. A bounded number: two slots, low and high (None = no bound).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillit.core.rulebook.tree import Symbol
from tillit.core.rulebook.values import F, J, T, U

Slots = Sequence[object]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each symbol of a record kind has its slot; a bounded one has its low here and its high in the next."""

    places: Mapping[str, int]
    symbols: Mapping[str, Symbol]
    width: int

    @staticmethod
    def of(listing: Sequence[Symbol]) -> "Layout":
        """Return slots for the symbols, in their order."""
        places: dict[str, int] = {}
        width = 0
        for symbol in listing:
            places[symbol.name] = width
            width += 2 if symbol.bounded else 1
        return Layout(places, {symbol.name: symbol for symbol in listing}, width)

    def unknown(self) -> list[object]:
        """Return the slots of a record of which nothing is known."""
        slots: list[object] = [None] * self.width
        for name, symbol in self.symbols.items():
            if symbol.type == "bool":
                slots[self.places[name]] = U if symbol.missing == "U" else J
            elif symbol.type == "enum":
                slots[self.places[name]] = 0 if symbol.missing == "U" else len(symbol.values) + 1
        return slots


def enum_table(symbol: Symbol, chosen: Sequence[int | str]) -> tuple[int, ...]:
    """Return the bit for each slot value of a choice: unknown, then its values, then "awaits a judgement"."""
    return (U, *(T if value in chosen else F for value in symbol.values), J)
