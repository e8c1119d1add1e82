"""Who decides what on which level: rights as a table, and where nobody or more than one decides (R30)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import CURRENT, MandateItem, Organ, Partnership, Subject
from tillit.apps.partnerships.models.words import RIGHT_WORDS
from tillit.apps.partnerships.organ_facts import during, mandate_fact, organ_fact
from tillit.apps.partnerships.queries.agreement_words import level_name
from tillit.apps.partnerships.queries.organ_words import Told, band, flag_told, told
from tillit.apps.partnerships.queries.rows import levels_of, organs_of
from tillit.apps.prepared import prepared
from tillit.core.governance.areas import DECIDES
from tillit.core.governance.flags import Flag, by_severity
from tillit.core.governance.mandates import DECIDERS, mandate_flags


@dataclass(frozen=True, slots=True)
class Right:
    """What an organ may do in a cell of the table."""

    organ: UUID
    name: str
    decides: bool
    right: str
    amounts: str
    over: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A subject on a level: who may what, deciders first; `finding` where nobody or more than one decides."""

    rights: tuple[Right, ...]
    finding: Told | None


@dataclass(frozen=True, slots=True)
class SubjectRow:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MandateTable:
    """`levels`: the columns, those where anything is said. `findings`: in words, the most serious first."""

    levels: tuple[str, ...]
    rows: tuple[SubjectRow, ...]
    findings: tuple[Told, ...]


def mandate_table(partnership: Partnership, sight: Sight, today: date) -> MandateTable:
    """Return who may what, on a day. Four queries.

    Somebody is to decide where any organ has any right, and on a subject that no organ has one about, on the highest
    level (our reading of "none is a finding"). Nothing is found of a cell in which an organ that is not for the one
    who asks has a right.
    """
    organs = {each.pk: each for each in organs_of(partnership.pk)}
    running = {key for key, each in organs.items() if during(each).holds(today)}
    subjects, levels = _subjects(partnership.pk), levels_of(partnership.pk)
    items = [each for each in _items(partnership.pk) if during(each).holds(today) and each.organ_id in running]
    shown = {key for key in running if sight.sees(organs[key].openness, key)}
    hidden = {(each.subject_id, each.level_id) for each in items if each.organ_id not in shown}
    flags = mandate_flags(
        [mandate_fact(each) for each in items],
        [organ_fact(organs[key]) for key in sorted(running)],
        _wanted(subjects, items, levels[0].pk if levels else 0),
        partnership=str(partnership.pk),
        on=today,
    )
    mine = [each for each in by_severity(flags) if _theirs(each, hidden, shown)]
    cells = {_where(each): _short(each) for each in mine if each.code == DECIDERS}
    seen = [each for each in items if each.organ_id in shown]
    used = [each for each in levels if any(item.level_id == each.pk for item in seen) or _found(cells, each.pk)]
    names = {str(key): each.name for key, each in organs.items()}
    names |= {f"subject:{each.pk}": each.name for each in subjects}
    names |= {f"level:{each.pk}": level_name(each) for each in levels}

    def cell(subject: int, level: int) -> Cell:
        return Cell(_rights(seen, organs, subject, level), cells.get((subject, level)))

    return MandateTable(
        tuple(level_name(each) for each in used),
        tuple(SubjectRow(each.name, tuple(cell(each.pk, level.pk) for level in used)) for each in subjects),
        tuple(flag_told(each, names) for each in mine),
    )


@prepared
def _subjects(partnership: UUID) -> QuerySet[Subject]:
    return Subject.objects.filter(partnership=partnership)


@prepared
def _items(partnership: UUID) -> QuerySet[MandateItem]:
    return MandateItem.objects.filter(CURRENT, organ__partnership=partnership).order_by("pk")


def _theirs(flag: Flag, hidden: set[tuple[int, int]], shown: set[UUID]) -> bool:
    return _where(flag) not in hidden if flag.code == DECIDERS else UUID(flag.subject) in shown


def _where(flag: Flag) -> tuple[int, int]:
    return int(flag.dimensions["subject"]), int(flag.dimensions["level"])


def _found(cells: dict[tuple[int, int], Told], level: int) -> bool:
    return any(where[1] == level for where in cells)


def _wanted(subjects: Sequence[Subject], items: Sequence[MandateItem], top: int) -> list[tuple[str, str]]:
    said = {(each.subject_id, each.level_id): None for each in items}
    about = {subject for subject, _level in said}
    wanted = [*said, *((each.pk, top) for each in subjects if each.pk not in about)]
    return [(str(subject), str(level)) for subject, level in wanted]


def _rights(items: Sequence[MandateItem], organs: dict[UUID, Organ], subject: int, level: int) -> tuple[Right, ...]:
    here = [each for each in items if (each.subject_id, each.level_id) == (subject, level)]
    order = list(RIGHT_WORDS)
    here.sort(key=lambda each: (order.index(each.right), each.amount_from or 0, organs[each.organ_id].name))
    return tuple(
        Right(
            each.organ_id,
            organs[each.organ_id].name,
            each.right == DECIDES,
            str(RIGHT_WORDS[each.right]),
            band(each.amount_from, each.amount_to),
            each.over,
        )
        for each in here
    )


def _short(flag: Flag) -> Told:
    some = _("ingen beslutar om alla belopp") if flag.facts["deciders"] else _("ingen beslutar")
    return told(flag.severity, _("två beslutar") if flag.result["two"] else some)
