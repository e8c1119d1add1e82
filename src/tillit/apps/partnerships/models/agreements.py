"""Agreements of a partnership, what they cover, who is bound, their clauses; and who is in the partnership as what."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.documents.models import Document
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models.frame import Level, Partnership, Recorded, Sector
from tillit.apps.partnerships.models.words import (
    AGREEMENT_STATUS_WORDS,
    AGREEMENT_TYPE_WORDS,
    AREA_WORDS,
    COVERAGE_WORDS,
    METHODS,
    OPENNESS,
    ROLE_WORDS,
    STAGE_WORDS,
    TERM_WORDS,
)

CURRENT = models.Q(superseded_at__isnull=True)


class Agreement(models.Model):
    """An agreement on a level. `valid_to`, `ends_on`: the first day on which it no longer holds.

    Months are whole numbers, None where nobody has stated any. `amends`: the agreement that this one supplements.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agreements")
    type = models.CharField(max_length=30, choices=list(AGREEMENT_TYPE_WORDS.items()))
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="agreements")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseding")
    amends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments")
    survives_parent = models.BooleanField(default=False)
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=15, choices=list(AGREEMENT_STATUS_WORDS.items()), default="draft")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    term_mode = models.CharField(max_length=25, choices=list(TERM_WORDS.items()))
    renewal_months = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_given_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="parties")
    source = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["valid_from", "title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(title=""), name="an_agreement_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_from__lt=models.F("valid_to")),
                name="an_agreement_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=~models.Q(term_mode="fixed") | models.Q(valid_to__isnull=False),
                name="a_fixed_term_has_its_end",
            ),
            models.CheckConstraint(
                condition=~models.Q(term_mode="until_further_notice") | models.Q(valid_to__isnull=True),
                name="until_further_notice_has_no_end",
            ),
            models.CheckConstraint(
                condition=models.Q(renewal_months__isnull=True) | models.Q(renewal_months__gte=1),
                name="renewal_is_at_least_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="no_agreement_is_its_own_parent",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["partnership", "status"], name="agreement_of_partnership"),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementArea(models.Model):
    """How much an agreement says of one of the six areas, and in which clauses."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="areas")
    area = models.CharField(max_length=30, choices=list(AREA_WORDS.items()))
    coverage = models.CharField(max_length=12, choices=list(COVERAGE_WORDS.items()))
    clause_refs = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("agreement", "area", name="an_area_once_per_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.area}"


class AgreementParty(Recorded):
    """A party to an agreement: unsigned until `signed_on`. `effective_from`: a day agreed for this party.

    `authority`: on what the one who signed could sign (a decision on delegation, a company's signatories).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnership_agreements")
    capacity = models.CharField(max_length=80, blank=True)
    signatory = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=10, blank=True, choices=list(METHODS.items()))
    signed_on = models.DateField(null=True, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    notice_given_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("agreement", "organisation", condition=CURRENT, name="a_party_once_per_agreement"),
            models.CheckConstraint(
                condition=models.Q(signed_on__isnull=True) | ~models.Q(signatory="") & ~models.Q(authority=""),
                name="a_signature_has_a_name_and_an_authority",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "agreement"], name="agreement_party_org"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.agreement_id}"


class Clause(models.Model):
    """A clause in own words. `replaces`: the clause, of this agreement or the one it amends, that it stands in for."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    number = models.CharField(max_length=20)
    text = models.TextField()
    area = models.CharField(max_length=30, blank=True, choices=list(AREA_WORDS.items()))
    valid_from = models.DateField()
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        ordering: ClassVar[list[str]] = ["number", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("agreement", "number", "valid_from", name="a_clause_once_per_day"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_clause_says_something"),
        ]

    def __str__(self) -> str:
        return self.number


class Membership(Recorded):
    """A party's place in a partnership from one day until another, which is the first it no longer has it.

    `via`: the agreement by which it is in; an acceded party has one (I-4). `stage`: how far the partnership had come.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    role = models.CharField(max_length=20, choices=list(ROLE_WORDS.items()))
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    size = models.CharField(max_length=20, blank=True)
    voting = models.BooleanField(default=False)
    stage = models.CharField(max_length=12, blank=True, choices=list(STAGE_WORDS.items()))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    via = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="brought_in")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(starts_on__lt=models.F("ends_on")),
                name="a_membership_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="acceded") | models.Q(via__isnull=False),
                name="an_acceded_party_has_its_agreement",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["partnership", "organisation"], name="membership_of_partnership"),
            models.Index(fields=["organisation"], name="membership_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.role}"
