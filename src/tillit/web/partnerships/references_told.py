"""The five reference collaborations as a page reads them: cells in words, marks in words, lessons with their ground."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tillit.apps.partnerships.models.words import AREA_WORDS
from tillit.apps.partnerships.references import CELLS, Lesson, Said, references
from tillit.apps.partnerships.templates import template
from tillit.core.governance.areas import AREAS


@dataclass(frozen=True, slots=True)
class LineTold:
    text: str
    mark: str
    source: str
    not_started: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the table: what is asked, and what is stated of each collaboration; an empty cell is not known."""

    name: str
    cells: tuple[tuple[LineTold, ...], ...]


@dataclass(frozen=True, slots=True)
class LessonTold:
    area: str
    with_area: str
    insight: str
    possibility: str
    idea: str
    rests_on: tuple[str, ...]
    models: tuple[tuple[str, str], ...]


def questions(lang: str) -> tuple[Question, ...]:
    """Return the table, question by question."""
    return tuple(
        Question(name, tuple(tuple(_line(each, lang) for each in case.said(cell)) for case in references().cases))
        for cell, name in cell_words().items()
    )


def lessons(lang: str) -> tuple[LessonTold, ...]:
    """Return what the report makes of it, area by area; an area that has no slide of its own is told with another."""
    return tuple(_lesson(each, lang) for each in references().lessons)


def cell_words() -> dict[str, str]:
    said = (
        _("Form och värd"),
        _("Finansiering"),
        _("Avtal"),
        _("Organ"),
        _("Representation"),
        _("Mål"),
        _("Uppföljning"),
    )
    return dict(zip(CELLS, said, strict=True))


def mark_words() -> dict[str, str]:
    """Return what the marks mean."""
    return {
        "D": _("rapporten"),
        "D-all": _("rapporten, om de flesta"),
        "P": _("öppen sida"),
        "own": _("vår läsning"),
    }


def _line(said: Said, lang: str) -> LineTold:
    return LineTold(said.text.said(lang), mark_words()[said.mark], said.source, said.not_started)


def _lesson(lesson: Lesson, lang: str) -> LessonTold:
    names, words = {each.code: each.name for each in references().cases}, cell_words()
    shown_with = [str(AREA_WORDS[area.code]) for area in AREAS if area.shown_with == lesson.area]
    models = tuple(found for code in lesson.templates if (found := template(code)) is not None)
    return LessonTold(
        str(AREA_WORDS[lesson.area]),
        ", ".join(shown_with),
        lesson.insight.said(lang),
        lesson.possibility.said(lang),
        lesson.idea.said(lang),
        tuple(f"{names[code]}: {words[cell].casefold()}" for code, cell in lesson.rests_on),
        tuple((each.code, each.name.said(lang)) for each in models),
    )
