"""The link of an invitation: signed, so that it cannot be guessed or changed. What it is good for is in the table."""

from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from tillit.apps.parties.models import Invitation

_SALT = "tillit.invitation"


def address_of(invitation_id: UUID | str, language: str = "sv") -> str:
    """Return the page where an invitation is accepted, from its slash on, in a language: `/konto/inbjudan/…/`."""
    with override(language):
        return reverse("accounts:invitation", args=[token_of(invitation_id)])


def token_of(invitation_id: UUID | str) -> str:
    return signing.Signer(salt=_SALT).sign(UUID(str(invitation_id)).hex)


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that a link is for, used or not; None for a link that we did not make. One query."""
    try:
        key = UUID(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("organisation", "unit", "invited_by").filter(pk=key).first()
