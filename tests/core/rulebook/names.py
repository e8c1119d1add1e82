"""The names that the language's tests speak of: every type, observed, assessed, derived with bounds, and parameters."""

from tillit.core.rulebook.language import parse
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.tree import Symbol

SYMBOLS = [
    Symbol("yes", "bool"),
    Symbol("also", "bool"),
    Symbol("fair_assessed", "bool", (), "J"),
    Symbol("kind", "enum", ("a", "b", "c")),
    Symbol("found", "enum", ("meets", "breach")),
    Symbol("n", "int"),
    Symbol("m", "int"),
    Symbol("price", "decimal"),
    Symbol("fee", "decimal"),
    Symbol("day", "date"),
    Symbol("other_day", "date"),
    Symbol("at", "datetime"),
    Symbol("name", "text"),
    Symbol("title", "text"),
    Symbol("limit", "int", (), "J"),
    Symbol("ceiling", "decimal", (), "J"),
    Symbol("since", "date", (), "J"),
    Symbol("count", "int", (), "U", bounded=True),
    Symbol("total", "decimal", (), "U", bounded=True),
]
BY_NAME = {symbol.name: symbol for symbol in SYMBOLS}
LAYOUT = Layout.of(SYMBOLS)
DEFINED = {"both": "yes and also", "dear": "price > 100", "twice": "both and dear"}


def scope(name):
    return parse(DEFINED[name], scope) if name in DEFINED else BY_NAME.get(name)


def read(text):
    return parse(text, scope)
