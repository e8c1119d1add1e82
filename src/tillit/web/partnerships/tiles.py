"""The 21 regions as a map of tiles: each as large as the others, about where it lies. The layout is our own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tillit.apps.partnerships.queries.representing import RegionRow

WIDE, HIGH, APART = 76, 62, 6
LETTERS = {
    "01": "AB",
    "03": "C",
    "04": "D",
    "05": "E",
    "06": "F",
    "07": "G",
    "08": "H",
    "09": "I",
    "10": "K",
    "12": "M",
    "13": "N",
    "14": "O",
    "17": "S",
    "18": "T",
    "19": "U",
    "20": "W",
    "21": "X",
    "22": "Y",
    "23": "Z",
    "24": "AC",
    "25": "BD",
}
"""The counties' letters, as they have been used since the eighteenth century."""
PLACES = (
    ("", "", "", "25"),
    ("", "", "23", "24"),
    ("", "", "", "22"),
    ("", "", "20", "21"),
    ("", "17", "19", "03"),
    ("", "18", "04", "01"),
    ("14", "06", "05", ""),
    ("13", "07", "08", "09"),
    ("", "12", "10", ""),
)
"""Rows from the north, columns from the west."""
COLUMNS = 4
STATES = {
    "direct": ("meets", _("egen plats")),
    "indirect": ("judge", _("via annan")),
    "none": ("undecided", _("ingen")),
}
"""The shape of each state, as elsewhere on the site, and its word."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A region's tile: its corner in the picture, its letters, and how it is represented as a shape and a word."""

    x: int
    y: int
    letters: str
    row: RegionRow
    mark: str
    word: str


@dataclass(frozen=True, slots=True)
class TileMap:
    width: int
    height: int
    tiles: tuple[Tile, ...]

    @property
    def in_order(self) -> tuple[Tile, ...]:
        """Return the tiles by the codes of their regions, as the table has them."""
        return tuple(sorted(self.tiles, key=lambda tile: tile.row.code))


def tile_map(rows: Iterable[RegionRow]) -> TileMap:
    """Return the regions as tiles, from the north."""
    known = {each.code: each for each in rows}
    tiles = tuple(
        _tile(column * (WIDE + APART), line * (HIGH + APART), known[code])
        for line, codes in enumerate(PLACES)
        for column, code in enumerate(codes)
        if code
    )
    return TileMap(COLUMNS * (WIDE + APART) - APART, len(PLACES) * (HIGH + APART) - APART, tiles)


def _tile(x: int, y: int, row: RegionRow) -> Tile:
    mark, word = STATES[row.state]
    return Tile(x, y, LETTERS[row.code], row, mark, str(word))
