"""Who takes part in a collaboration, and what it costs."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.models.collaboration import Collaboration
from tillit.apps.parties.models import Organisation, Unit

ATTENDANCE = {
    "invited": _("inbjuden"),
    "registered": _("anmäld"),
    "present": _("på plats"),
    "remote": _("på distans"),
    "absent": _("uteblev"),
}


class Participant(models.Model):
    """Somebody who takes part, known by the record id that the rulebook's answers name ("p1").

    `person` and `employer` are None where only a role is known. `facts`: the rulebook's facts of the participant, in
    the plain form; `side` is the one of them that is asked for most, "" where it is not known. `label` is what pages
    show where there is no person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="participants")
    record_id = models.CharField(max_length=60)
    position = models.PositiveIntegerField(default=0)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="takes_part")
    label = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=120, blank=True)
    employer = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attendance = models.CharField(max_length=12, choices=list(ATTENDANCE.items()), default="invited")
    side = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("collaboration", "record_id", name="a_participant_has_an_id_of_its_own"),
            models.UniqueConstraint(
                "collaboration",
                "person",
                condition=models.Q(removed_at__isnull=True, person__isnull=False),
                name="a_person_takes_part_once",
            ),
            models.CheckConstraint(
                condition=models.Q(attendance__in=list(ATTENDANCE)), name="attendance_is_one_of_those_there_are"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person"], name="participant_person")]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.label or self.record_id


class CostLine(models.Model):
    """A cost and what became of it: estimated, committed, actual, each None until somebody says it, in `currency`,
    kronor where it is "".

    `sponsored`: part of a sponsorship, and so a cost line in the rulebook's sense, with the id that it has there.
    `hours` × `rate` is the basis of a fee; `rate_source` says whose market rate it is. `participant`: whose cost it is,
    None where it is shared. `concerns`: the record that it pays for ("meal:lunch", "transfer:arvode"), "" where none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="cost_lines")
    record_id = models.CharField(max_length=60)
    position = models.PositiveIntegerField(default=0)
    label = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=30)
    sponsored = models.BooleanField(default=False)
    payer = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="cost_lines"
    )
    concerns = models.CharField(max_length=80, blank=True)
    estimated = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    committed = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    hours = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    rate = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    rate_source = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("collaboration", "record_id", name="a_cost_line_has_an_id_of_its_own"),
            models.CheckConstraint(
                condition=(models.Q(estimated__isnull=True) | models.Q(estimated__gte=0))
                & (models.Q(committed__isnull=True) | models.Q(committed__gte=0))
                & (models.Q(actual__isnull=True) | models.Q(actual__gte=0)),
                name="costs_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.category
