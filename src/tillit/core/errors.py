"""Coded errors: the core says what is wrong with a code and arguments, the words live in `exchange/words.*.toml`."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way: a code, where it is, and what the words need to know.

    `place` is already readable ("participant nr 2 (p2), mode"); `file` is the name the person gave the file.
    """

    code: str
    place: str = ""
    args: dict[str, str] = field(default_factory=dict)
    file: str | None = None

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value}" for name, value in self.args.items())
        return f"{self.file or '-'}: {self.place}: {self.code}({inside})"


class BadInput(Exception):
    """What came in cannot be used; every problem that was found is told at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))

    def in_file(self, name: str) -> "BadInput":
        """Return the same error with the file's name on every problem that has none."""
        return BadInput(
            Problem(problem.code, problem.place, problem.args, problem.file or name) for problem in self.problems
        )


class RulebookError(Exception):
    """A rulebook's own files do not hold together: file, rule, key and remedy, for the one who edits them."""

    def __init__(self, file: str, where: str, problem: str, remedy: str) -> None:
        self.file, self.where, self.problem, self.remedy = file, where, problem, remedy
        super().__init__(f"{file}: {where}: {problem} {remedy}")
