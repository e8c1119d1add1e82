"""Every kind of mail: what it says, read when it is sent, so that it tells what is true then."""

from collections.abc import Callable, Mapping
from datetime import datetime

from tillit.apps.errors import Refused
from tillit.apps.outbox.models import Message
from tillit.apps.parties.actions.invitations import open_to_accept
from tillit.apps.parties.models import ROLES, Invitation
from tillit.web.accounts import invitation_links
from tillit.web.language import tongue
from tillit.web.mail.approval_kinds import APPROVAL_KINDS
from tillit.web.mail.commitment_kinds import COMMITMENT_KINDS
from tillit.web.mail.letter import Letter, NotNeeded, whole
from tillit.web.mail.partnership_kinds import PARTNERSHIP_KINDS
from tillit.web.mail.reminder_kinds import REMINDER_KINDS
from tillit.web.mail.report_kinds import REPORT_KINDS
from tillit.web.mail.survey_kinds import SURVEY_KINDS


def invitation(message: Message, at: datetime) -> Letter:
    """Return an invitation to act for an organisation. :raises NotNeeded: nobody can accept it any more"""
    rows = Invitation.objects.select_related("organisation", "unit", "invited_by")
    found = rows.get(pk=message.context["invitation"])
    try:
        open_to_accept(found, at)
    except Refused as refused:
        raise NotNeeded from refused
    return Letter(
        "mail/invitation.txt",
        {
            "invitation": found,
            "roles": [ROLES[role] for role in found.roles if role in ROLES],
            "link": whole(invitation_links.address_of(found.pk, tongue())),
        },
    )


KINDS: Mapping[str, Callable[[Message, datetime], Letter]] = {
    "invitation": invitation,
    **APPROVAL_KINDS,
    **REMINDER_KINDS,
    **SURVEY_KINDS,
    **PARTNERSHIP_KINDS,
    **COMMITMENT_KINDS,
    **REPORT_KINDS,
}
