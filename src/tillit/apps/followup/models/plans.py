"""Strategic plans and the goals in them, and what each party has said of a goal."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.followup.models.words import GOAL_KINDS, GOAL_STATUS, STANCES, STRATEGIC_PLAN_STATUS
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Level, Organ, Partnership, Recorded
from tillit.apps.partnerships.models.words import OPENNESS, TIER_WORDS


class StrategicPlan(models.Model):
    """A plan with goals, of the whole partnership or of one organ (`organ`). The next version is a new plan.

    `ends_on` is the first day that it no longer covers. `decision`: by whom and when it was adopted, as written.
    `closing_reason`: why one without a successor ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="plans")
    organ = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="plans")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=10, choices=list(STRATEGIC_PLAN_STATUS.items()), default="draft")
    adopted_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    closing_reason = models.CharField(max_length=300, blank=True)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="public")
    source = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["level__rank", "title", "version", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_plan_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(starts_on__lt=models.F("ends_on")), name="a_plan_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft", adopted_on__isnull=True)
                | ~models.Q(status="draft") & models.Q(adopted_on__isnull=False) & ~models.Q(decision=""),
                name="an_adopted_plan_has_its_decision",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="closed") | ~models.Q(closing_reason=""), name="a_closed_plan_says_why"
            ),
            models.UniqueConstraint(
                fields=["partnership", "version"],
                condition=models.Q(organ__isnull=True),
                name="a_plan_version_once",
            ),
            models.UniqueConstraint(
                fields=["organ", "version"],
                condition=models.Q(organ__isnull=False),
                name="a_plan_version_of_an_organ_once",
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=models.Q(organ__isnull=True, status="adopted"),
                name="one_adopted_plan",
            ),
            models.UniqueConstraint(
                fields=["organ"],
                condition=models.Q(organ__isnull=False, status="adopted"),
                name="one_adopted_plan_of_an_organ",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Goal(models.Model):
    """A goal of a plan. `level` and `tier`: where it is counted; an organ's tier is the default of its own goals.

    `owner_role`: who answers for it, as a role and not by name. "" and None: nobody has said. `based_on`: the goal of
    the version before that it is a copy of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(StrategicPlan, on_delete=models.PROTECT, related_name="goals")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveSmallIntegerField(default=1)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="goals")
    tier = models.CharField(max_length=12, blank=True, choices=list(TIER_WORDS.items()))
    kind = models.CharField(max_length=10, choices=list(GOAL_KINDS.items()))
    text = models.TextField()
    problem = models.TextField(blank=True)
    target_group = models.CharField(max_length=200, blank=True)
    owner_party = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_organ = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="goals")
    owner_role = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=list(GOAL_STATUS.items()), default="draft")
    closing_reason = models.CharField(max_length=300, blank=True)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="public")
    source = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["level__rank", "number", "created_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_goal_says_what"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(starts_on__lt=models.F("ends_on")),
                name="a_goal_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="no_goal_is_its_own_parent",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="closed") | models.Q(ends_on__isnull=False) & ~models.Q(closing_reason=""),
                name="a_closed_goal_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class GoalConsent(Recorded):
    """What a party says of a goal, and since when. A change of mind is a new row."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=10, choices=list(STANCES.items()))
    said_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["goal", "organisation"], condition=CURRENT, name="one_standing_stance_per_party"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.stance}"
