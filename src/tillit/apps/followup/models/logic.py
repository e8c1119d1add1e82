"""Effect logics: what is meant to lead to what, on which assumptions. An adopted one is never changed (I-14)."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.followup.models.plans import Goal, StrategicPlan
from tillit.apps.followup.models.words import (
    ASSUMPTION_KINDS,
    ASSUMPTION_VERDICTS,
    CONTRIBUTIONS,
    EDGE_EVIDENCE,
    NODE_KINDS,
    PLAN_STATUS,
)
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Level, Organ, Partnership, Recorded
from tillit.apps.partnerships.models.words import OPENNESS


class EffectLogic(models.Model):
    """One version of an effect logic: the national one, or a branch of one network or group (`organ`).

    `based_on`: the version that it is a copy of. `plan`: the plan whose goals it is held against.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="logics")
    organ = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="logics")
    plan = models.ForeignKey(StrategicPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="logics")
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=list(PLAN_STATUS.items()), default="draft")
    adopted_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="public")
    source = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["organ__name", "version", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_logic_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(status="draft", adopted_on__isnull=True)
                | ~models.Q(status="draft") & models.Q(adopted_on__isnull=False) & ~models.Q(decision=""),
                name="an_adopted_logic_has_its_decision",
            ),
            *(
                models.UniqueConstraint(
                    fields=["partnership"],
                    condition=models.Q(organ__isnull=True, status=status),
                    name=f"one_{status}_logic",
                )
                for status in ("draft", "adopted")
            ),
            *(
                models.UniqueConstraint(
                    fields=["organ"],
                    condition=models.Q(organ__isnull=False, status=status),
                    name=f"one_{status}_logic_of_an_organ",
                )
                for status in ("draft", "adopted")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class EffectNode(models.Model):
    """A step of a logic. `code` is the same in every version (A1, P2): indicators and branches hold on to it.

    `serves`: the code of the step in the national logic that a step of a branch adds to. `area`: the research area of
    an operative effort. `starts_on`: the day an activity starts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    logic = models.ForeignKey(EffectLogic, on_delete=models.CASCADE, related_name="nodes")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=15, choices=list(NODE_KINDS.items()))
    text = models.CharField(max_length=300)
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="nodes")
    owner_party = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_organ = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_role = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=120, blank=True)
    serves = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "code", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("logic", "code", name="a_node_code_once"),
            models.CheckConstraint(condition=~models.Q(text="") & ~models.Q(code=""), name="a_node_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class EffectEdge(models.Model):
    """Why one step leads to another. `lag_months` None is unknown. `evidence_since` is carried over between versions.

    Both ends are in the same logic (I-16), held by a trigger.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    logic = models.ForeignKey(EffectLogic, on_delete=models.CASCADE, related_name="edges")
    src = models.ForeignKey(EffectNode, on_delete=models.CASCADE, related_name="onward")
    dst = models.ForeignKey(EffectNode, on_delete=models.CASCADE, related_name="before")
    mechanism = models.TextField(blank=True)
    lag_months = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.CharField(max_length=10, choices=list(EDGE_EVIDENCE.items()), default="untested")
    evidence_source = models.CharField(max_length=300, blank=True)
    evidence_since = models.DateField(null=True, blank=True)
    contribution = models.CharField(max_length=15, choices=list(CONTRIBUTIONS.items()), default="contributing")
    polarity = models.SmallIntegerField(default=1)
    is_feedback = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["src__order", "dst__order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("src", "dst", "polarity", name="an_edge_once"),
            models.CheckConstraint(condition=~models.Q(src=models.F("dst")), name="an_edge_joins_two_nodes"),
            models.CheckConstraint(condition=models.Q(polarity__in=(1, -1)), name="an_edge_helps_or_hinders"),
        ]

    def __str__(self) -> str:
        return f"{self.src_id} → {self.dst_id}"


class Assumption(models.Model):
    """What has to hold for an edge, what comes from outside, or what may go wrong. `indicator_code`: what shows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edge = models.ForeignKey(EffectEdge, on_delete=models.CASCADE, related_name="assumptions")
    kind = models.CharField(max_length=20, choices=list(ASSUMPTION_KINDS.items()))
    text = models.TextField()
    indicator_code = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(text=""), name="an_assumption_says_what"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class AssumptionCheck(Recorded):
    """Whether an assumption held on a day. It is said beside the adopted version, which stays as it is."""

    assumption = models.ForeignKey(Assumption, on_delete=models.PROTECT, related_name="checks")
    verdict = models.CharField(max_length=10, choices=list(ASSUMPTION_VERDICTS.items()))
    said_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["assumption"], condition=CURRENT, name="one_standing_check_of_an_assumption"
            ),
        ]

    def __str__(self) -> str:
        return self.verdict
