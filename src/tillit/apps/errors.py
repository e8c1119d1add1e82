"""What an act answers when it cannot be done."""

from django.utils.functional import Promise


class Refused(Exception):
    """The act stands against something: the message says what, and what to do; `field` is where to say it."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        self.message, self.field = message, field
        super().__init__(str(message))
