"""The collaboration itself, who is in it, the event it belongs to, and every version of what it says."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.apps.accounts.models import Person
from tillit.apps.documents.models import Document
from tillit.apps.parties.models import Organisation, Unit
from tillit.core.process.states import STATES

STATE_WORDS = {
    "draft": _("utkast"),
    "submitted": _("hos företagets regelansvarig"),
    "company_checked": _("hos vården för granskning"),
    "care_reviewed": _("väntar på arbetsgivare"),
    "approved": _("godkänd"),
    "carried_out": _("genomförd"),
    "reported": _("utfall redovisat"),
    "closed": _("avslutad"),
    "postponed": _("uppskjuten"),
    "declined": _("avböjd"),
    "cancelled": _("inställd"),
}
OPENNESS = {
    "public": _("öppen från start"),
    "delayed": _("öppen från en senare dag"),
    "withheld": _("inte öppen"),
}
SIDES = {"company": _("företag"), "care": _("vården"), "other": _("annan")}
PARTY_ROLES = {"proposer": _("föreslog"), "answerer": _("svarar"), "joined": _("anslöt sig")}


class Event(models.Model):
    """A meeting out in the world that several collaborations may concern, such as one that three companies sponsor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    town = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(starts_on__lte=models.F("ends_on")), name="an_event_has_days"),
        ]

    def __str__(self) -> str:
        return self.name


class Collaboration(models.Model):
    """One collaboration, as it stands now. What it has been is in its versions.

    `draft` is what it would say if it were handed in now, as `core.process.content` has it; the other columns, the
    participants and the cost lines are what the last version says. `draft_differs`: there is something to hand in.
    `revision` goes up with every write, so that two who edit at once are told. `version`: the last one on file, 0
    before the first. Amounts in kronor, None where nobody has said any. `outcome`: the worst of the latest assessment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public_id = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=20, choices=list(STATE_WORDS.items()), default="draft")
    state_since = models.DateTimeField()
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    benefit_care = models.TextField(blank=True)
    benefit_company = models.TextField(blank=True)
    benefit_patient = models.TextField(blank=True)
    kind = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    town = models.CharField(max_length=120, blank=True)
    framework_agreement = models.CharField(max_length=200, blank=True)
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="collaborations")
    draft = models.JSONField(default=dict)
    draft_differs = models.BooleanField(default=True)
    edition = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    estimated_total = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    committed_total = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    actual_total = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="public")
    open_from = models.DateField(null=True, blank=True)
    openness_reason = models.TextField(blank=True)
    state_reason = models.TextField(blank=True)
    """Why it was declined, cancelled, postponed or closed in spite of a breach."""
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="a_state_is_one_of_those_there_are"),
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="it_starts_before_it_ends"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="a_collaboration_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(openness="public", open_from__isnull=True)
                | models.Q(openness="delayed", open_from__isnull=False) & ~models.Q(openness_reason="")
                | models.Q(openness="withheld", open_from__isnull=True) & ~models.Q(openness_reason=""),
                name="what_is_not_open_says_why",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-changed_at", "id"], name="collaboration_changed"),
            models.Index(fields=["-starts_on", "id"], name="collaboration_starts"),
            models.Index(fields=["state", "-starts_on"], name="collaboration_state"),
            models.Index(fields=["event"], name="collaboration_event"),
        ]

    def __str__(self) -> str:
        return self.title


class Party(models.Model):
    """An organisation in a collaboration, on one side of it. `unit`: where in the organisation, if known.

    `left_at`: the organisation has left; its acts stay on file. `starts_on` and `state` are the collaboration's, kept
    here by the database itself (migration 0002) for the lists of one organisation; nobody else writes them.
    """

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="collaborations")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="collaborations")
    side = models.CharField(max_length=10, choices=list(SIDES.items()))
    role = models.CharField(max_length=10, choices=list(PARTY_ROLES.items()))
    contact = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField(null=True, editable=False)
    state = models.CharField(max_length=20, null=True, editable=False)  # noqa: DJ001 - NULL until the database fills it

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("collaboration", "organisation", name="an_organisation_is_a_party_once"),
            models.UniqueConstraint(
                "collaboration", condition=models.Q(role="proposer"), name="one_organisation_proposes"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "collaboration"], name="party_of_organisation"),
            models.Index(fields=["organisation", "-starts_on", "collaboration"], name="party_by_day"),
            models.Index(fields=["organisation", "state", "starts_on"], name="party_by_state"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Version(models.Model):
    """What a collaboration said at one time, whole, and never changed. `hash`: SHA-256 of the canonical JSON.

    `reason`: what somebody wrote, or one of our own words in Swedish, which a page shows in its reader's language.
    """

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("collaboration", "number", name="a_collaboration_version_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.collaboration_id} v{self.number}"


class Paper(models.Model):
    """A document in a collaboration, under the record id that the rulebook knows it by."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="papers")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="paper")
    record_id = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("collaboration", "record_id", name="a_paper_has_an_id_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.record_id
