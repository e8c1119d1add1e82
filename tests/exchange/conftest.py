"""What tests of case files share."""

from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def personal_number() -> Callable[[], str]:
    """Return a maker of a personal number that belongs to nobody: the day is Skatteverket's for tests, made here."""

    def make(day: str = "18900101", serial: str = "980") -> str:
        nine = day[2:] + serial
        doubled = "".join(str(int(sign) * (2 - place % 2)) for place, sign in enumerate(nine))
        return day + serial + str(-sum(map(int, doubled)) % 10)

    return make
