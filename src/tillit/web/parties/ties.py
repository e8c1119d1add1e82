"""What can be done about an organisation's ties to others, by its administrators and by those who run the site."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.actions.partaking import follow_departures
from tillit.apps.parties import actions, queries
from tillit.apps.parties.access import Care
from tillit.apps.parties.actions.invitations import invite
from tillit.apps.parties.models import AssociationMembership, Organisation
from tillit.web.parties import forms
from tillit.web.parties.deeds import Deed
from tillit.web.parties.fields import Plain


def deeds(care: Care, person: Person, at: datetime) -> dict[str, Deed]:
    """Return the acts that somebody may do: membership and leaving for both, what touches others for operators."""
    here, asked = care.organisation, _asked(care, person, at)
    if here.merged_into_id is not None:
        return {}
    if here.left_on is not None:
        return {"back": _back(here, asked)} if care.operator else {}
    found = {"leave": _leave(here, asked)}
    if here.kind == "company":
        found |= _membership(here, asked)
    if care.operator:
        found |= {"invite": _inviting(here, person, at)} | _belonging(here, asked)
    return found


def _asked(care: Care, person: Person, at: datetime) -> dict[str, Any]:
    return {"by": person, "acting_for": care.acting_for, "at": at}


def _membership(here: Organisation, asked: dict[str, Any]) -> dict[str, Deed]:
    associations = queries.associations()
    by_key = {str(each.pk): each for each in associations}
    running = here.memberships.select_related("association")
    found = {
        "join": Deed(
            lambda *a, **k: forms.MembershipForm(*a, associations=associations, **k),
            lambda said: actions.join_association(
                organisation=here, association=by_key[said["association"]], since=said["since"], **asked
            ),
            _("Medlemskapet är antecknat."),
        )
    }
    for each in running.filter(until__isnull=True):
        found[f"part-{each.pk}"] = _parting(each, asked)
    return found


def _parting(membership: AssociationMembership, asked: dict[str, Any]) -> Deed:
    return Deed(
        lambda *a, **k: forms.UntilDay(*a, initial={"until": localdate()}, **k),
        lambda said: actions.leave_association(membership=membership, until=said["until"], **asked),
        _("Medlemskapet är avslutat."),
    )


def _belonging(here: Organisation, asked: dict[str, Any]) -> dict[str, Deed]:
    owner = {"parent": here.parent.name if here.parent else ""}
    return {
        "parent": Deed(
            lambda *a, **k: forms.ParentForm(*a, initial=owner, **k),
            lambda said: actions.set_parent(organisation=here, parent=said["parent"], **asked),
            _("Ägaren är antecknad."),
        ),
        "merge": Deed(
            lambda *a, **k: forms.MergeForm(*a, initial={"on": localdate()}, **k),
            lambda said: actions.merge_organisations(organisation=here, into=said["into"], on=said["on"], **asked),
            _("Sammanslagningen är antecknad."),
        ),
    }


def _inviting(here: Organisation, person: Person, at: datetime) -> Deed:
    return Deed(
        forms.AdministratorForm,
        lambda said: invite(organisation=here, roles=["administrator"], by=person, at=at, **said),
        _("Inbjudan skickas nu."),
    )


def _leave(here: Organisation, asked: dict[str, Any]) -> Deed:
    return Deed(
        lambda *a, **k: forms.OnDay(*a, initial={"on": localdate()}, **k),
        lambda said: _left(here, said["on"], asked),
        _("Det är antecknat att organisationen lämnar."),
    )


def _left(here: Organisation, on: date, asked: dict[str, Any]) -> None:
    """Let an organisation leave, and what it is in too when the day has come; else `manage remind` does, that day."""
    actions.leave(organisation=here, on=on, **asked)
    follow_departures(at=asked["at"], today=localdate())


def _back(here: Organisation, asked: dict[str, Any]) -> Deed:
    return Deed(Plain, lambda _said: actions.come_back(organisation=here, **asked), _("Organisationen deltar igen."))
