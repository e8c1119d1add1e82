"""Limits across collaborations, set by an organisation or the operator. No row, no limit: nothing is made up."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.apps.parties.models import Organisation

MEASURES = {
    "meals_per_person_year": _("måltider per person och år"),
    "fees_per_person_year": _("arvoden per person och år, kronor"),
    "share_of_unit_year": _("ett företags andel av en enhets samverkan per år, procent"),
}


class Limit(models.Model):
    """The most that may be counted before a warning is given: from a day, by whom, and where the number comes from.

    `organisation` None: for everybody on this site. `most` in the measure's own unit (meals, kronor, per cent).
    """

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="limits"
    )
    measure = models.CharField(max_length=30, choices=list(MEASURES.items()))
    most = models.DecimalField(max_digits=12, decimal_places=2)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "organisation",
                "measure",
                "valid_from",
                condition=models.Q(organisation__isnull=False),
                name="a_limit_once_per_day",
            ),
            models.UniqueConstraint(
                "measure",
                "valid_from",
                condition=models.Q(organisation__isnull=True),
                name="a_limit_for_everybody_once_per_day",
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="a_limit_has_a_source"),
            models.CheckConstraint(condition=models.Q(most__gte=0), name="a_limit_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.most}"
