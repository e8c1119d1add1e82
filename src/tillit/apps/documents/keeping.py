"""Keeps what is uploaded under the name of its own hash, and says when what is kept is no longer what came in."""

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from tillit.apps.documents.kinds import TYPES, ending_of, fits
from tillit.apps.documents.models import DocumentVersion
from tillit.apps.errors import Refused, refuse_personal_numbers
from tillit.core.text import nfc

PIECE = 64 * 1024
LONGEST_NAME = 200


class Damaged(Exception):
    """What is kept of a version is not what was uploaded, or is gone; the message says so to the one who asked."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of an uploaded file: its own name made harmless, size in bytes, hash, where it is kept."""

    name: str
    size: int
    sha256: str
    content_type: str
    where: str


def keep(file: "File[bytes]") -> Kept:
    """Return what an uploaded file is, when it has been tried and written.

    It is written before any row tells of it: what is left behind when the rest fails is a file that nobody asks for.

    :raises Refused: it is empty, too large, of a sort that is not kept or not what its name says
    """
    name = clean_name(file.name or "")
    refuse_personal_numbers(file=name)
    sha256, size = _measured(file)
    assert file.file is not None, "measured, so it is open"
    if not fits(name, file.file):
        raise Refused(
            _(
                "Filen går inte att ta emot: den är inte av något av slagen %(endings)s, eller så stämmer innehållet"
                " inte med ändelsen. Spara den som PDF och skicka den."
            )
            % {"endings": ", ".join(TYPES)},
            field="file",
        )
    return Kept(name, size, sha256, TYPES[ending_of(name)], _written(file, sha256))


def clean_name(name: str) -> str:
    """Return a file's own name without folders, signs that do not show and dots at the start."""
    last = nfc(name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    stem, dot, ending = " ".join(shown.split()).lstrip(". ").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    own = stem.strip()[: LONGEST_NAME - len(ending) - 1] or _("handling")
    return f"{own}{dot}{ending}"[:LONGEST_NAME]


def read_back(version: DocumentVersion) -> bytes:
    """Return what was uploaded. :raises Damaged: it is gone, or another than came in"""
    try:
        with _storage().open(str(version.file.name), "rb") as kept:
            content: bytes = kept.read()
    except OSError as error:
        raise Damaged(_("Filen %(name)s går inte att läsa.") % {"name": version.name}) from error
    if hashlib.sha256(content).hexdigest() != version.sha256:
        raise Damaged(
            _("Filen %(name)s är inte längre den som laddades upp, och lämnas därför inte ut.") % {"name": version.name}
        )
    return content


def _measured(file: "File[bytes]") -> tuple[str, int]:
    """Return hash and size, read piece by piece and no further than a file may be long."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    for piece in file.chunks(PIECE):
        size += len(piece)
        if size > settings.UPLOAD_LIMIT:
            limit = filesizeformat(settings.UPLOAD_LIMIT)
            raise Refused(
                _("Filen är större än %(limit)s. Gör den mindre eller dela upp den.") % {"limit": limit}, field="file"
            )
        digest.update(piece)
    if not size:
        raise Refused(_("Filen är tom. Välj en annan."), field="file")
    return digest.hexdigest(), size


def _written(file: "File[bytes]", sha256: str) -> str:
    """Return where the content is kept. The same content is written once; half of it, left by a crash, is replaced."""
    storage, path = _storage(), f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    if storage.exists(path):
        with storage.open(path, "rb") as there:
            if _hash(there) == sha256:
                return path
        storage.delete(path)
    file.seek(0)
    return storage.save(path, file)


def _hash(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _storage() -> Storage:
    return DocumentVersion._meta.get_field("file").storage
