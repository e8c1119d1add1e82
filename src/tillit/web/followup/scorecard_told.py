"""The scorecard in words: its headline, the cards of what to take a stand on, and a table per level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.apps.followup.pictures import Picture
from tillit.apps.followup.queries.scorecard import Gap, Row, Scorecard, told_by
from tillit.apps.partnerships.models.words import LEVEL_WORDS
from tillit.core.indicators.judged import IMPROVEMENT, NOT_ASSESSABLE
from tillit.web.followup.drawing.figures import missing, number, period_word, places_of, with_unit
from tillit.web.followup.drawing.shapes import Drawing
from tillit.web.followup.drawn import read, small, unit_of
from tillit.web.partnerships.told import level_word

MOST_CARDS = 3
COUNTS = {
    2: gettext_lazy("Två"),
    3: gettext_lazy("Tre"),
    4: gettext_lazy("Fyra"),
    5: gettext_lazy("Fem"),
    6: gettext_lazy("Sex"),
    7: gettext_lazy("Sju"),
    8: gettext_lazy("Åtta"),
    9: gettext_lazy("Nio"),
    10: gettext_lazy("Tio"),
    11: gettext_lazy("Elva"),
    12: gettext_lazy("Tolv"),
}
STATES = {
    "avviker": gettext_lazy("att ta ställning till"),
    "battre": gettext_lazy("bättre"),
    "oklart": gettext_lazy("går inte att bedöma än"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """Something to take a stand on, or to learn from, with where to go."""

    mark: str
    word: str
    title: str
    says: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. `latest`, `target`: a figure with its unit, or that it is not known."""

    row: Row
    latest: str
    period: str
    target: str
    by: str
    drawing: Drawing | None


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators of a level."""

    code: str
    title: str
    lines: tuple[Line, ...]


def headline(card: Scorecard) -> str:
    """Return the finding of the page."""
    count = len(card.to_decide) + len(card.gaps)
    better = sum(is_better(row) for row in card.rows)
    if count == 1:
        return _("En sak att ta ställning till")
    if count:
        return _("%(count)s saker att ta ställning till") % {"count": COUNTS.get(count, count)}
    if not card.rows:
        return _("Här finns inget att följa än")
    if all(row.verdict == NOT_ASSESSABLE for row in card.rows):
        return _("Det går inte att bedöma något än")
    if better:
        text = ngettext(
            "Inget avviker, och %(n)s indikator har blivit bättre",
            "Inget avviker, och %(n)s indikatorer har blivit bättre",
            better,
        )
        return text % {"n": better}
    return _("Inget avviker från planen")


def is_better(row: Row) -> bool:
    """Return whether an indicator has become better, or is ahead of its path."""
    found = row.picture.step if row.picture.is_qualitative else row.picture.line
    return found is not None and found.direction == IMPROVEMENT and not row.is_to_decide


def cards(card: Scorecard, slug: str) -> tuple[Card, ...]:
    """Return at most three cards: levels without formal promises, the worst lines, then what has become better."""
    better = [row for row in card.rows if is_better(row)]
    found = [*(_gap_card(gap, slug) for gap in card.gaps), *(_row_card(row, slug) for row in card.to_decide)]
    return tuple([*found, *(_row_card(row, slug) for row in better)][:MOST_CARDS])


def more(card: Scorecard) -> int:
    """Return how much more there is to take a stand on than the cards show."""
    return max(0, len(card.to_decide) + len(card.gaps) - MOST_CARDS)


def _gap_card(gap: Gap, slug: str) -> Card:
    level = LEVEL_WORDS.get(gap.code, gap.level)
    beside = ngettext(
        "På samma nivå finns %(n)s åtagande som inte är de beslutandes.",
        "På samma nivå finns %(n)s åtaganden som inte är de beslutandes.",
        gap.beside,
    )
    return Card(
        "breach",
        _("Åtagande saknas"),
        _("Inga formella åtaganden där det beslutas: %(level)s") % {"level": level},
        beside % {"n": gap.beside} if gap.beside else _("Inte heller någon annan på nivån har lovat något."),
        reverse("partnerships:commitments", args=[slug]),
        _("Till åtagandena"),
    )


def _row_card(row: Row, slug: str) -> Card:
    of = row.picture
    says = row.told.says if of.is_qualitative else f"{row.told.says.rstrip('.')}. {_stands(of)}"
    href = reverse("followup:indicator", args=[slug, row.indicator.pk])
    return Card(row.told.mark, row.told.word, row.indicator.name, says.strip(), href, _("Se utvecklingen"))


def _stands(of: Picture) -> str:
    return told_by("D1", of, of.standing, of.observed) if of.standing is not None else ""


def groups(rows: Sequence[Row]) -> tuple[Group, ...]:
    """Return the indicators per level, from the top."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row.indicator.level, []).append(row)
    return tuple(Group(level.code, level_word(level), tuple(map(line, of))) for level, of in found.items())


def line(row: Row) -> Line:
    """Return an indicator as a row of the table."""
    of = row.picture
    latest, period = latest_of(of)
    target, by = target_of(of)
    return Line(row, latest, period, target, by, small(of))


def latest_of(of: Picture) -> tuple[str, str]:
    """Return the latest value with its unit, and its period, "" where there is none."""
    if of.latest is None:
        return missing(), ""
    period = period_word(of.latest.period)
    if of.is_qualitative:
        return (_("nivå %(level)s") % {"level": of.rated.level} if of.rated else missing()), period
    value = read(of, of.latest.value)
    return (missing() if value is None else with_unit(value, unit_of(of), places_of([value]))), period


def target_of(of: Picture) -> tuple[str, str]:
    """Return the target with its unit, and its day; that there is none where nobody has set any."""
    target = of.bearings.target
    if target is None:
        return _("inget mål"), ""
    if target.level is not None:
        return _("nivå %(level)s") % {"level": target.level}, target.day.isoformat()
    low, high, value = read(of, target.low), read(of, target.high), read(of, target.value)
    if low is not None and high is not None:
        return f"{number(low)}–{with_unit(high, unit_of(of))}", target.day.isoformat()
    return (missing() if value is None else with_unit(value, unit_of(of))), target.day.isoformat()


def sifted(card: Scorecard, level: str, state: str) -> Scorecard:
    """Return what of the scorecard is asked for: a level, and how it stands; "" is all, what is no such is all."""
    rows = [row for row in card.rows if level in ("", row.indicator.level.code)]
    gaps = [gap for gap in card.gaps if level in ("", gap.code)]
    keep = {"avviker": lambda row: row.is_to_decide, "battre": is_better, "oklart": _is_unclear}.get(state)
    return Scorecard(tuple(row for row in rows if keep is None or keep(row)), tuple(gaps))


def _is_unclear(row: Row) -> bool:
    return row.verdict == NOT_ASSESSABLE


def levels(card: Scorecard) -> Iterator[tuple[str, str]]:
    """Yield the levels that something is followed on, from the top, with what they are called."""
    for level in dict.fromkeys(row.indicator.level for row in card.rows):
        yield level.code, level_word(level)


def day_told(today: date) -> str:
    return _("läge %(day)s") % {"day": today.isoformat()}
