"""How a collaboration was judged: assessments by the engine, judgements by people, approvals and the links to them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.models.collaboration import Collaboration, Version
from tillit.apps.collaborations.models.content import Participant
from tillit.apps.parties.models import Organisation, Unit
from tillit.core.process.states import APPROVAL_KINDS

APPROVAL_KIND_WORDS = {
    "company_check": _("företagets kontroll"),
    "care_review": _("vårdens granskning"),
    "employer": _("arbetsgivarens godkännande"),
}
ANSWERS = {
    "waiting": _("väntar"),
    "approved": _("godkänt"),
    "conditions": _("godkänt med villkor"),
    "declined": _("avböjt"),
    "lapsed": _("behövs inte längre"),
}
GIVEN = ("approved", "conditions")
"""Answers that let the collaboration go on."""


class Assessment(models.Model):
    """The engine's answer on one version, whole and never changed: what was tried, by which editions, on which day.

    `answer` is the contract's answer in Swedish with every finding; `layers` the editions with their hashes.
    """

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="assessments")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="assessments")
    phase = models.CharField(max_length=12)
    as_of = models.DateField()
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    outcomes = models.JSONField(default=dict)
    edition = models.CharField(max_length=60)
    layers = models.JSONField(default=list)
    answer = models.JSONField()
    warnings = models.JSONField(default=list)
    """What counts across collaborations, at that time: [{"code", "subject", "args"}]."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.collaboration_id} {self.outcome}"


class Judgement(models.Model):
    """A named person's answer to what the engine leaves to people, with the reason. The latest that stands counts.

    `lapsed_at`: no longer counts, because it was taken back or what it concerned was changed.
    """

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="judgements")
    fact = models.CharField(max_length=80)
    record = models.CharField(max_length=80)
    value = models.BooleanField()
    why = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="judgements")
    acting_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True, blank=True)
    lapsed_because = models.CharField(
        max_length=20, blank=True, choices=[("changed", "changed"), ("withdrawn", "withdrawn")]
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(why=""), name="a_judgement_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(lapsed_at__isnull=True, lapsed_because="")
                | models.Q(lapsed_at__isnull=False) & ~models.Q(lapsed_because=""),
                name="a_lapsed_judgement_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}.{self.fact}"


class Acknowledgement(models.Model):
    """A warning that somebody has seen and gone on from, with the reason. `key`: the warning's code and subject."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="acknowledgements")
    key = models.CharField(max_length=200)
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("collaboration", "key", name="a_warning_is_answered_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_warning_is_answered_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.key


class Approval(models.Model):
    """A question to one organisation, and its answer. A new question is asked when a change touches an answer.

    `kind` employer concerns one participant; the others concern the collaboration. `version`: the one that was asked
    about, and so the one that an answer holds for. `follows`: the answer that a change re-opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="approvals")
    kind = models.CharField(max_length=15, choices=list(APPROVAL_KIND_WORDS.items()))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="approvals")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="approvals")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="approvals"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    follows = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=list(ANSWERS.items()), default="waiting")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    on_behalf_of = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Whose place the one who answered stood in for, during absence."""
    by_link = models.BooleanField(default=False)
    conditions = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=APPROVAL_KINDS), name="an_approval_is_of_a_kind_there_is"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="employer", participant__isnull=False)
                | ~models.Q(kind="employer") & models.Q(participant__isnull=True),
                name="employers_approve_a_participant",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=["waiting", "lapsed"], answered_at__isnull=True, answered_by__isnull=True)
                | models.Q(
                    answer__in=["approved", "conditions", "declined"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                ),
                name="an_answer_has_its_time_and_person",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="conditions") & ~models.Q(conditions="")
                | ~models.Q(answer="conditions") & models.Q(conditions=""),
                name="conditions_stand_with_their_answer",
            ),
            models.CheckConstraint(condition=~models.Q(answer="declined") | ~models.Q(reason=""), name="a_no_says_why"),
            models.UniqueConstraint(
                "collaboration",
                "kind",
                "organisation",
                condition=models.Q(answer="waiting", participant__isnull=True),
                name="one_open_question_at_a_time",
            ),
            models.UniqueConstraint(
                "participant",
                condition=models.Q(answer="waiting", participant__isnull=False),
                name="one_open_question_per_participant",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "answer"], name="approval_of_organisation"),
            models.Index(fields=["answer", "due_on"], name="approval_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.answer}"

    @property
    def is_given(self) -> bool:
        return self.answer in GIVEN


class ApprovalLink(models.Model):
    """A way to answer without an account: for one person, once, until a time. The signed link holds only the key.

    Every opening is in the ledger. `used_at`: an answer was given with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="approval_links")
    approvals = models.ManyToManyField(Approval, related_name="links")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(made_at__lt=models.F("expires_at")), name="a_link_lives_before_it_expires"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
