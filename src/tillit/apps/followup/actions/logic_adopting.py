"""A draft is adopted by a decision; what was adopted before is then replaced (I-14, I-15)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.followup.actions.deviations import judge_anew
from tillit.apps.followup.actions.logic import drafted
from tillit.apps.followup.gap_facts import surroundings
from tillit.apps.followup.logic_facts import logic_of
from tillit.apps.followup.models import EffectLogic
from tillit.apps.followup.queries.gap_words import gaps_told, names_of
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation
from tillit.core.indicators.gaps import blocking, gaps


@transaction.atomic
def adopt_logic(
    *,
    logic: EffectLogic,
    decision: str,
    adopted_on: date,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
    judge: bool = True,
) -> EffectLogic:
    """Adopt a draft; `decision`: who decided and when, as written. From now on the version is never changed.

    `judge`: run the rules, too.
    :raises Refused: it has no steps, gaps that keep it from adoption (G2, G5, G6, G11) remain, each told in words,
        or the decision is not stated
    """
    current = drafted(logic)
    why = line(decision, field="decision", most=300)
    possible(adopted_on, field="adopted_on")
    if adopted_on > day_of(at):
        raise Refused(_("Dagen ligger i framtiden. Välj den dag då beslutet togs."), field="adopted_on")
    _refuse_gaps(current, day_of(at))
    former = EffectLogic.objects.filter(partnership=current.partnership_id, organ=current.organ_id, status="adopted")
    if former.filter(adopted_on__gt=adopted_on).exists():
        raise Refused(_("Den version som gäller fastställdes senare. Välj en senare dag."), field="adopted_on")
    current.status, current.adopted_on, current.decision = "adopted", adopted_on, why
    with held(lambda: None):
        former.update(status="replaced")
        current.save(update_fields=["status", "adopted_on", "decision"])
    audit.note("followup.logic.adopted", subject=current, by=by, at=at, acting_for=acting_for, version=current.version)
    if judge:
        judge_anew(partnership=current.partnership, at=at)
    return current


def _refuse_gaps(logic: EffectLogic, today: date) -> None:
    found = surroundings(logic.partnership, today, logic)
    steps = found.steps(logic)
    if not steps:
        raise Refused(_("Effektlogiken är tom. Lägg till det första steget."))
    fact = logic_of(logic, steps, logic.edges.all())
    if left := blocking(gaps(fact, found.around(logic))):
        told = gaps_told(left, fact, names_of(logic, found), found.around(logic), adopted=False)
        raise Refused(
            _("Effektlogiken kan inte fastställas än. %(gaps)s")
            % {"gaps": " ".join(f"{each.says} {each.do}" for each in told)}
        )
