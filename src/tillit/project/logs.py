"""How a line of the log is written: what an address holds that lets somebody in is left out."""

import logging
import re

_KEYS = re.compile(r"(/g/|/konto/inbjudan/|/nytt/|/bekrafta/)[^/\s\"'?]+")
"""Links to answer with, invitations, new passwords, confirmed addresses: who has one, is let in."""


class Line(logging.Formatter):
    """A line of the log, tracebacks with it, without the keys that addresses hold."""

    def format(self, record: logging.LogRecord) -> str:
        return _KEYS.sub(r"\1…", super().format(record))
