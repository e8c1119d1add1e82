"""What stands in the way of using what came in, as rows for programs: the command's refusal and the API's problems."""

from tillit.core.errors import BadInput
from tillit.core.text import personal_number_in
from tillit.exchange.words import problem_parts


def problem_rows(bad: BadInput, lang: str) -> list[dict[str, str]]:
    """Return every problem once: a stable code, where it is, what it is and what to do.

    A place never repeats a personal number: an answer is copied into mails and logs.
    """
    rows = [
        {
            "code": problem.code,
            "place": "…" if personal_number_in(problem.place) else problem.place,
            "problem": says,
            "remedy": remedy,
        }
        for problem in bad.problems
        for says, remedy in (problem_parts(problem, lang),)
    ]
    return [row for number, row in enumerate(rows) if row not in rows[:number]]
