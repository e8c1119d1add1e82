"""What an act answers when it cannot be done, and what every act refuses in the same words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _

from tillit.core.errors import BadInput
from tillit.core.text import personal_number_in
from tillit.exchange.words import problem_text


class Refused(Exception):
    """The act stands against something: the message says what, and what to do; `field` is where to say it."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        self.message, self.field = message, field
        super().__init__(str(message))


def refuse_personal_numbers(**texts: str | None) -> None:
    """Let texts pass that hold no personal identity number; the name of each is the field to say it at.

    :raises Refused: one of them holds a personal identity number or a coordination number
    """
    for field, text in texts.items():
        if text and personal_number_in(text):
            raise Refused(
                _("Här står ett personnummer eller samordningsnummer. Ta bort det: Tillit behöver inga sådana."),
                field=field,
            )


def refusal_of(bad: BadInput, *, field: str | None) -> Refused:
    """Return what the core found wrong as a refusal, in the language of the one who asks."""
    lang = get_language() or "sv"
    return Refused(" ".join(problem_text(each, lang) for each in bad.problems), field=field)


@contextmanager
def held(check: Callable[[], None]) -> Iterator[None]:
    """Make a check before a write, and again when a constraint stopped the write: somebody else was there first.

    :raises Refused: what the check says, or that two changed the same thing at once
    """
    check()
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        check()
        raise Refused(
            _("Någon annan ändrade samma sak i samma stund. Läs in sidan igen och se vad som gäller nu.")
        ) from error
