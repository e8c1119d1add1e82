"""The partnership itself, the levels, sectors and subjects it is described by, and who runs it."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models.words import BASES, LEGAL_FORM_WORDS, OPENNESS, STATUS_WORDS, STEWARD_ROLES


class Recorded(models.Model):
    """A dated statement that is never changed: a correction or an end is a new row, and the old one is superseded.

    `superseded_at` is the only column that is ever written again; constraints hold for rows where it is NULL.
    """

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    """Where it is stated: document, clause, public address. "" is not known."""

    class Meta:
        abstract = True


class Partnership(models.Model):
    """A partnership. `host`: the organisation it lives in, where it is no legal person of its own.

    `openness` is what holds where nothing else is said of a row. `not_started`: its follow-up has not begun, which is
    not the same as missing. `template`: the model that it was set up from, "" when none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    legal_form = models.CharField(max_length=20, choices=list(LEGAL_FORM_WORDS.items()))
    founding_basis = models.CharField(max_length=25, blank=True, choices=list(BASES.items()))
    host = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="hosts")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=list(STATUS_WORDS.items()), default="preparing")
    not_started = models.BooleanField(default=True)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="public")
    template = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300, blank=True)
    made_up = models.BooleanField(default=False)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_partnership_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(starts_on__lt=models.F("ends_on")),
                name="a_partnership_starts_before_it_ends",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["name"], name="partnership_name")]

    def __str__(self) -> str:
        return self.name


class PartnershipAlias(models.Model):
    """Another name of a partnership."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Level(models.Model):
    """A level of a partnership, the highest with rank 0."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="levels")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    rank = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")

    class Meta:
        ordering: ClassVar[list[str]] = ["rank", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("partnership", "code", name="a_level_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Sector(models.Model):
    """A sector of the partnership's own taxonomy: care, academia, industry, patients, or seven slices."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="sectors")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("partnership", "code", name="a_sector_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """What somebody decides on: budget, admission of parties, choice of research areas."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="subjects")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("partnership", "code", name="a_subject_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Steward(models.Model):
    """Somebody who runs a partnership's record (the office), or follows it all without writing (an evaluator)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="stewards")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stewardships")
    role = models.CharField(max_length=10, choices=list(STEWARD_ROLES.items()))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "partnership", "person", "role", condition=models.Q(until__isnull=True), name="a_steward_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(since__lte=models.F("until")),
                name="a_stewardship_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"
