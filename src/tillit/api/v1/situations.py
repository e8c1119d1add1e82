"""The kinds of collaboration, each told from its neighbours, and the questions with an official answer."""

from functools import cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from tillit.api.v1.answers import encoded, unchanged_or
from tillit.api.v1.parameters import Common
from tillit.api.v1.situation_shapes import OfficialAnswer, Situation
from tillit.api.v1.texts import LANGUAGES, texts
from tillit.core.rulebook import situations as known
from tillit.core.rulebook.editions import edition, newest
from tillit.core.rulebook.model import Edition, Rule, Text
from tillit.core.rulebook.tree import Compare, Constant, In, Name, Node, walk
from tillit.exchange.answer import plain_source
from tillit.exchange.rule_rows import Row, provision_row

router = Router()


@cache
def _questions() -> bytes:
    return encoded(question_rows())


@cache
def _situations() -> bytes:
    return encoded(situation_rows())


@router.get("/questions", response=list[OfficialAnswer])
def questions(request: HttpRequest, query: Query[Common]) -> HttpResponseBase:
    return unchanged_or(request, _questions())


@router.get("/situations", response=list[Situation])
def situations(request: HttpRequest, query: Query[Common]) -> HttpResponseBase:
    return unchanged_or(request, _situations())


def question_rows() -> list[Row]:
    """Return the official answers, each with the editions it was given for and whether the newest is one of them."""
    home = edition(newest(known.LINE))
    version = home.document.version
    return [
        {
            "id": each.id,
            "edition": home.id,
            "question": _both(each.question),
            "short": _both(each.short),
            "answer": _both(each.answer),
            "editions": list(each.editions),
            "confirmed": (confirmed := bool({version, version.partition(".")[0]} & set(each.editions))),
            "note": {
                lang: texts(lang)["question"]["confirmed" if confirmed else "unconfirmed"].format(version=version)
                for lang in LANGUAGES
            },
            "source": plain_source(each.source),
            "told_by": list(each.told_by),
        }
        for each in known.questions(home.id)
    ]


def situation_rows() -> list[Row]:
    """Return the kinds of collaboration in the order in which a person chooses among them."""
    home = edition(newest(known.LINE))
    return [_situation(each, home) for each in known.situations(home.id)]


def _situation(each: known.Situation, home: Edition) -> Row:
    rules = [rule for rule in each.rules if each.kind in _compared(rule.applies_tree, "kind")]
    return {
        "kind": each.kind,
        "edition": home.id,
        "name": _both(each.name),
        "certainty": each.definition.certainty,
        "definition": provision_row(each.definition, home),
        "branches": next((found for rule in rules if (found := _branches(rule)) is not None), None),
        "choices": [{**provision_row(one, home), "between": list(one.situations)} for one in each.choices],
        "provisions": [one.id for one in each.provisions],
        "rules": [rule.id for rule in rules],
    }


def _branches(rule: Rule) -> Row | None:
    """Return the branches that a rule holds a kind to, or None where it speaks of something else."""
    only = _compared(rule.requires_tree, "company_branch")
    return {"only": only, "certainty": rule.certainty, "rule": rule.id} if only else None


def _compared(tree: Node, name: str) -> list[str]:
    """Return the values that an expression compares a fact with."""
    found: list[str] = []
    for node in walk(tree):
        match node:
            case Compare(op="==", left=Name(symbol=symbol), right=Constant(value=value)) if symbol.name == name:
                found.append(str(value))
            case In(item=Name(symbol=symbol), values=values) if symbol.name == name:
                found += map(str, values)
    return found


def _both(text: Text) -> dict[str, str]:
    return {lang: text.in_language(lang) for lang in LANGUAGES}
