"""What a missing fact is called: the question that closes it, in words."""

from tillit.core.rulebook.editions import edition, newest_of_each_line, vocabulary
from tillit.core.rulebook.model import Derived, Fact, Vocabulary
from tillit.exchange.words import say


def fact_named(name: str, kind: str, known: Vocabulary) -> Fact | Derived | None:
    """Return the fact that a `missing` name means: "cabin" of a record of `kind`, or "leg:l1.cabin" of another."""
    home, _, bare = name.rpartition(".")
    home = home.partition(":")[0] or kind
    return known.fact(home, bare) if home in known.kinds else None


def question_of(name: str, kind: str, lang: str) -> str:
    """Return the question that a `missing` name stands for, asked of a record of `kind`.

    "records.leg.complete" asks whether the list of legs is whole. A parameter that nobody has set says so.
    """
    known = vocabulary()
    parts = name.split(".")
    if parts[0] == "records" and parts[1] in known.kinds:
        return known.kinds[parts[1]].whole_question.in_language(lang)
    fact = fact_named(name, kind, known)
    if fact is None:
        return _unset(name, lang)
    question = fact.question.in_language(lang)
    record = name.rpartition(".")[0]
    return (
        say("because.of_record", lang, record=record.partition(":")[2], question=question)
        if ":" in record
        else question
    )


def _unset(name: str, lang: str) -> str:
    parameters = (edition(id_).parameters.get(name) for id_ in newest_of_each_line())
    found = next((each for each in parameters if each is not None), None)
    return name if found is None else say("because.unset", lang, title=found.title.in_language(lang))
