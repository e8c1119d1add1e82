"""Numbers of the language: `+ - *`, the difference of two dates, and units that are alike before they are compared."""

from typing import Literal

from tillit.core.money import HUNDRED, LARGEST
from tillit.core.rulebook.tree import INT64, Arithmetic, Constant, Name, Node


class LanguageError(ValueError):
    """An expression that the language does not have, or that mixes types; the message is for a rule's author."""


def negative(node: Node) -> Node:
    if node.type not in ("int", "decimal"):
        raise LanguageError(f"minus before {node.type}")
    if isinstance(node, Constant):
        return Constant(node.type, -int(node.value))
    return Arithmetic("-", Constant(node.type, 0), node, node.type)


def arithmetic(op: Literal["+", "-", "*"], left: Node, right: Node) -> Node:
    if op == "-" and left.type == right.type == "date":
        return Arithmetic("-", left, right, "int")
    if left.type not in ("int", "decimal") or right.type not in ("int", "decimal"):
        raise LanguageError(f"{left.type} {op} {right.type} has no meaning")
    if op == "*":
        if not _is_factor(right):
            left, right = right, left
        if not _is_factor(right):
            raise LanguageError("* takes a whole number written out, or a parameter that is one, as one of its factors")
        return _bounded(Arithmetic("*", left, right, left.type))
    left, right = alike(left, right)
    return _bounded(Arithmetic(op, left, right, left.type))


def _is_factor(node: Node) -> bool:
    if node.type != "int":
        return False
    return isinstance(node, Constant) or (isinstance(node, Name) and node.symbol.missing == "J")


def alike(left: Node, right: Node) -> tuple[Node, Node]:
    """Return both numbers in the same unit: an int beside a decimal becomes hundredths."""
    if left.type == right.type:
        return left, right
    return (_scaled(left), right) if left.type == "int" else (left, _scaled(right))


def _scaled(node: Node) -> Node:
    if isinstance(node, Constant):
        return Constant("decimal", int(node.value) * HUNDRED)
    return _bounded(Arithmetic("*", node, Constant("int", HUNDRED), "decimal"))


def _bounded(node: Arithmetic) -> Node:
    if _largest(node) > INT64:
        raise LanguageError("the numbers may grow past 64 bits")
    return node


def _largest(node: Node) -> int:
    match node:
        case Constant(value=int(value)):
            return abs(value)
        case Arithmetic(op="*", left=left, right=right):
            return _largest(left) * (_largest(right) if isinstance(right, Constant) else 10**4)
        case Arithmetic(left=left, right=right):
            return _largest(left) + _largest(right)
        case _:
            return LARGEST * (HUNDRED if node.type == "decimal" else 1)
