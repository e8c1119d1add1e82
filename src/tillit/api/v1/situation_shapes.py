"""The shapes of the kinds of collaboration and of the official answers, for the description."""

from tillit.api.v1.shapes import BothLanguages, Certainty, Provision, Shape, Source


class OfficialAnswer(Shape):
    """`editions` are those that the answer was given for; `confirmed` says whether this edition is one of them."""

    id: str
    edition: str
    question: BothLanguages
    short: BothLanguages
    answer: BothLanguages
    editions: list[str]
    confirmed: bool
    note: BothLanguages
    source: Source
    told_by: list[str]


class Choice(Provision):
    between: list[str]


class Branches(Shape):
    """The only branches that a kind of collaboration is known for, how sure that is, and the rule that says so."""

    only: list[str]
    certainty: Certainty
    rule: str


class Situation(Shape):
    kind: str
    edition: str
    name: BothLanguages
    certainty: Certainty
    definition: Provision
    branches: Branches | None
    choices: list[Choice]
    provisions: list[str]
    rules: list[str]
