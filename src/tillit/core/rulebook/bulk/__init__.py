"""A whole register at once: `register(...)` holds frames against the vocabulary, `evaluate(...)` tries them."""

from tillit.core.rulebook.bulk.evaluate import Bulk, evaluate
from tillit.core.rulebook.bulk.from_cases import from_cases
from tillit.core.rulebook.bulk.register import Register, register

__all__ = ["Bulk", "Register", "evaluate", "from_cases", "register"]
