"""The agreement's own text as the operator has it: read from a plain text file, kept outside the tree, and found again.

The text belongs to the parties of the agreement. It is never part of Tillit: what is loaded lies in the operator's own
folder (`TILLIT_TEXTS`), one file per edition, and the pages show what a rule cites from it.
"""

import json
import logging
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from tillit.core.errors import BadInput, Problem
from tillit.core.rulebook.model import Edition
from tillit.core.rulebook.official import OfficialText, split
from tillit.exchange.casefile import LARGEST_FILE, bytes_of, text_of
from tillit.exchange.words import Lang

SETTING = "TILLIT_TEXTS"
SCHEMA = "tillit.text/1"
_log = logging.getLogger(__name__)


def read_text(path: str | Path, edition: Edition, lang: Lang = "sv") -> OfficialText:
    """Return the text of a plain text file, divided by the headings that the edition's sources name.

    :raises BadInput: the file cannot be read, or is no plain text
    """
    data = bytes_of(path)
    try:
        if len(data) > LARGEST_FILE:
            raise _refused("file.too_large", limit=str(LARGEST_FILE // 1_000_000))
        if data.startswith(b"%PDF"):
            raise _refused("file.text_is_a_pdf")
        text = text_of(data, lang)
        if not text.strip():
            raise _refused("file.empty")
    except BadInput as bad:
        raise bad.in_file(str(path)) from None
    return split(text, edition)


def store(text: OfficialText, folder: Path, *, on: date) -> Path:
    """Return the file in which a text now lies for the site, in the place of an earlier one of the same edition.

    :raises BadInput: the folder is in a version-controlled tree, or cannot be written to
    """
    here = folder.expanduser().absolute()
    if any((above / ".git").exists() for above in (here, *here.parents)):
        raise _refused("file.in_a_tree", folder=str(folder))
    headings = {name: [list(paragraph) for paragraph in found] for name, found in text.headings.items()}
    plain = {"schema": SCHEMA, "edition": text.edition, "loaded_on": on.isoformat(), "headings": headings}
    file = _file(here, text.edition)
    waiting = file.with_suffix(".new")
    try:
        here.mkdir(parents=True, exist_ok=True)
        waiting.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", "utf-8")
        waiting.replace(file)
    except OSError:
        raise _refused("file.cannot_be_written", folder=str(folder)) from None
    return file


def stored(folder: Path | None, edition_id: str) -> OfficialText | None:
    """Return the text that the operator has loaded for an edition, or None."""
    if folder is None:
        return None
    file = _file(folder, edition_id)
    try:
        seen = file.stat()
    except OSError:
        return None
    return _stored(file, seen.st_mtime_ns, seen.st_size, edition_id)


@lru_cache(maxsize=16)
def _stored(file: Path, _changed: int, _size: int, edition_id: str) -> OfficialText | None:
    try:
        plain: dict[str, Any] = json.loads(file.read_text("utf-8"))
        if plain["schema"] != SCHEMA or plain["edition"] != edition_id:
            raise ValueError(plain["schema"])
        found = plain["headings"].items()
        headings = {str(name): tuple(tuple(map(str, each)) for each in paragraphs) for name, paragraphs in found}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        _log.warning("%s cannot be used as an official text; load it again with tillit rules text", file.name)
        return None
    return OfficialText(edition_id, headings)


def _file(folder: Path, edition_id: str) -> Path:
    return folder / f"{edition_id.replace('/', '-')}.json"


def _refused(code: str, **args: str) -> BadInput:
    return BadInput([Problem(code, "", args)])
