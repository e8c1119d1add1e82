"""What a partnership decides on its thresholds: by which organ, when and in which words (D, general rule d).

A decision counts from its first day, which is never a day gone by when it is recorded: what was found before stands as
it was found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, refuse_personal_numbers
from tillit.apps.followup.actions.deviations import judge_anew
from tillit.apps.followup.models import Thresholds
from tillit.apps.followup.threshold_words import CHOICE, ORDERS, THRESHOLDS, YES_NO, Threshold
from tillit.apps.followup.thresholds import in_force, with_params
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT, Organ, Partnership
from tillit.core.governance.areas import DECIDING
from tillit.core.indicators.deviation import RULES
from tillit.core.indicators.facts import plain
from tillit.core.text import nfc

LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision on a rule's thresholds: by which organ, when, in which words, and from which day it counts.

    `values`: those that it may decide on, as numbers. One that is left out is the rule's own again.
    """

    organ: Organ
    decided_on: date
    decision: str
    starts_on: date
    values: Mapping[str, Any]


@transaction.atomic
def decide_thresholds(
    *,
    partnership: Partnership,
    rule: str,
    decided: Decided,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
    judge: bool = True,
) -> Thresholds:
    """Record that an organ has decided on a rule's thresholds. One that was to begin the same day is replaced.

    `judge`: run the rules, too; what begins later is judged by from its day on.
    :raises Refused: a value cannot be, they contradict each other, nothing changes, the organ does not decide, or the
        decision would reach back
    """
    here = locked(partnership)
    _refuse_undecided(here, decided, day_of(at))
    text, params = _text(decided.decision), _params(rule, decided.values)
    standing = list(Thresholds.objects.filter(CURRENT, partnership=here, rule=rule).order_by("starts_on"))
    same = next((row for row in standing if row.starts_on == decided.starts_on), None)
    before = in_force(row for row in standing if row.starts_on <= decided.starts_on)[rule]
    if with_params(rule, params) == before:
        raise Refused(_("Så är det redan. Ändra ett värde, eller låt det vara."))
    said = {"params": params, "organ": decided.organ, "decided_on": decided.decided_on, "decision": text}
    if same is not None:
        made = replace_row(same, at=at, by=by, **said)
    else:
        made = Thresholds.objects.create(
            partnership=here, rule=rule, starts_on=decided.starts_on, recorded_at=at, recorded_by=by, **said
        )
    audit.note("followup.thresholds.decided", subject=made, by=by, at=at, acting_for=acting_for, rule=rule)
    if judge:
        judge_anew(partnership=here, at=at)
    return made


def deciding_organs(partnership: Partnership, on: date) -> tuple[Organ, ...]:
    """Return the organs that may decide on thresholds: the deciding ones that are there on a day. One query."""
    there = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return tuple(Organ.objects.filter(there, partnership=partnership, tier=DECIDING, starts_on__lte=on))


def _refuse_undecided(here: Partnership, decided: Decided, today: date) -> None:
    organ, decided_on = decided.organ, decided.decided_on
    if organ.partnership_id != here.pk or organ.tier != DECIDING:
        raise Refused(_("Välj ett beslutande organ i partnerskapet."), field="organ")
    if decided_on > today:
        raise Refused(_("Beslutet kan inte vara fattat en dag som inte har varit."), field="decided_on")
    if organ.starts_on > decided_on or (organ.ends_on is not None and organ.ends_on <= decided_on):
        raise Refused(_("Organet fanns inte den dagen. Välj en annan dag eller ett annat organ."), field="decided_on")
    if decided.starts_on < today:
        raise Refused(_("Trösklar ändras aldrig bakåt. Välj dagens datum eller en senare dag."), field="starts_on")


def _text(decision: str) -> str:
    plain_text = nfc(decision).strip()
    if not plain_text:
        raise Refused(_("Skriv vad organet beslutade, så att andra kan hitta beslutet."), field="decision")
    if len(plain_text) > LONGEST:
        raise Refused(_("Texten är längre än %(most)s tecken. Korta den.") % {"most": LONGEST}, field="decision")
    refuse_personal_numbers(decision=plain_text)
    return plain_text


def _params(rule: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs from the rule's own thresholds, as the core stores it."""
    known = {each.name: each for each in THRESHOLDS.get(rule, ())}
    if not known:
        raise Refused(_("Den här regeln har inga trösklar att besluta om."), field="rule")
    if set(values) - set(known):
        raise Refused(_("Välj bland regelns egna trösklar."), field="rule")
    usual = RULES[rule].thresholds()
    params = {}
    for name, value in values.items():
        read = _possible(known[name], value)
        if read != getattr(usual, name):
            params[name] = plain(read)
    chosen = with_params(rule, params)
    for field, holds, wrong in ORDERS.get(rule, ()):
        if not holds(chosen):
            raise Refused(wrong, field=field)
    return params


def _possible(threshold: Threshold, value: Any) -> Any:
    """Return a value of the threshold's kind. :raises Refused: it cannot be"""
    if threshold.unit == YES_NO:
        return bool(value)
    if threshold.unit == CHOICE:
        if value not in threshold.choices:
            raise Refused(_("Välj ett av alternativen."), field=threshold.name)
        return value
    number = Decimal(value)
    if not number.is_finite() or not threshold.least <= number <= threshold.most:
        said = {"least": threshold.least, "most": threshold.most}
        raise Refused(_("Skriv ett tal från %(least)s till %(most)s.") % said, field=threshold.name)
    if not threshold.is_whole:
        return number
    if number != number.to_integral_value():
        raise Refused(_("Skriv ett heltal."), field=threshold.name)
    return int(number)
