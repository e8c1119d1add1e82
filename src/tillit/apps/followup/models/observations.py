"""What is reported for an indicator and a period, its evidence, which periods are locked, and keys to report with."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.documents.models import DocumentVersion
from tillit.apps.followup.models.indicators import LEVEL, IndicatorVersion, Reporter, amount
from tillit.apps.followup.models.words import FREQUENCIES, INDICATOR_KINDS, OBSERVATION_STATUS
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Partnership, Recorded


class Observation(Recorded):
    """A figure, or a described level with its narrative, for one period and one reporter; by one rater where several
    rate.

    `frequency` and `number` are the core's period, `ends_on` its last day, which dates the observation. Quantities
    have `value`, and `n` where a mean is added up; a ratio has `numerator` and `denominator`, or says that its parts
    are unknown. What is approved is never changed: a correction is a new row that `supersedes` it and says why (I-19).
    `held`: why D14 asks whether the value is right; `confirmed`: that the reporter has said that it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="observations")
    version = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="observations")
    kind = models.CharField(max_length=12, choices=list(INDICATOR_KINDS.items()))
    frequency = models.CharField(max_length=10, choices=list(FREQUENCIES.items()))
    number = models.IntegerField()
    ends_on = models.DateField()
    value = amount()
    numerator = amount()
    denominator = amount()
    n = models.PositiveIntegerField(null=True, blank=True)
    parts_unknown = models.BooleanField(default=False)
    level = LEVEL(null=True, blank=True)
    narrative = models.TextField(blank=True)
    rater = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    observed_on = models.DateField(null=True, blank=True)
    comment = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=list(OBSERVATION_STATUS.items()), default="draft")
    submitted_on = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_reason = models.CharField(max_length=300, blank=True)
    held = models.JSONField(default=list, blank=True)
    confirmed = models.BooleanField(default=False)
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["reporter", "number"], name="observation_of_period"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["reporter", "frequency", "number", "rater"],
                condition=CURRENT & models.Q(rater__isnull=False),
                name="one_standing_rating_per_period",
            ),
            models.UniqueConstraint(
                fields=["reporter", "frequency", "number"],
                condition=CURRENT & models.Q(rater__isnull=True),
                name="one_standing_observation_per_period",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="quantitative", level__isnull=True, rater__isnull=True)
                | models.Q(
                    kind="qualitative",
                    value__isnull=True,
                    numerator__isnull=True,
                    denominator__isnull=True,
                    n__isnull=True,
                    parts_unknown=False,
                ),
                name="an_observation_is_a_figure_or_a_level",
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__lte=4),
                name="an_observed_level_is_at_most_four",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=("draft", "returned"))
                | models.Q(value__isnull=False)
                | models.Q(numerator__isnull=False, denominator__isnull=False)
                | models.Q(level__isnull=False),
                name="what_is_submitted_says_something",
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft") | models.Q(submitted_on__isnull=False),
                name="what_is_submitted_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=("approved", "locked"), approved_on__isnull=False)
                | ~models.Q(status__in=("approved", "locked")) & models.Q(approved_on__isnull=True),
                name="what_is_approved_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes__isnull=True) | ~models.Q(reason=""), name="a_correction_says_why"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="returned") | ~models.Q(returned_reason=""), name="what_is_returned_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reporter_id} {self.ends_on}: {self.status}"


class ObservationEvidence(models.Model):
    """What an observation rests on: a file, or an address."""

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    version = models.ForeignKey(DocumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(max_length=400, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(title="")
                & (models.Q(version__isnull=False, link="") | models.Q(version__isnull=True) & ~models.Q(link="")),
                name="what_is_observed_rests_on_a_file_or_an_address",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PeriodLock(Recorded):
    """Every period that ends on `through` or before is locked: a correction in it has to say why (I-19)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="locks")
    through = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partnership"], condition=CURRENT, name="one_standing_lock"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id}: {self.through}"


class ReportingKey(models.Model):
    """A key that an organisation's own system reports with. Only its SHA-256 is kept; it acts as who made it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="keys")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reporting_keys")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_reporting_key_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
