"""What sorts of files are kept, and how a file shows which it is, whatever its name says.

Kept are those that agreements, invitations, programmes, invoices and lists come in, and that every office can open. Not
kept: what can run (programs, macros), what a browser would run as a page (HTML, SVG), and what hides other files that
nobody has looked at (ZIP, saved mails): the mail is printed to PDF, its attachments are uploaded one by one.
"""

import zipfile
from typing import IO

import filetype

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "odt": f"{OPEN}text",
    "ods": f"{OPEN}spreadsheet",
    "odp": f"{OPEN}presentation",
    "txt": "text/plain",
    "csv": "text/csv",
}
"""The content type that each ending must turn out to be."""
_INSIDE = {
    "word/document.xml": TYPES["docx"],
    "xl/workbook.xml": TYPES["xlsx"],
    "ppt/presentation.xml": TYPES["pptx"],
}
_TEXTS = (TYPES["txt"], TYPES["csv"])
_A_PAGE = ("<!doctype", "<html", "<svg", "<script", "<?xml", "<?php", "<body", "<iframe")
_PROGRAM = ("#!", "@echo")
_MACROS = ("vbaproject.bin", "basic/script-lc.xml")


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def fits(name: str, file: IO[bytes]) -> bool:
    """Return whether a file is what its ending says, and the ending one that is kept. Reads from the start."""
    wanted = TYPES.get(ending_of(name))
    if wanted is None:
        return False
    file.seek(0)
    if wanted in _TEXTS:
        return _is_text(file)
    if wanted.startswith((OFFICE, OPEN)):
        return _packed(file) == wanted
    found = filetype.guess(file.read(8192))
    return found is not None and found.mime == wanted


def _packed(file: IO[bytes]) -> str | None:
    """Return what a packed office file is, None where it is something else or carries macros."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith(_MACROS) for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError):
        return None
    return next((type_ for name, type_ in _INSIDE.items() if name in names and "[Content_Types].xml" in names), None)


def _is_text(file: IO[bytes]) -> bool:
    """Return whether a file is text that is neither a page nor a program: no signs but those one writes."""
    content = file.read()
    if filetype.guess(content[:8192]) is not None:
        return False
    text = _decoded(content)
    if text is None or any(sign < " " and sign not in "\t\r\n\f" for sign in text):
        return False
    start = text.lstrip("\ufeff \t\r\n").lower()
    return not start.startswith(_PROGRAM) and not any(mark in start for mark in _A_PAGE)


def _decoded(content: bytes) -> str | None:
    codes = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for code in codes:
        try:
            return content.decode(code)
        except UnicodeDecodeError:
            continue
    return None
