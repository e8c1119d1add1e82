"""The colours of the style sheet, light and dark, and how well they can be told apart.

Contrast is WCAG's: (lighter + 0.05) / (darker + 0.05) of relative luminances. Text needs 4.5, lines and shapes 3.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.contrib.staticfiles import finders

TEXT, SHAPE = 4.5, 3.0
PAIRS = (
    *(("ink", paper, TEXT) for paper in ("paper", "sheet", "spruce-tint")),
    *(("ink-soft", paper, TEXT) for paper in ("paper", "sheet", "spruce-tint")),
    *(("spruce", paper, TEXT) for paper in ("paper", "sheet", "spruce-tint")),
    ("spruce-deep", "paper", TEXT),
    ("on-spruce", "spruce", TEXT),
    *((tone, paper, TEXT) for tone in ("meets", "breach", "judge", "undecided", "na") for paper in ("paper", "sheet")),
    *((tone, f"{tone}-tint", TEXT) for tone in ("meets", "breach", "judge", "undecided", "na")),
    *(("ink", f"{tone}-tint", TEXT) for tone in ("meets", "breach", "judge", "undecided", "na")),
    ("line-strong", "paper", SHAPE),
    ("line-strong", "sheet", SHAPE),
    ("focus", "paper", SHAPE),
    ("focus", "sheet", SHAPE),
)
"""What stands on what, and the contrast that it needs."""
_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """One colour on another in one scheme: the contrast, and whether it is enough."""

    front: str
    back: str
    front_colour: str
    back_colour: str
    contrast: float
    needed: float

    @property
    def holds(self) -> bool:
        return self.contrast >= self.needed


@cache
def tokens() -> Mapping[str, Mapping[str, str]]:
    """Return the colours of the style sheet by name, for "light" and for "dark"."""
    with open(str(finders.find("tillit/tillit.css")), encoding="utf-8") as sheet:  # noqa: PTH123 - a finder's answer
        blocks = re.findall(r":root \{(.*?)\}", sheet.read(), re.DOTALL)
    light = dict(_TOKEN.findall(blocks[0]))
    return {"light": light, "dark": light | dict(_TOKEN.findall(blocks[1]))}


def pairs(scheme: str) -> tuple[Pair, ...]:
    """Return every pair of colours that meet on the pages, in one scheme."""
    named = tokens()[scheme]
    return tuple(
        Pair(front, back, named[front], named[back], contrast(named[front], named[back]), needed)
        for front, back, needed in PAIRS
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    full = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
