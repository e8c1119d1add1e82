"""Follow-up: plans and goals, effect logic, indicators, observations, surveys, trials, deviations."""

from tillit.apps.followup.models.deviations import OPEN, Deviation, DeviationEvent, Thresholds
from tillit.apps.followup.models.indicators import (
    Baseline,
    Indicator,
    IndicatorVersion,
    Reporter,
    RubricLevel,
    Target,
)
from tillit.apps.followup.models.logic import Assumption, AssumptionCheck, EffectEdge, EffectLogic, EffectNode
from tillit.apps.followup.models.observations import Observation, ObservationEvidence, PeriodLock, ReportingKey
from tillit.apps.followup.models.plans import Goal, GoalConsent, StrategicPlan
from tillit.apps.followup.models.surveys import Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion
from tillit.apps.followup.models.trials import Trial, TrialSite, TrialState

__all__ = [
    "OPEN",
    "Assumption",
    "AssumptionCheck",
    "Baseline",
    "Deviation",
    "DeviationEvent",
    "EffectEdge",
    "EffectLogic",
    "EffectNode",
    "Goal",
    "GoalConsent",
    "Indicator",
    "IndicatorVersion",
    "Observation",
    "ObservationEvidence",
    "PeriodLock",
    "Reporter",
    "ReportingKey",
    "RubricLevel",
    "StrategicPlan",
    "Survey",
    "SurveyAnswer",
    "SurveyInvitation",
    "SurveyQuestion",
    "Target",
    "Thresholds",
    "Trial",
    "TrialSite",
    "TrialState",
]
