"""A second reading of the language, for tests: the contract's prose over plain Python values, slow and obvious.

Facts are by name: bool, str, int, Decimal, date, datetime, a (low, high) for what is known by bounds, None for unknown.
"""

import ast
import itertools
import operator
from datetime import date, datetime
from decimal import Decimal

from tillit.core.rulebook.tree import day_number, moment_number

OPERATORS = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


def value(text, facts, by_name):
    """Return T, F, U or J of an expression's text."""
    return of(ast.parse(text, mode="eval").body, facts, by_name)


def of(tree, facts, by_name):
    match tree:
        case ast.BoolOp(op=op, values=values):
            found = {of(each, facts, by_name) for each in values}
            return next(letter for letter in ("FUJT" if isinstance(op, ast.And) else "TUJF") if letter in found)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return {"T": "F", "F": "T"}.get(of(operand, facts, by_name)) or of(operand, facts, by_name)
        case ast.Name(id=name):
            return by_name[name].missing if facts[name] is None else "T" if facts[name] else "F"
        case ast.Constant(value=literal):
            return "T" if literal else "F"
        case ast.Compare():
            return compared(tree, facts, by_name)


def compared(tree, facts, by_name):
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    unknown = [name for name in names if facts[name] is None]
    bounded = [name for name in names if by_name[name].bounded and facts[name] is not None]
    if not unknown:
        ranges = [range(facts[name][0], facts[name][1] + 1) for name in bounded]
        found = {holds(tree, {**facts, **dict(zip(bounded, each, strict=True))}) for each in itertools.product(*ranges)}
        if len(found) == 1:
            return "T" if found.pop() else "F"
    open_ones = [*unknown, *(name for name in bounded if facts[name][0] != facts[name][1])]
    return "U" if any(by_name[name].missing == "U" for name in open_ones) else "J"


def holds(tree, facts):
    if isinstance(tree.ops[0], ast.In | ast.NotIn):
        inside = facts[tree.left.id] in ast.literal_eval(tree.comparators[0])
        return inside != isinstance(tree.ops[0], ast.NotIn)
    left, right = number(tree.left, facts), number(tree.comparators[0], facts)
    if isinstance(left, date) != isinstance(right, date):
        left, right = (datetime.fromisoformat(each) if isinstance(each, str) else each for each in (left, right))
        if type(left) is date or type(right) is date:
            left, right = (each.date() if isinstance(each, datetime) else each for each in (left, right))
    return OPERATORS[type(tree.ops[0])](left, right)


def number(tree, facts):
    match tree:
        case ast.Constant(value=float() as literal):
            return Decimal(repr(literal))
        case ast.Constant(value=literal):
            return literal
        case ast.Name(id=name):
            return facts[name]
        case ast.UnaryOp(operand=operand):
            return -number(operand, facts)
        case ast.BinOp(left=left, op=op, right=right):
            found = OPERATORS[type(op)](number(left, facts), number(right, facts))
            return found.days if hasattr(found, "days") else found


def slots(facts, layout):
    """Return the facts as the engine's slots hold them."""
    found = layout.unknown()
    for name, known in facts.items():
        symbol, place = layout.symbols[name], layout.places[name]
        if known is None:
            continue
        if symbol.bounded:
            found[place : place + 2] = [_whole(symbol, each) for each in known]
        elif symbol.type == "bool":
            found[place] = 8 if known else 1
        elif symbol.type == "enum":
            found[place] = symbol.values.index(known) + 1
        else:
            found[place] = _whole(symbol, known)
    return found


def _whole(symbol, known):
    if symbol.type == "decimal":
        return int(Decimal(known) * 100)
    if symbol.type == "datetime":
        return moment_number(known)
    return day_number(known) if symbol.type == "date" else known
