"""Brings the English catalogue up to date with the code: `./tillit messages`. Swedish is the source language.

Babel and Django read the messages, so nobody needs GNU gettext. Places in the code are left out of the file: they
would change with every line that moves.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tillit"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
# Times and names that say nothing here and would differ from run to run.
EMPTY_HEADERS = (b'"POT-Cr', b'"PO-Rev', b'"Gener', b'"Project', b'"Report', b'"Last-T', b'"Language-Team')
COMMENTS = re.compile(r"{% comment\b.*?%}.*?{% endcomment %}|{#.*?#}", re.DOTALL)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def messages(code: str):
    return extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})


def sources() -> Iterator[str]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield file.read_text()
    for file in sorted([*SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        yield as_python(file.read_text())


def as_python(template: str) -> str:
    """Return one line, since what templatize leaves is Python in its words but not in its indentation.

    Comments are left out: templatize makes them comments in Python, and on one line they would hide what follows.
    """
    return templatize(COMMENTS.sub("", template)).replace("\n", " ")


def in_templates(templates: list[str]) -> list[str]:
    return [message for template in templates for _, message, _, _ in messages(as_python(template))]


def in_code() -> Catalog:
    found = Catalog(locale="en", fuzzy=False, header_comment="# English words of the interface: ./tillit messages")
    for code in sources():
        for _line, message, _comments, context in messages(code):
            found.add(message, context=context)
    return found


def in_file() -> Catalog:
    with PO.open("rb") as file:
        return pofile.read_po(file, locale="en")


def compiled(catalogue: Catalog) -> bytes:
    # Babel writes the time of reading into the header, and two compilations of one file would differ.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.project, catalogue.version, catalogue.msgid_bugs_address = "Tillit", "", ""
    catalogue.last_translator = catalogue.language_team = ""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def update() -> list[str]:
    """Write both files and return the messages that still have no English words."""
    found = in_code()
    old = in_file() if PO.exists() else Catalog(locale="en")
    for message in found:
        if message.id and (known := old.get(message.id, message.context)):
            message.string = known.string
    out = io.BytesIO()
    pofile.write_po(out, found, sort_output=True, omit_header=False, include_previous=False, width=120)
    kept = [line for line in out.getvalue().splitlines() if not line.startswith(EMPTY_HEADERS)]
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(b"\n".join(kept) + b"\n")
    MO.write_bytes(compiled(in_file()))
    return missing(in_file())


def missing(catalogue: Catalog) -> list[str]:
    return [str(message.id) for message in catalogue if message.id and not all(words(message.string))]


def words(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, list | tuple) else (str(string or ""),)


if __name__ == "__main__":
    untranslated = update()
    for text in untranslated:
        sys.stderr.write(f"no English words yet: {text}\n")
    raise SystemExit(1 if untranslated else 0)
