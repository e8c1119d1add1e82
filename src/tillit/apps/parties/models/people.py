"""Where people work, what they may do for whom, who stands in for them, and who has been asked in."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models.organisations import Organisation, Unit

ROLES = {
    "author": _("handläggare"),
    "compliance_officer": _("regelansvarig"),
    "head_of_operations": _("verksamhetschef"),
    "participant": _("deltagare"),
    "contact_person": _("kontaktperson för samverkansreglerna"),
    "auditor": _("granskare"),
    "administrator": _("administratör"),
}


class Employment(models.Model):
    """A person's work for an organisation, in a unit where one is known."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="staff")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    title = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "person",
                "organisation",
                "unit",
                condition=models.Q(until__isnull=True, unit__isnull=False),
                name="one_running_employment_in_a_unit",
            ),
            models.UniqueConstraint(
                "person",
                "organisation",
                condition=models.Q(until__isnull=True, unit__isnull=True),
                name="one_running_employment_outside_units",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"


class Role(models.Model):
    """What a person may do for an organisation, or for one unit of it. Ends with `until`; that day is not included."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=list(ROLES.items()))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(role__in=list(ROLES)), name="a_role_is_one_of_those_there_are"),
            models.UniqueConstraint(
                "person",
                "organisation",
                "unit",
                "role",
                condition=models.Q(until__isnull=True, unit__isnull=False),
                name="a_role_in_a_unit_once",
            ),
            models.UniqueConstraint(
                "person",
                "organisation",
                "role",
                condition=models.Q(until__isnull=True, unit__isnull=True),
                name="a_role_in_an_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}, {self.organisation}"


class Delegation(models.Model):
    """Somebody who answers in another's place while they are away, both days included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_taken")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="a_delegation_has_days"
            ),
            models.CheckConstraint(condition=~models.Q(giver=models.F("taker")), name="nobody_delegates_to_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class Invitation(models.Model):
    """A person asked to sign in and act for an organisation. The secret itself is never stored, only its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=200)
    roles = models.JSONField(default=list)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "organisation",
                "email",
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"
