"""An indicator is taken from the library: its definition, its described levels, a published figure to begin from."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.definitions import Definition
from tillit.apps.followup.actions.indicators import IndicatorFacts, write_indicator
from tillit.apps.followup.actions.rubric import LevelFacts, describe_levels
from tillit.apps.followup.actions.targets import BaselineFacts, set_baseline
from tillit.apps.followup.library_shape import LibraryEntry
from tillit.apps.followup.models import Indicator
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import Partnership


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What is taken and made of it. `definition`: the entry's own (`definition_of`), as far as it is kept.

    `with_baseline`: the latest exact public figure is the baseline. `lang`: the language that levels are described in.
    """

    entry: LibraryEntry
    facts: IndicatorFacts
    definition: Definition
    with_baseline: bool = False
    lang: str = "sv"


@transaction.atomic
def take_from_library(
    *,
    partnership: Partnership,
    taking: Taking,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Indicator:
    """Return a new indicator made from an entry of the library.

    :raises Refused: as `write_indicator`; there is no figure that can be a baseline for how often it is measured
    """
    entry, definition, lang = taking.entry, taking.definition, taking.lang
    made = write_indicator(
        partnership=partnership,
        facts=taking.facts,
        definition=definition,
        by=by,
        at=at,
        acting_for=acting_for,
        library=entry.code,
    )
    version = made.versions.get()
    if entry.is_qualitative and version.kind == entry.kind:
        levels = [
            LevelFacts(
                level=each.level,
                label=each.label.said(lang),
                descriptor=each.descriptor.said(lang),
                example=each.example.said(lang),
            )
            for each in entry.rubric
        ]
        describe_levels(version=version, levels=levels, by=by, at=at, acting_for=acting_for)
    if taking.with_baseline:
        baseline = _baseline(entry, definition, lang)
        set_baseline(version=version, facts=baseline, by=by, at=at, acting_for=acting_for)
    return made


def definition_of(entry: LibraryEntry, starts_on: date, lang: str = "sv") -> Definition:
    """Return what an entry says as the definition of a first version."""
    return Definition(
        starts_on=starts_on,
        kind=entry.kind,
        definition=entry.definition.said(lang),
        numerator=entry.numerator.said(lang),
        denominator=entry.denominator.said(lang),
        unit=entry.unit.said(lang),
        direction=entry.direction,
        aggregation=entry.aggregation,
        frequency=entry.frequency,
        low=entry.low,
        high=entry.high,
        source_system=entry.source.said(lang),
        method=entry.method.said(lang),
        quality=entry.quality.said(lang),
        decision_use=entry.decision_use.said(lang),
    )


def _baseline(entry: LibraryEntry, definition: Definition, lang: str) -> BaselineFacts:
    figure = entry.baseline(definition.frequency, definition.aggregation)
    if figure is None:
        raise Refused(
            _("Inget offentligt tal passar hur ofta det mäts. Skriv ett eget utgångsvärde, eller varför det saknas."),
            field="with_baseline",
        )
    has_parts = figure.numerator is not None
    return BaselineFacts(
        day=figure.day,
        value=None if has_parts else figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        source=f"{figure.source.name.said(lang)}: {figure.source.links[0]}",
    )
