"""What a demand of the report is, to be listed in `docs/krav.md` with its pages and its tests."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Demand:
    """A demand, what it asks for, the pages that answer it, and the tests that prove it as "file::test"."""

    id: str
    text: str
    pages: tuple[str, ...]
    tests: tuple[str, ...]
