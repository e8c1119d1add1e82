"""Organs, what they decide, their seats, who sits there for whom, and the norm that representation is held against."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models.agreements import CURRENT, Agreement
from tillit.apps.partnerships.models.frame import Level, Partnership, Recorded, Sector, Subject
from tillit.apps.partnerships.models.words import (
    APPOINTMENT_ROLES,
    LEGAL_BASES,
    MAJORITY_RULES,
    NOMINATION_STATES,
    NORM_DIMENSIONS,
    NORM_KINDS,
    OPENNESS,
    QUORUM_RULES,
    RIGHT_WORDS,
    TIER_WORDS,
)

INTERVAL = models.Q(ends_on__isnull=True) | models.Q(starts_on__lt=models.F("ends_on"))


class Organ(models.Model):
    """A board, council, office or group. Days and counts are None where nobody has stated any."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="organs")
    name = models.CharField(max_length=120)
    tier = models.CharField(max_length=12, choices=list(TIER_WORDS.items()))
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="organs")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")
    legal_basis = models.CharField(max_length=25, blank=True, choices=list(LEGAL_BASES.items()))
    quorum_rule = models.CharField(max_length=20, choices=list(QUORUM_RULES.items()), default="not_stated")
    majority_rule = models.CharField(max_length=20, choices=list(MAJORITY_RULES.items()), default="not_stated")
    meetings_per_year = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_days = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    closing_reason = models.CharField(max_length=300, blank=True)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="public")
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["level__rank", "name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("partnership", "name", name="an_organ_name_once"),
            models.CheckConstraint(condition=INTERVAL, name="an_organ_begins_before_it_ends"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="no_organ_is_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MandateItem(Recorded):
    """What an organ may do about a subject on a level. `over`: whom it has no authority over.

    `amount_from`, `amount_to`: the band in kronor that it holds for, from included and to not; None is unlimited.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="mandates")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="mandates")
    right = models.CharField(max_length=15, choices=list(RIGHT_WORDS.items()))
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="mandates")
    over = models.CharField(max_length=120, blank=True)
    amount_from = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount_to = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=INTERVAL, name="a_mandate_begins_before_it_ends"),
            models.CheckConstraint(
                condition=models.Q(amount_from__isnull=True)
                | models.Q(amount_to__isnull=True)
                | models.Q(amount_from__lt=models.F("amount_to")),
                name="a_band_of_amounts_goes_upwards",
            ),
            models.CheckConstraint(
                condition=~models.Q(right="no_authority") | ~models.Q(over=""), name="no_authority_says_over_whom"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "level", "right"], name="mandate_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id}: {self.right}"


class Seat(models.Model):
    """A seat, apart from who sits on it. `county_code`, `health_care_region`: the seat's own, where its rules give any.

    `nominating`: the organisation that proposes for it; `nominating_class`: a kind of party that does so together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    county_code = models.CharField(max_length=2, blank=True)
    health_care_region = models.CharField(max_length=30, blank=True)
    voting = models.BooleanField(default=True)
    nominating = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nominating_class = models.CharField(max_length=60, blank=True)
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["organ", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("organ", "number", name="a_seat_number_once"),
            models.CheckConstraint(condition=INTERVAL, name="a_seat_begins_before_it_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.number}"


class Nomination(models.Model):
    """A person proposed for a seat, by whom and when, and what became of it."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nominations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """Whom the person would sit there for."""
    nominated_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="nominations")
    nominated_on = models.DateField()
    state = models.CharField(max_length=12, choices=list(NOMINATION_STATES.items()), default="proposed")
    decided_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "seat", "person", condition=models.Q(state="proposed"), name="nominated_once_for_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.state}"


class Appointment(Recorded):
    """A person on a seat for a party, from a day until another. `decision`: what elected them, in words."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=12, choices=list(APPOINTMENT_ROLES.items()), default="member")
    decision = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=INTERVAL, name="an_appointment_begins_before_it_ends"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person"], name="appointment_person")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.person_id}"


class Affiliation(models.Model):
    """A share of another party that somebody on a seat also belongs to; the appointment's own holds the rest."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    share = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("appointment", "organisation", name="an_affiliation_once"),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lte=1), name="a_share_is_above_nothing_and_at_most_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.share}"


class RepresentationLink(Recorded):
    """A party represented by a seat that another holds, or by an organ as a whole, on the ground of an agreement."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="represented_by")
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="represents")
    organ = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="represents")
    basis = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=INTERVAL, name="a_link_of_representation_begins_before_it_ends"),
            models.CheckConstraint(
                condition=models.Q(seat__isnull=True, organ__isnull=False)
                | models.Q(seat__isnull=False, organ__isnull=True),
                name="represented_by_a_seat_or_an_organ",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class RepresentationNorm(Recorded):
    """A decided norm for who sits in an organ. `value` is a share or a number of seats by `kind`; None for equal.

    `category`: the sector's, county's or health care region's code; "" where the norm is equal over all.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="norms")
    dimension = models.CharField(max_length=20, choices=list(NORM_DIMENSIONS.items()))
    category = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=8, choices=list(NORM_KINDS.items()))
    value = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    decided_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("organ", "dimension", "category", "kind", condition=CURRENT, name="a_norm_once"),
            models.CheckConstraint(
                condition=models.Q(kind="equal", value__isnull=True, category="")
                | ~models.Q(kind="equal") & models.Q(value__isnull=False) & ~models.Q(category=""),
                name="a_norm_has_what_its_kind_needs",
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="a_norm_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id}: {self.dimension} {self.kind}"
