"""A case from a file that a person sends: JSON, TOML or the filled-in Excel template.

The file's content decides what it is, its ending only when the content can be more than one thing. Whatever comes
in, what comes out is a Case or BadInput with file, place, problem and remedy.
"""

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tillit.core.errors import BadInput, Problem
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.model import Vocabulary
from tillit.core.rulebook.read_case import read_case
from tillit.exchange.places import line_place, place_in
from tillit.exchange.plain import json_case, toml_case
from tillit.exchange.words import Lang

LARGEST_FILE = 10_000_000
"""Bytes; a case of a thousand participants is a hundredth of it."""
MOST_RECORDS = 5_000
"""Of each kind, as in a sheet of the template: far more than any meeting has, and few enough to be tried at once."""

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_path(path: str | Path, vocabulary: Vocabulary | None = None, lang: Lang = "sv") -> Case:
    """Return the case in the file at a path.

    :raises BadInput: the file cannot be opened, or what it holds cannot be used
    """
    return read(bytes_of(path), str(path), vocabulary, lang)


def bytes_of(path: str | Path) -> bytes:
    """Return what a file holds, one byte more than the largest at most.

    :raises BadInput: the file cannot be opened
    """
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _refused("file.missing", name) from None
    except IsADirectoryError:
        raise _refused("file.is_a_folder", name) from None
    except PermissionError:
        code = "file.is_a_folder" if Path(path).is_dir() else "file.no_permission"
        raise _refused(code, name) from None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise _refused("file.cannot_be_read", name) from None


def read(data: bytes, name: str, vocabulary: Vocabulary | None = None, lang: Lang = "sv") -> Case:
    """Return the case in a file's bytes; `name` is the file's name as the person gave it.

    :raises BadInput: with every problem found, each with the file's name
    """
    if vocabulary is None:
        from tillit.core.rulebook.editions import vocabulary as the_vocabulary

        vocabulary = the_vocabulary()
    try:
        return _read(data, name, vocabulary, lang)
    except BadInput as bad:
        raise bad.in_file(name) from None


def _read(data: bytes, name: str, vocabulary: Vocabulary, lang: Lang) -> Case:
    if len(data) > LARGEST_FILE:
        raise _refused("file.too_large", limit=str(LARGEST_FILE // 1_000_000))
    ending = Path(name).suffix.lower()
    if data.startswith((_ZIP, _OLE)):
        from tillit.exchange.excel import excel_case

        return excel_case(data, vocabulary, lang)
    if data.startswith(_PDF):
        raise _refused("file.pdf")
    text = text_of(data, lang)
    if not text.strip():
        raise _refused("file.empty")
    if ending in (".xls", ".xlsx", ".xlsm"):
        raise _refused("excel.not_excel")
    if ending not in (".json", ".toml"):
        raise _refused("file.unknown_ending", ending=ending or "–")
    is_json = ending == ".json" or text.lstrip().startswith("{")
    raw = json_case(text, lang) if is_json else toml_case(text, lang)
    _not_too_many(raw, vocabulary, lang)
    return read_case(raw, vocabulary, place=place_in(raw, lang))


def _not_too_many(raw: Mapping[str, Any], vocabulary: Vocabulary, lang: Lang) -> None:
    """Refuse lists of more records than are tried, before a record of them is read.

    :raises BadInput: with the first record too many of every such list, without its id, which nobody has looked at
    """
    where, limit = place_in({}, lang), {"limit": str(MOST_RECORDS)}
    lists = [name for name in (*vocabulary.kinds, "judgement") if isinstance(raw.get(name), list)]
    problems = [
        Problem("file.too_many_records", where((name, MOST_RECORDS)), limit)
        for name in lists
        if len(raw[name]) > MOST_RECORDS
    ]
    if problems:
        raise BadInput(problems)


def text_of(data: bytes, lang: Lang) -> str:
    """Return the text in bytes: UTF-8, or UTF-16/32 where a byte order mark says so; nothing is guessed.

    :raises BadInput: the bytes are no text, or in another encoding
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise _refused("file.not_utf8") from None
        before = data[: error.start]
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        raise BadInput([Problem("file.not_utf8", line_place(before.count(b"\n") + 1, column, lang))]) from None
    if "\0" in text:
        raise _refused("file.not_text")
    return text


def _refused(code: str, file: str | None = None, **args: str) -> BadInput:
    return BadInput([Problem(code, "", args, file)])
