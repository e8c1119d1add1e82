"""The described levels of a qualitative indicator, 0 to 4, and the lowest that is accepted (I-17, D5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.definitions import is_observed, to_write
from tillit.apps.followup.actions.written import prose
from tillit.apps.followup.models import IndicatorVersion, RubricLevel
from tillit.apps.parties.conditions import line
from tillit.apps.parties.models import Organisation
from tillit.core.indicators.measurability import QUALITATIVE
from tillit.core.indicators.rubric import LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelFacts:
    """What a level is called and means, with an example of how it can look."""

    level: int
    label: str
    descriptor: str
    example: str = ""


@transaction.atomic
def describe_levels(
    *,
    version: IndicatorVersion,
    levels: Sequence[LevelFacts],
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> tuple[RubricLevel, ...]:
    """Describe the levels of a qualitative indicator anew, all at once; what is left out is no longer described.

    :raises Refused: a level is none or comes twice, lacks its name or its words, or something is reported by them
    """
    current = to_write(version, at)
    _refuse_other_kind(current)
    if is_observed(current):
        raise Refused(_("Något är redan rapporterat enligt nivåerna. Skapa en ny version från nästa period i stället."))
    seen: set[int] = set()
    for each in levels:
        if each.level not in LEVELS:
            raise Refused(_("Nivåerna går från 0 till 4."), field="level")
        if each.level in seen:
            raise Refused(
                _("Nivå %(level)s står två gånger. Beskriv den en gång.") % {"level": each.level}, field="level"
            )
        seen.add(each.level)
    rows = [_row(current, each) for each in levels]
    current.rubric.all().delete()
    made = RubricLevel.objects.bulk_create(rows)
    audit.note("followup.rubric.described", subject=current.indicator, by=by, at=at, acting_for=acting_for)
    return tuple(made)


@transaction.atomic
def decide_floor(
    *,
    version: IndicatorVersion,
    floor_level: int | None,
    decision: str,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
) -> IndicatorVersion:
    """Let a level be the lowest that is accepted, by somebody's decision; None: there is none any more.

    The decision is kept with the version's own, where that had one.

    :raises Refused: it is no level, nobody decided it, or something is reported already: decide it in a new version
    """
    current = to_write(version, at)
    _refuse_other_kind(current)
    if floor_level is not None and floor_level not in LEVELS:
        raise Refused(_("Nivåerna går från 0 till 4."), field="floor_level")
    said = line(decision, field="decision", most=300)
    if is_observed(current):
        raise Refused(_("Något är redan rapporterat. Skapa en ny version och bestäm golvet där, före nästa rapport."))
    if current.number > 1 and current.decision and said not in current.decision:
        said = line(f"{current.decision}; {said}", field="decision", most=300)
    current.floor_level, current.decision = floor_level, said
    current.save(update_fields=["floor_level", "decision"])
    audit.note(
        "followup.floor.decided",
        subject=current.indicator,
        by=by,
        at=at,
        acting_for=acting_for,
        level="" if floor_level is None else str(floor_level),
    )
    return current


def _refuse_other_kind(current: IndicatorVersion) -> None:
    if current.kind != QUALITATIVE:
        raise Refused(_("Bara en kvalitativ indikator har nivåer i ord. Den här mäts i tal."))


def _row(version: IndicatorVersion, each: LevelFacts) -> RubricLevel:
    field = f"label_{each.level}"
    return RubricLevel(
        version=version,
        level=each.level,
        label=line(each.label, field=field, most=80),
        descriptor=_needed(prose(each.descriptor, field=f"descriptor_{each.level}", most=1000), each.level),
        example=prose(each.example, field=f"example_{each.level}", most=1000),
    )


def _needed(text: str, level: int) -> str:
    if not text:
        raise Refused(
            _("Beskriv vad nivå %(level)s innebär, så att två bedömare menar samma sak.") % {"level": level},
            field=f"descriptor_{level}",
        )
    return text
