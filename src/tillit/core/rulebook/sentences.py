"""Lines of running Swedish text joined into one, and a text divided into sentences."""

import re
from collections.abc import Sequence

_SUSPENDED = ("och", "eller", "samt", "respektive", "resp.", "till")
"""A hyphen before these stands for the rest of a word: `hälso- och sjukvård`."""
_NEVER_ENDS = {
    *("t.ex.", "s.k.", "fr.o.m.", "t.o.m.", "bl.a.", "d.v.s.", "dvs.", "p.g.a.", "m.a.o.", "f.d.", "i.e.", "e.g."),
    *(
        "ca.",
        "kap.",
        "nr.",
        "jfr.",
        "jfr",
        "resp.",
        "inkl.",
        "exkl.",
        "prop.",
        "s.",
        "st.",
        "max.",
        "min.",
        "tel.",
        "dr.",
    ),
}
_SELDOM_ENDS = {"etc.", "m.m.", "m.fl.", "osv.", "o.s.v.", "o.d.", "e.d.", "dyl."}
"""These end a sentence only when they are the last of it, that is before a capital."""
_BREAK = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+")
_SPACES = re.compile(r"\s+")


def joined(lines: Sequence[str]) -> str:
    """Return lines as one: spaces evened out, hyphens at line ends joined where the word has none otherwise."""
    text = ""
    for line in (_SPACES.sub(" ", each).strip() for each in lines):
        text = _joined(text, line, lines) if text and line else text or line
    return text.replace("\u00ad", "")


def _joined(text: str, line: str, lines: Sequence[str]) -> str:
    if text.endswith("\u00ad"):
        return text[:-1] + line
    head, tail = text.rpartition(" ")[2], line.partition(" ")[0]
    if not text.endswith("-") or len(head) < 2:
        return f"{text} {line}"
    if tail.rstrip(",;") in _SUSPENDED or not tail[:1].isalnum():
        return f"{text} {line}"
    own_hyphen = (
        head[:-1].isupper() or "-" in head[:-1] or head[-2].isdigit() or not tail[0].islower() or len(head) == 2
    )
    written = any(f"{head}{tail.rstrip('.,;:')}" in each for each in lines)
    return text + line if own_hyphen or written else text[:-1] + line


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text; an abbreviation, a number or an initial does not end one."""
    found: list[str] = []
    start = 0
    for gap in _BREAK.finditer(text):
        if _ends(text[start : gap.start()], text[gap.end() :]):
            found.append(text[start : gap.end()].strip())
            start = gap.end()
    rest = text[start:].strip()
    return (*found, rest) if rest else tuple(found)


def _ends(before: str, after: str) -> bool:
    first = after.lstrip('"”“’([')[:1]
    if not first or first.islower():
        return False
    last = before.rpartition(" ")[2].lstrip('("”“[').casefold()
    if not before.endswith("."):
        return True
    return last not in _NEVER_ENDS and not re.fullmatch(r"\d{1,2}\.|[a-zåäö]\.", last)
