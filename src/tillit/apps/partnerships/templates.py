"""The legal models that a partnership can be set up from: read from `data/templates`, checked strictly, never changed.

A model says what the report asks for and what a law states; everything else is a suggestion with its ground.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from tillit.apps.partnerships.template_file import BadTemplate, opened
from tillit.apps.partnerships.template_read import whole
from tillit.apps.partnerships.template_shape import Template
from tillit.core.governance.areas import ADVISORY, AREA_CODES, DECIDES, ROOT_TYPES

FOLDER = "data/templates"


@cache
def templates() -> tuple[Template, ...]:
    """Return the legal models in their order.

    :raises BadTemplate: one of the files that come with Tillit is wrong
    """
    folder = files("tillit.apps.partnerships").joinpath(FOLDER)
    found = [
        read(path.read_text("utf-8"), path.name)
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda each: each.order))


def template(code: str) -> Template | None:
    """Return a legal model by its code, None when there is none."""
    return next((each for each in templates() if each.code == code), None)


def read(text: str, name: str) -> Template:
    """Return a model from the text of its file.

    :raises BadTemplate: file, place, what is wrong and what would be right
    """
    made = whole(opened(text, name))
    for place, problem in _contradictions(made):
        raise BadTemplate(name, place, problem)
    return made


def _contradictions(made: Template) -> Iterator[tuple[str, str]]:
    """Yield what the lines of a model say against each other, though each is right by itself."""
    roots = [each for each in made.agreements if not each.parent]
    allowed = ROOT_TYPES[made.legal_form]
    if len(roots) != 1 or roots[0].type not in allowed:
        yield "agreements", f"have exactly one without a parent, of type {' or '.join(allowed)} (I-1)"
    decided: set[tuple[str, str]] = set()
    advisory = {each.id for each in made.organs if each.tier == ADVISORY}
    for place, each in enumerate(made.mandates, 1):
        if each.right == DECIDES and each.organ in advisory:
            yield f"mandates[{place}]", f"{each.organ} is advisory and decides nothing (I-6)"
        if each.right == DECIDES and (each.subject, each.level) in decided:
            yield f"mandates[{place}]", f"{each.subject} at {each.level} has a decider already (I-5)"
        if each.right == DECIDES:
            decided.add((each.subject, each.level))
    lacking = [area for area in AREA_CODES if roots and area not in dict(roots[0].areas)]
    if lacking:
        yield "agreements", f"the root says nothing of {', '.join(lacking)}; write none_stated where that is meant"


__all__ = ["BadTemplate", "Template", "read", "template", "templates"]
