"""D6, advice about a goal's words: what usually hides a goal that nobody can tell when it is met. It hinders nothing.

Goals are written in Swedish, so the words looked for are Swedish.
"""

import re

EFFECT, RESULT, OUTPUT, ORGAN = "effect", "result", "output", "organ"
KINDS = (EFFECT, RESULT, OUTPUT, ORGAN)
"""A goal is an effect (effektmål), a result, what is delivered (prestationsmål), or an organ's own (R19)."""
NO_QUANTITY, TWO_GOALS, ACTIVITY_AS_EFFECT = "no_quantity", "two_goals", "activity_as_effect"

_VAGUE = re.compile(r"\b(?:främja\w*|stärk\w*|verka\w* för|bidra\w* till)\b", re.IGNORECASE)
_QUANTITY = re.compile(r"\d|\b(?:alla|samtliga|varje|hälften|fördubbl\w*|halver\w*|procent)\b", re.IGNORECASE)
_AND = re.compile(r"(?<!-)\s(?:och|samt)\s", re.IGNORECASE)
_ACTIVITY = re.compile(
    r"(?:att\s+)?(?:genomför|anordna|arrangera|håll|ta fram|tar fram|starta|inrätta|bjud|informera|utbilda|bilda"
    r"|publicera|kartlägg|utred|skapa en|delta)",
    re.IGNORECASE,
)


def advice(text: str, kind: str = EFFECT) -> tuple[str, ...]:
    """Return what to think of once more: a direction without a quantity, two goals in one, an activity as an effect.

    "hälso- och sjukvård" is one word; any other "och" may join two goals, which only the one who writes can tell.
    """
    plain = text.strip()
    found = {
        NO_QUANTITY: _VAGUE.search(plain) and not _QUANTITY.search(plain),
        TWO_GOALS: _AND.search(plain),
        ACTIVITY_AS_EFFECT: kind == EFFECT and _ACTIVITY.match(plain),
    }
    return tuple(code for code, holds in found.items() if holds)
