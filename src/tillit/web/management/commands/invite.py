"""`tillit manage invite`: asks somebody in to an organisation, and prints the link beside the mail that is written."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from tillit.apps.errors import Refused
from tillit.apps.parties.actions.invitations import invite
from tillit.apps.parties.models import ROLES, Organisation
from tillit.core.errors import BadInput
from tillit.core.identifiers import organisation_number
from tillit.web.accounts.invitation_links import address_of
from tillit.web.mail.letter import whole


class Command(BaseCommand):
    help = "Invites somebody to act for an organisation and prints the link, which works once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", required=True, help="its organisation number, key or whole name")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, action="append", choices=list(ROLES), help="may be given again")
        parser.add_argument("--language", default="sv", choices=["sv", "en"], help="of the page the link leads to")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            invitation = invite(
                organisation=_organisation(options["organisation"]),
                email=options["email"],
                name=options["name"],
                roles=options["role"],
                by=None,
                at=now(),
            )
        except Refused as refused:
            raise CommandError(f"{refused.field or 'invitation'}: {refused.message}") from refused
        self.stdout.write(whole(address_of(invitation.pk, options["language"])))


def _organisation(said: str) -> Organisation:
    found = Organisation.objects.filter(**_by(said))
    if len(found) != 1:
        told = "no organisation" if not found else "several organisations"
        raise CommandError(f"{told}: {said}. Name it by its number, its key or its whole name.")
    return found[0]


def _by(said: str) -> dict[str, object]:
    try:
        return {"number": organisation_number(said)}
    except BadInput:
        pass
    try:
        return {"pk": UUID(said)}
    except ValueError:
        return {"name": said}
