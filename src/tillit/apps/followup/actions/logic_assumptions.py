"""What an edge rests on: assumptions, external factors and risks, and whether they hold, said also of what is adopted.

Reading: whether an assumption holds is no part of the version but said beside it. In a draft an assumption is taken
away with what has been said of it there; what is said beside an adopted version is never taken away.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.followup.actions.logic import drafted, prose
from tillit.apps.followup.models import Assumption, AssumptionCheck, EffectEdge, Indicator
from tillit.apps.followup.models.words import ASSUMPTION_KINDS, ASSUMPTION_VERDICTS
from tillit.apps.parties.conditions import day_of, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT


@transaction.atomic
def add_assumption(
    *,
    edge: EffectEdge,
    kind: str,
    text: str,
    indicator_code: str = "",
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Assumption:
    """Return a new assumption, external factor or risk of an edge; `indicator_code`: what shows whether it holds.

    :raises Refused: the logic is adopted, the kind is none, nothing is said, or there is no such indicator
    """
    current = drafted(edge.logic)
    if kind not in ASSUMPTION_KINDS:
        raise Refused(_("Välj om det är ett antagande, en yttre faktor eller en risk."), field="kind")
    code = indicator_code.strip()
    if code and not Indicator.objects.filter(partnership=current.partnership, code=code).exists():
        raise Refused(_("Ingen indikator har den koden. Välj i listan."), field="indicator_code")
    made = Assumption.objects.create(
        edge=EffectEdge.objects.get(pk=edge.pk),
        kind=kind,
        text=prose(text, field="text", needed=True),
        indicator_code=code,
    )
    audit.note("followup.assumption.added", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def remove_assumption(
    *, assumption: Assumption, by: Person, at: datetime, acting_for: Organisation | None = None
) -> None:
    """Take an assumption out of a draft.

    :raises Refused: the logic is adopted
    """
    current = drafted(assumption.edge.logic)
    AssumptionCheck.objects.filter(assumption=assumption).delete()
    Assumption.objects.filter(pk=assumption.pk).delete()
    audit.note("followup.assumption.removed", subject=current, by=by, at=at, acting_for=acting_for)


@transaction.atomic
def say_assumption(
    *,
    assumption: Assumption,
    verdict: str,
    said_on: date,
    note: str = "",
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> AssumptionCheck:
    """Return what is now said of whether an assumption holds; what was said before stays as history.

    :raises Refused: the verdict is none, the day is to come or before what was last said, or the version is replaced
    """
    here = assumption.edge.logic
    locked(here.partnership)
    here.refresh_from_db(fields=["status"])
    if here.status == "replaced":
        raise Refused(_("Versionen är ersatt. Säg det om den version som gäller."))
    if verdict not in ASSUMPTION_VERDICTS:
        raise Refused(_("Välj om det håller, är osäkert eller inte håller."), field="verdict")
    possible(said_on, field="said_on")
    if said_on > day_of(at):
        raise Refused(_("Dagen ligger i framtiden. Välj en dag som varit."), field="said_on")
    said = {"verdict": verdict, "said_on": said_on, "note": prose(note, field="note")}
    last = assumption.checks.filter(CURRENT).first()
    if last is not None and said_on < last.said_on:
        raise Refused(_("Något är redan sagt %(day)s. Välj den dagen eller en senare.") % {"day": last.said_on})
    if last is not None:
        made = replace_row(last, at=at, by=by, **said)
    else:
        with held(lambda: None):
            made = AssumptionCheck.objects.create(assumption=assumption, recorded_at=at, recorded_by=by, **said)
    audit.note("followup.assumption.checked", subject=assumption, by=by, at=at, acting_for=acting_for, verdict=verdict)
    return made
