"""What the templates of the guided check need: names of fields as ids, places for questions that may come."""

from collections.abc import Mapping, Sequence

from django import template

from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import COLLABORATION
from tillit.exchange.cards import Card, Question
from tillit.exchange.guide import CHILDREN
from tillit.exchange.guide_news import Place
from tillit.exchange.guide_page import FIRST, Field, Line, Page, Rows, speaks_of_others
from tillit.exchange.sheets import columns, observed_facts
from tillit.web.guide.pages import as_id

register = template.Library()
register.filter("as_id", as_id)
Answers = Mapping[str, tuple[Place, str, object]]
Changes = Mapping[tuple[str, str], tuple[Place, str, object]]


@register.simple_tag
def change_of(changes: Changes | str, card: Card) -> dict[str, object] | None:
    """Return the step, its address and the place on its page where a card's answer can be changed."""
    found = changes.get((card.rulebook, card.rule)) if isinstance(changes, Mapping) else None
    return _change(found) if found is not None else None


@register.simple_tag
def answer_of(answers: Answers | str, question: Question) -> dict[str, object] | None:
    """Return the step, its address and the place on its page where a question can be answered."""
    if not isinstance(answers, Mapping):
        return None
    asked = question.ask.question
    found = answers.get(asked) or next((each for text, each in answers.items() if asked.endswith(text)), None)
    return _change(found) if found is not None else None


def _change(found: tuple[Place, str, object]) -> dict[str, object]:
    place, address, step = found
    anchor = f"q-{place.name}" if place.kind == COLLABORATION else f"r-{place.kind}-title"
    return {"step": step, "address": address, "anchor": anchor}


@register.filter
def offers(field: Field) -> bool:
    """Return whether what stands in a field is one of its choices."""
    return field.typed in {value for value, _ in field.choices}


@register.filter
def told(help_: Mapping[str, str], name: str) -> str:
    """Return the explanation of a choice, empty where there is none."""
    return help_.get(name, "")


@register.filter
def column_name(name: str, lang: str) -> str:
    """Return what a column that every kind of record has is called."""
    return columns(CHILDREN[0], vocabulary())[name].question.in_language(lang)


@register.filter
def is_blank_line(line: Line) -> bool:
    """Return whether nobody has put anything in a row."""
    return not line.was and not any(cell.typed for cell in line.cells if cell is not None)


@register.filter
def is_blank(lines: Sequence[Line]) -> bool:
    """Return whether every row is blank."""
    return all(is_blank_line(line) for line in lines)


@register.filter
def slots(group: str, page: Page) -> list[tuple[str, Field | None]]:
    """Return a place for every question of a group in its order, with the question where it is asked."""
    shown = {field.name: field for field in page.fields}
    extra = {field.name for field in page.extra}
    own = observed_facts(vocabulary().kinds[COLLABORATION]).values()
    names = [fact.name for fact in own if fact.group == group and fact.name not in FIRST and fact.name not in extra]
    return [(name, shown.get(name)) for name in names]


@register.filter
def list_slots(group: str, page: Page) -> list[tuple[str, Rows | None]]:
    """Return a place for every kind of record that a group may ask of, with its rows where they are asked for."""
    shown = {rows.kind: rows for rows in page.lists}
    kinds = vocabulary().kinds
    able = [name for name in CHILDREN if any(fact.group == group for fact in observed_facts(kinds[name]).values())]
    able.sort(key=lambda name: speaks_of_others(kinds[name]))
    return [(name, shown.get(name)) for name in able]
