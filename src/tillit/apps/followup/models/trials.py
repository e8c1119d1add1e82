"""Clinical trials and their states, each state a dated row of its own: no national source says when a trial starts."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.followup.models.words import QUALITIES, TRIAL_PHASES, TRIAL_STATES
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Organ, Partnership, Recorded
from tillit.apps.partnerships.models.words import OPENNESS


class Trial(models.Model):
    """A company-initiated clinical trial. `number`: its public number (EU CT number), "" when not known or none yet.

    `planned_patients`: recruitment by plan, None where nobody has said. `network`: the organ that follows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="trials")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=40, blank=True)
    sponsor = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="trials")
    phase = models.CharField(max_length=10, blank=True, choices=list(TRIAL_PHASES.items()))
    area = models.CharField(max_length=120, blank=True)
    planned_patients = models.PositiveIntegerField(null=True, blank=True)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="parties")
    source = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_trial_has_a_title"),
            models.UniqueConstraint(
                fields=["partnership", "number"], condition=~models.Q(number=""), name="a_trial_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TrialSite(models.Model):
    """Where a trial is carried out, and how many patients there by plan and so far, None where nobody has said."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="sites")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    planned_patients = models.PositiveIntegerField(null=True, blank=True)
    recruited = models.PositiveIntegerField(null=True, blank=True)
    recruited_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("trial", "organisation", name="a_trial_site_once"),
            models.CheckConstraint(
                condition=models.Q(recruited__isnull=True) | models.Q(recruited_on__isnull=False),
                name="a_count_of_patients_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id}: {self.organisation_id}"


class TrialState(Recorded):
    """That a trial came to a state on a day, who says so, and how sure that is."""

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=15, choices=list(TRIAL_STATES.items()))
    on = models.DateField()
    quality = models.CharField(max_length=12, choices=list(QUALITIES.items()))

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["trial", "state"], condition=CURRENT, name="one_standing_day_of_a_state"),
            models.CheckConstraint(condition=~models.Q(source=""), name="a_trial_state_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id}: {self.state}"
