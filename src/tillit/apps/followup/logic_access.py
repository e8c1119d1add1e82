"""Who may read and write an effect logic.

Readings. A draft is nothing that anybody has decided: those in the partnership read it, others only what is adopted or
has been. The office works on the national logic; those seated in an organ, and the office, on its branch. The office
alone writes down that a version is adopted, since it keeps the record of decisions.
"""

from tillit.apps.followup.models import EffectLogic
from tillit.apps.partnerships.access import Sight


def sees_logic(sight: Sight, logic: EffectLogic) -> bool:
    """Return whether somebody may know of a version; asks no query when its organ is fetched with it."""
    if not sight.sees(logic.openness, logic.organ_id):
        return False
    if logic.organ is not None and not sight.sees(logic.organ.openness, logic.organ_id):
        return False
    return logic.status != "draft" or sight.party or sight.office or sight.evaluator


def works_on(sight: Sight, logic: EffectLogic) -> bool:
    """Return whether somebody may change the draft of a logic, and say whether its assumptions hold."""
    return sight.office or (logic.organ_id is not None and logic.organ_id in sight.organs)


def begins_branches(sight: Sight) -> bool:
    """Return whether somebody may begin a logic of some kind: the office, or a branch of an organ they sit in."""
    return sight.office or bool(sight.organs)
