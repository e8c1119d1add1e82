"""The 21 regions by SCB county code and the six collaborative health care regions they belong to.

Halland belongs to two. No public source says how much to which, so it is half to each until one does.
"""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

NORTH, CENTRAL, STOCKHOLM_GOTLAND = "north", "central", "stockholm_gotland"
SOUTHEAST, SOUTH, WEST = "southeast", "south", "west"
CARE_REGIONS = (NORTH, CENTRAL, STOCKHOLM_GOTLAND, SOUTHEAST, SOUTH, WEST)

_WHOLE: Mapping[str, tuple[str, ...]] = {
    NORTH: ("22", "23", "24", "25"),
    CENTRAL: ("03", "04", "17", "18", "19", "20", "21"),
    STOCKHOLM_GOTLAND: ("01", "09"),
    SOUTHEAST: ("05", "06", "08"),
    SOUTH: ("07", "10", "12"),
    WEST: ("14",),
}
HALLAND = "13"
_HALF = Fraction(1, 2)

CARE_REGION_SHARES: Mapping[str, Mapping[str, Fraction]] = MappingProxyType(
    {
        **{code: {care: Fraction(1)} for care, codes in _WHOLE.items() for code in codes},
        HALLAND: {SOUTH: _HALF, WEST: _HALF},
    }
)
"""Per region code: its share of each collaborative region; the shares of a region are 1 together."""
REGIONS = tuple(sorted(CARE_REGION_SHARES))


def split_regions() -> tuple[str, ...]:
    """Return the regions that belong to more than one collaborative region: a county's outline cannot show that."""
    return tuple(code for code in REGIONS if len(CARE_REGION_SHARES[code]) > 1)


def by_care_region(
    seats: Mapping[str, Fraction], shares: Mapping[str, Mapping[str, Fraction]] = CARE_REGION_SHARES
) -> dict[str, Fraction]:
    """Return what regions have (seats, or parts of seats) summed per collaborative region, each in its own share.

    :raises KeyError: a region code that is not in the table
    """
    found = dict.fromkeys(CARE_REGIONS, Fraction(0))
    for code, amount in seats.items():
        for care, share in shares[code].items():
            found[care] = found.get(care, Fraction(0)) + amount * share
    return found
