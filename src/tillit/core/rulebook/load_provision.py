"""What is no rule, from its table: a provision, a norm, a question that a party has answered in public."""

from tillit.core.rulebook.load_rule import reading_of, source_of
from tillit.core.rulebook.model import (
    BEARERS,
    CERTAINTIES,
    COLLABORATION,
    PROVISIONS,
    Norm,
    OfficialAnswer,
    Provision,
    Vocabulary,
)
from tillit.core.rulebook.strict import Table


def read_norm(table: Table) -> Norm:
    certainty = table.choice("certainty", CERTAINTIES) if table.has("certainty") else "seed"
    source = source_of(table) if table.has("source") else None
    norm = Norm(table.text("id"), table.text("section"), table.text("decided_by"), certainty, source)
    table.done()
    return norm


def read_provision(table: Table, file: str, vocabulary: Vocabulary) -> Provision:
    found = Provision(
        table.text("id"),
        file,
        table.choice("kind", PROVISIONS),
        table.texts("norms"),
        source_of(table),
        table.words("title"),
        table.words("statement"),
        table.choice("bearer", BEARERS) if table.has("bearer") else None,
        table.words_or_none("term"),
        reading_of(table),
        table.texts("situations"),
        table.choice("certainty", CERTAINTIES) if table.has("certainty") else "seed",
    )
    table.done()
    kind = vocabulary.kinds[COLLABORATION].facts.get("kind")
    strange = set(found.situations) - set(kind.values if kind is not None else ())
    if strange:
        table.refuse(f"explains {min(strange)}.", "Name kinds of collaboration as the fact kind has them.")
    return found


def read_question(table: Table) -> OfficialAnswer:
    found = OfficialAnswer(
        table.text("id"),
        table.words("question"),
        table.words("short"),
        table.words("answer"),
        table.texts("editions"),
        source_of(table),
        table.texts("told_by"),
    )
    table.done()
    return found
