"""The kinds of collaboration that part two describes, each explained, and the questions with an official answer."""

from dataclasses import dataclass

from tillit.core.rulebook.editions import edition as edition_by_id, newest, vocabulary
from tillit.core.rulebook.model import COLLABORATION, OfficialAnswer, Provision, Rule, Text

LINE = "specifikation"


@dataclass(frozen=True, slots=True)
class Situation:
    """A kind of collaboration: what it is, what tells it from its neighbours, and the rules of its own."""

    kind: str
    name: Text
    definition: Provision
    choices: tuple[Provision, ...]
    provisions: tuple[Provision, ...]
    rules: tuple[Rule, ...]


def situations(edition: str | None = None) -> tuple[Situation, ...]:
    """Return every kind that a collaboration can be of, in the order in which it is asked for.

    :raises BadInput: there is no such edition
    """
    kinds = vocabulary().kinds[COLLABORATION].facts["kind"]
    return tuple(_situation(kind, kinds.labels[kind], edition or newest(LINE)) for kind in kinds.values)


def _situation(kind: str, name: Text, edition: str) -> Situation:
    chosen = edition_by_id(edition)
    about = [each for each in chosen.provisions if kind in each.situations]
    own = next(each for each in about if each.kind == "definition")
    return Situation(
        kind,
        name,
        own,
        tuple(each for each in about if len(each.situations) > 1 and each.kind == "advice"),
        tuple(each for each in about if each is not own and len(each.situations) == 1),
        tuple(rule for rule in chosen.rules if f"{rule.heading}.toml" == own.heading),
    )


def questions(edition: str | None = None) -> tuple[OfficialAnswer, ...]:
    """Return the questions that a party has answered in public, each with the editions that the answer was given for.

    :raises BadInput: there is no such edition
    """
    return edition_by_id(edition or newest(LINE)).questions
