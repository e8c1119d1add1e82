"""What parties have promised, when it falls due, what was reported, by whom it was verified, on which evidence."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.documents.models import DocumentVersion
from tillit.apps.parties.models import KINDS, Organisation
from tillit.apps.partnerships.models.agreements import CURRENT, Agreement, Clause
from tillit.apps.partnerships.models.frame import Level, Partnership, Recorded
from tillit.apps.partnerships.models.organs import Organ
from tillit.apps.partnerships.models.words import (
    AREA_WORDS,
    COMMITMENT_KIND_WORDS,
    OPENNESS,
    ROLE_WORDS,
    TIER_WORDS,
    VERDICTS,
)


class Commitment(models.Model):
    """A promise of one party, of an organ, or of every party of a kind or role. `level` and `tier`: where it is made.

    Due once (`due_on`) or from `first_due` every `every_months`; neither: no day is stated. `quantity` in `unit`, None
    where nobody has stated any. `grace_days`: days after the due day that the agreement allows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="commitments")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    clause = models.ForeignKey(Clause, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    organ = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments")
    of_kind = models.CharField(max_length=20, blank=True, choices=list(KINDS.items()))
    of_role = models.CharField(max_length=20, blank=True, choices=list(ROLE_WORDS.items()))
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="commitments")
    tier = models.CharField(max_length=12, blank=True, choices=list(TIER_WORDS.items()))
    area = models.CharField(max_length=30, choices=list(AREA_WORDS.items()))
    kind = models.CharField(max_length=15, choices=list(COMMITMENT_KIND_WORDS.items()))
    text = models.TextField()
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_due = models.DateField(null=True, blank=True)
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(default=0)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    evidence_required = models.BooleanField(default=False)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="parties")
    source = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_commitment_says_what"),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, organ__isnull=True, of_kind="", of_role="")
                | models.Q(organisation__isnull=True, organ__isnull=False, of_kind="", of_role="")
                | models.Q(organisation__isnull=True, organ__isnull=True)
                & (~models.Q(of_kind="") | ~models.Q(of_role="")),
                name="a_commitment_is_somebodys",
            ),
            models.CheckConstraint(
                condition=models.Q(first_due__isnull=True, every_months__isnull=True)
                | models.Q(first_due__isnull=False, every_months__gte=1, due_on__isnull=True),
                name="due_once_or_again_and_again",
            ),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="a_commitment_weighs_something"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(starts_on__lt=models.F("ends_on")),
                name="a_commitment_begins_before_it_ends",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["partnership", "level"], name="commitment_of_partnership"),
            models.Index(fields=["organisation"], name="commitment_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CommitmentEvent(Recorded):
    """What was said of one occurrence of a commitment: reported by the party, judged by somebody else, or waived.

    `fraction`: how much of it, from nothing to all; None when it is all or nothing by the verdict. `party`: whose
    occurrence it is, for a commitment of many. A waiver cites its `decision`.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="events")
    party = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=list(VERDICTS.items()))
    fraction = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    said_on = models.DateField()
    decision = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["commitment", "party", "due_on"], condition=CURRENT, name="one_standing_word_per_occurrence"
            ),
            # The three below say the same where a party or a day is NULL, which a database takes for always different.
            models.UniqueConstraint(
                fields=["commitment", "due_on"],
                condition=CURRENT & models.Q(party__isnull=True),
                name="one_standing_word_of_the_one_party",
            ),
            models.UniqueConstraint(
                fields=["commitment", "party"],
                condition=CURRENT & models.Q(due_on__isnull=True),
                name="one_standing_word_without_a_day",
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=CURRENT & models.Q(party__isnull=True, due_on__isnull=True),
                name="one_standing_word_of_the_one_party_without_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(fraction__isnull=True) | models.Q(verdict="partial"),
                name="a_fraction_is_of_what_is_partly_met",
            ),
            models.CheckConstraint(
                condition=models.Q(fraction__isnull=True) | models.Q(fraction__gte=0, fraction__lte=1),
                name="a_fraction_is_between_nothing_and_all",
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict="waived") | ~models.Q(decision=""), name="a_waiver_has_a_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.verdict}"


class Evidence(models.Model):
    """What supports that a commitment was met. `effective_on` decides which occurrence it supports, never the upload.

    `due_on`: the occurrence that is named, None where the effective day decides. A file, or an address to look at.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="evidence")
    party = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    effective_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    version = models.ForeignKey(DocumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(max_length=400, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refused_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(title=""), name="evidence_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(accepted_on__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_on__isnull=False, accepted_by__isnull=False),
                name="evidence_is_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, link="")
                | models.Q(version__isnull=True) & ~models.Q(link=""),
                name="evidence_is_a_file_or_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_on__isnull=True) | models.Q(refused_reason=""),
                name="evidence_is_not_accepted_and_refused",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(effective_on__lt=models.F("valid_until")),
                name="evidence_holds_after_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title
