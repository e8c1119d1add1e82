"""Who may see what is reported, report it, and approve it."""

from tillit.apps.followup.models import Indicator, Reporter
from tillit.apps.partnerships.access import Acting, Sight, speaks_for


def may_report(actor: Acting | None, sight: Sight, reporter: Reporter) -> bool:
    """Return whether somebody reports here: they speak for the party, or sit in the organ. The office does not."""
    if actor is None:
        return False
    if reporter.organ_id is not None:
        return reporter.organ_id in sight.organs
    organisation = actor.organisation
    here = organisation is not None and organisation.pk == reporter.organisation_id
    return here and sight.member and organisation is not None and speaks_for(actor, organisation)


def sees_indicator(sight: Sight, indicator: Indicator) -> bool:
    """Return whether an indicator is theirs to read; one for an organ alone is of the organ that owns its goal."""
    return sight.sees(indicator.openness, indicator.goal.owner_organ_id if indicator.goal else None)


def reads_reports(sight: Sight) -> bool:
    """Return whether somebody reads what every party has sent in, approved or not: the office and evaluators."""
    return sight.office or sight.evaluator
