"""Organisations, their names through time, their units, what they are members of and what they buy."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

KINDS = {
    "company": _("företag"),
    "region": _("region"),
    "municipality": _("kommun"),
    "private_provider": _("privat vårdgivare"),
    "university": _("lärosäte"),
    "patient_association": _("patientförening"),
    "trade_association": _("branschförening"),
    "authority": _("myndighet"),
    "institute": _("institut"),
    "association": _("förening"),
    "other": _("annan"),
}
BRANCHES = {
    "pharma": _("läkemedel"),
    "medtech": _("medicinteknik"),
    "labtech": _("laboratorieteknik"),
    "other": _("annan"),
}
CARE_TERMS = {
    "private_agreement": _("vårdavtal eller LOV"),
    "private_other_terms": _("offentliga medel på annat sätt"),
    "private": _("helt privat"),
}
CARE = ("region", "municipality", "private_provider")
"""The kinds that run health care, and so stand on the care side of a collaboration."""


class Organisation(models.Model):
    """A legal person, or a part of one that acts under its own name. Keeps its key when name or owner changes.

    `number`: organisation number, ten digits without dash, "" when not known. `left_on`: no longer takes part here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=10, blank=True)
    branch = models.CharField(max_length=10, blank=True, choices=list(BRANCHES.items()))
    care_terms = models.CharField(max_length=20, blank=True, choices=list(CARE_TERMS.items()))
    county_code = models.CharField(max_length=2, blank=True)
    municipality_code = models.CharField(max_length=4, blank=True)
    hsa_id = models.CharField(max_length=31, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    merged_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("number", condition=~models.Q(number=""), name="one_organisation_per_number"),
            models.UniqueConstraint("hsa_id", condition=~models.Q(hsa_id=""), name="one_organisation_per_hsa_id"),
            models.CheckConstraint(condition=~models.Q(name=""), name="an_organisation_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(kind="company") & ~models.Q(branch="")
                | ~models.Q(kind="company") & models.Q(branch=""),
                name="companies_and_only_they_have_a_branch",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="private_provider") & ~models.Q(care_terms="")
                | ~models.Q(kind="private_provider") & models.Q(care_terms=""),
                name="private_providers_and_only_they_have_terms",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="region") | ~models.Q(county_code=""), name="a_region_has_its_county"
            ),
            models.UniqueConstraint("county_code", condition=models.Q(kind="region"), name="one_region_per_county"),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True, merged_on__isnull=True)
                | models.Q(merged_into__isnull=False, merged_on__isnull=False),
                name="a_merger_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="nobody_merges_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="nobody_is_its_own_parent",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["name"], name="organisation_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_care(self) -> bool:
        return self.kind in CARE

    @property
    def side(self) -> str:
        """Return which side of a collaboration it stands on: "company", "care" or "other"."""
        return "company" if self.kind == "company" else "care" if self.is_care else "other"

    def takes_part_on(self, day: date) -> bool:
        return self.left_on is None or day < self.left_on


class Alias(models.Model):
    """A name that an organisation has had, or also goes by, between two days; the last day is not included."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lt=models.F("valid_to")),
                name="an_alias_begins_before_it_ends",
            ),
            models.UniqueConstraint("organisation", "name", "valid_from", name="an_alias_once_per_day"),
        ]

    def __str__(self) -> str:
        return self.name


class AssociationMembership(models.Model):
    """A company's membership of a trade association."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    association = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("organisation", "association", "since", name="a_membership_once_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.association}"


class Unit(models.Model):
    """A part of an organisation with a key of its own: a hospital shares its region's number.

    `head`: the head of operations, who answers for approvals of the unit's people. None: nobody is named.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    hsa_id = models.CharField(max_length=31, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    head = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="heads")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("organisation", "key", name="a_unit_key_once_per_organisation"),
            models.UniqueConstraint("hsa_id", condition=~models.Q(hsa_id=""), name="one_unit_per_hsa_id"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="no_unit_is_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"


class Procurement(models.Model):
    """A procurement that a public buyer runs, and the companies known to be bidders. Open between its two days."""

    buyer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="procurements")
    subject = models.CharField(max_length=300)
    reference = models.CharField(max_length=100, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    bidders = models.ManyToManyField(Organisation, related_name="bids_in", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(opened_on__lte=models.F("closed_on")),
                name="a_procurement_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
