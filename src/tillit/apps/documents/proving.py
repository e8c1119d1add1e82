"""What something rests on: a file, which is kept, or an address to look at."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.documents.actions import add_document
from tillit.apps.documents.models import DocumentVersion
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import line
from tillit.apps.parties.models import Organisation

SORT = "other"
"""What evidence is among the sorts of documents: the rulebook has none for it."""


def address(link: str, file: "File[bytes] | None", *, field: str) -> str:
    """Return an address to look at, "" where a file is given instead.

    :raises Refused: both are given or neither, or it is no address
    """
    plain = line(link, field=field, most=400, needed=False)
    if (file is None) == (not plain):
        raise Refused(_("Lägg till en fil eller skriv en adress, inte båda."), field=field)
    if plain:
        try:
            URLValidator(schemes=["https", "http"])(plain)
        except ValidationError as error:
            raise Refused(_("Adressen kan inte stämma. Skriv den som https://exempel.se/sida."), field=field) from error
    return plain


def kept(
    owner: models.Model,
    file: "File[bytes] | None",
    *,
    title: str,
    keeper: Organisation | None,
    by: Person,
    at: datetime,
    acting_for: Organisation | None,
    field: str,
) -> DocumentVersion | None:
    """Return the file on record with its keeper, or with whoever is acted for where there is none; None without a file.

    :raises Refused: nobody is there to keep it, or the file is not one that can be kept
    """
    if file is None:
        return None
    keeps = keeper or acting_for
    if keeps is None:
        raise Refused(_("Välj vilken organisation du företräder, så att filen får någon som bevarar den."), field=field)
    try:
        document = add_document(
            owner=owner,
            sort=SORT,
            title=title,
            keeper=keeps,
            file=file,
            by=by,
            acting_for=acting_for or keeps,
            at=at,
        )
    except Refused as refused:
        raise Refused(refused.message, field=field) from refused
    return document.versions.get()
