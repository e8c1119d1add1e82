"""What the answer's page holds for the one who judges and the one who goes back to change something."""

from datetime import date
from typing import Any

from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange.guide import relevant
from tillit.exchange.guide_judge import asked, made
from tillit.exchange.guide_news import ways, ways_by_question
from tillit.exchange.guide_walk import Shown
from tillit.exchange.words import Lang
from tillit.web.guide.pages import NAMES, Way, address, ids, ways as steps


def context(case: Case, shown: Shown | None, lang: Lang, *, as_of: date) -> dict[str, Any]:
    """Return what is to be judged and has been judged, the steps, and where each rule's answer can be changed."""
    guide = relevant(case, as_of=as_of)
    post = shown.posted if shown is not None else {}
    slips = shown.slips if shown is not None else []
    errors = {slip.key: slip.says for slip in slips if slip.key}
    row: list[Way] = steps("answer", guide)
    return {
        "lang": lang,
        "ways": row,
        "asked": asked(guide, post, errors, lang),
        "made": made(dump_case(case), lang),
        "judge_by": post.get("j.by", ""),
        "judge_on": post.get("j.on", "") or as_of.isoformat(),
        "judge_errors": {"by": errors.get("j.by", ""), "on": errors.get("j.on", "")},
        "slips": slips,
        "linked": ids(slips),
        "answers": {
            question: (place, address(place.group), NAMES[place.group])
            for question, place in ways_by_question(guide, lang).items()
        },
        "changes": {key: (place, address(place.group), NAMES[place.group]) for key, place in ways(guide).items()},
    }
