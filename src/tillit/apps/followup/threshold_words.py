"""Which thresholds a partnership may decide on, what each is called, in what it is counted, and what it can be.

Readings: what the method itself rests on is nobody's to decide: how many values the rules of D3 need at all, and the
table that D4's interval comes from, which holds for six to eight values. The baseline of D3 may be extended to 24.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.core.indicators.chart import CONSTANTS

Said = str | Promise
SHARE, DAYS, COUNT, STEPS, TIMES, CHOICE, YES_NO = "share", "days", "count", "steps", "times", "choice", "yes_no"
UNIT_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        SHARE: _("andel"),
        DAYS: _("dagar"),
        COUNT: _("antal"),
        STEPS: _("steg"),
        TIMES: _("gånger"),
        CHOICE: "",
        YES_NO: "",
    }
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold of a rule: its name in the core, what it is called, its unit, and the least and most it can be."""

    name: str
    word: Said
    unit: str
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1)
    choices: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.unit in (DAYS, COUNT, STEPS)


def _whole(name: str, word: Said, unit: str, least: int, most: int) -> Threshold:
    return Threshold(name, word, unit, Decimal(least), Decimal(most))


RULE_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        "D1": _("Efter plan"),
        "D2": _("Saknat och sent"),
        "D3": _("Slump eller förändring"),
        "D4": _("Prognos"),
        "D5": _("Beskriven nivå som faller"),
        "D5.raters": _("Bedömare som är oense"),
        "D6": _("Mål som går att mäta"),
        "D7": _("Luckor i effektlogiken"),
        "D14": _("Värden att bekräfta"),
        "D15": _("Rad till styrelsen"),
    }
)
THRESHOLDS: Mapping[str, tuple[Threshold, ...]] = MappingProxyType(
    {
        "D1": (
            Threshold("green", _("Grönt ned till så mycket före (+) eller efter (−) plan"), SHARE, Decimal(-1)),
            Threshold("yellow", _("Gult ned till så mycket efter plan, därunder rött"), SHARE, Decimal(-1)),
            Threshold("ahead", _("Före plan över"), SHARE),
        ),
        "D2": (
            _whole("red_after", _("Rött när det är senare än"), DAYS, 1, 366),
            _whole("in_a_row", _("Rött när så många i rad saknas"), COUNT, 2, 12),
            Threshold("complete", _("Gult när mindre än så mycket är godkänt"), SHARE),
            Threshold("incomplete", _("Rött när mindre än så mycket är godkänt"), SHARE),
            _whole("periods", _("Perioder bakåt som räknas"), COUNT, 1, 24),
        ),
        "D3": (
            Threshold("constant", _("Gränsernas avstånd"), CHOICE, choices=tuple(CONSTANTS)),
            _whole("baseline", _("Värden i baslinjen"), COUNT, 12, 24),
            Threshold("screen", _("Lämna ovanligt stora steg utanför"), YES_NO),
            Threshold("screen_at", _("Ett steg är ovanligt stort från"), TIMES, Decimal(2), Decimal(10)),
        ),
        "D4": (
            _whole("window", _("Perioder som linjen dras genom"), COUNT, 6, 8),
            _whole("fewest", _("Godkända värden som behövs"), COUNT, 6, 8),
            _whole("reach", _("Längst fram, gånger antalet värden"), COUNT, 1, 2),
        ),
        "D5": (
            _whole("yellow", _("Gult vid så många steg sämre"), STEPS, 1, 4),
            _whole("red", _("Rött vid så många steg sämre"), STEPS, 1, 4),
            _whole("earlier", _("Tidigare nivåer att jämföra med"), COUNT, 1, 12),
        ),
        "D5.raters": (Threshold("concord", _("Ense när så många ligger inom ett steg"), SHARE),),
        "D6": (
            Threshold("yellow", _("Gult när färre mål än så går att mäta"), SHARE),
            Threshold("red", _("Rött när färre mål än så går att mäta"), SHARE),
        ),
        "D7": (),
        "D14": (
            Threshold("modified_z", _("Långt från de andra, modifierat z över"), TIMES, Decimal(1), Decimal(10)),
            _whole("window", _("Tidigare värden att jämföra med"), COUNT, 6, 60),
            _whole("fewest", _("Värden som behövs"), COUNT, 3, 60),
            Threshold("jump_low", _("Fel enhet, från så många gånger"), TIMES, Decimal(2), Decimal(10)),
            Threshold("jump_high", _("Fel enhet, till så många gånger"), TIMES, Decimal(10), Decimal(50)),
            Threshold("revision", _("Ändrat mer än så mycket"), SHARE, most=Decimal(10)),
            _whole("stuck", _("Samma värde så många perioder i rad"), COUNT, 2, 24),
        ),
        "D15": (),
    }
)
"""By rule, in the order of the page; a rule without any holds or does not."""

Order = tuple[str, Callable[[Any], bool], Said]
ORDERS: Mapping[str, tuple[Order, ...]] = MappingProxyType(
    {
        "D1": (
            (
                "yellow",
                lambda of: of.yellow < of.green,
                _("Gränsen mot rött ligger längre ned än den mot gult."),
            ),
            ("ahead", lambda of: of.green < of.ahead, _("Före plan ligger över grönt.")),
        ),
        "D2": (
            ("incomplete", lambda of: of.incomplete <= of.complete, _("Rött är strängare än gult: andelen är lägre.")),
        ),
        "D4": (("fewest", lambda of: of.fewest <= of.window, _("Det går inte att kräva fler värden än som räknas.")),),
        "D5": (("red", lambda of: of.yellow < of.red, _("Rött är fler steg än gult.")),),
        "D6": (("red", lambda of: of.red < of.yellow, _("Rött är strängare än gult: andelen är lägre.")),),
        "D14": (
            ("fewest", lambda of: of.fewest <= of.window, _("Det går inte att kräva fler värden än som räknas.")),
            ("jump_high", lambda of: of.jump_low < of.jump_high, _("Till är mer än från.")),
        ),
    }
)
"""What has to hold between the thresholds of a rule: where to say it, whether it does, and what is wrong."""
