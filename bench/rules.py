"""Sixteen rules over thirty facts: rules of the agreement 3.0, put on one record so that every anchor can hold them.

Twenty-five observed facts and five assessed ones, so expressions that mix both kinds of unknown are among them.
"""

from tillit.core.rulebook.compile_python import Clause
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.tree import TRUE, Symbol

FACTS = (
    Symbol("industry_offers_meal", "bool"),
    Symbol("arranger", "enum", ("industry", "care", "joint", "third_party")),
    Symbol("moderate_assessed", "bool", (), "J"),
    Symbol("mode", "enum", ("on_site", "remote", "both")),
    Symbol("meal_offered", "bool"),
    Symbol("on_site_part_assessed", "bool", (), "J"),
    Symbol("side", "enum", ("care", "industry", "other")),
    Symbol("employer_approval", "bool"),
    Symbol("companion", "bool"),
    Symbol("invited", "bool"),
    Symbol("flight", "bool"),
    Symbol("cabin", "enum", ("economy", "premium", "business", "first")),
    Symbol("outside_europe", "bool"),
    Symbol("journey_hours", "decimal"),
    Symbol("well_founded_assessed", "bool", (), "J"),
    Symbol("tax_informed", "bool"),
    Symbol("meal_count", "int"),
    Symbol("kind", "enum", ("educational_meeting", "sponsorship", "consultancy", "advisory_board", "other")),
    Symbol("industry_sponsors", "bool"),
    Symbol("sponsored_total", "decimal"),
    Symbol("actual_total", "decimal"),
    Symbol("destroyed_on", "date"),
    Symbol("keep_until", "date"),
    Symbol("category", "enum", ("venue", "speaker", "material", "travel", "lodging", "participation_fee", "other")),
    Symbol("not_the_like_assessed", "bool", (), "J"),
    Symbol("spirits", "bool"),
    Symbol("alcohol", "bool"),
    Symbol("with_meal", "bool"),
    Symbol("documented_in_writing", "bool"),
    Symbol("no_equivalent_here_assessed", "bool", (), "J"),
)
PERMITTED = (
    "category not in ['participation_fee', 'travel', 'lodging']"
    " and (category in ['venue', 'speaker', 'material'] or not_the_like_assessed)"
)
RULES: tuple[tuple[str, str, str], ...] = (
    ("meal", "industry_offers_meal", "arranger in ['industry', 'joint'] and moderate_assessed"),
    (
        "remote",
        "mode in ['remote', 'both'] and industry_offers_meal",
        "not meal_offered or (mode == 'both' and on_site_part_assessed)",
    ),
    ("approval", "side == 'care'", "employer_approval"),
    ("companion", "", "not companion"),
    ("invited", "", "invited"),
    (
        "cabin",
        "flight",
        "cabin == 'economy' or (outside_europe and journey_hours > 6 and well_founded_assessed)",
    ),
    ("tax", "industry_offers_meal", "tax_informed or meal_count == 0"),
    ("costs", "kind == 'sponsorship' or industry_sponsors", "sponsored_total <= actual_total"),
    ("kept", "", "destroyed_on >= keep_until"),
    (
        "category",
        "kind == 'sponsorship' or industry_sponsors",
        PERMITTED,
    ),
    ("spirits", "", "not spirits"),
    ("alcohol", "alcohol", "with_meal"),
    ("moderate", "alcohol", "moderate_assessed"),
    ("written", "", "documented_in_writing"),
    ("abroad", "outside_europe", "arranger == 'third_party' or no_equivalent_here_assessed"),
    ("journey", "side == 'care' and flight", "employer_approval and journey_hours <= 72"),
)
LAYOUT = Layout.of(FACTS)
SYMBOLS = {symbol.name: symbol for symbol in FACTS}


def clauses() -> list[Clause]:
    """Return the sixteen rules as the back ends take them."""
    return [
        Clause(parse(applies, SYMBOLS.get) if applies else TRUE, parse(requires, SYMBOLS.get), None)
        for _, applies, requires in RULES
    ]
