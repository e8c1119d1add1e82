"""Clauses are written in own words in a draft; those of a supplement stand in for those that they replace."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held, refuse_personal_numbers
from tillit.apps.parties.conditions import line
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.agreements import refuse_fixed, standing
from tillit.apps.partnerships.models import Agreement, Clause
from tillit.apps.partnerships.models.words import AREA_WORDS

LONGEST_NUMBER, LONGEST_TEXT = 20, 20_000


@dataclass(frozen=True, slots=True)
class ClauseText:
    """What a clause says, in own words. `valid_from` None: it holds from the agreement's first day."""

    number: str
    text: str
    area: str = ""
    valid_from: date | None = None


@transaction.atomic
def add_clause(
    *,
    agreement: Agreement,
    said: ClauseText,
    by: Person | None,
    at: datetime,
    replaces: Clause | None = None,
    acting_for: Organisation | None = None,
) -> Clause:
    """Write a clause in a draft. `replaces`: the clause that it stands in for, of what the draft amends.

    :raises Refused: the agreement is no draft, the number is taken, or what it replaces is of another agreement
    """
    _here, current = standing(agreement)
    refuse_fixed(current)
    from_day = said.valid_from or current.valid_from
    words = _checked(said)
    if from_day < current.valid_from:
        raise Refused(_("Punkten kan inte gälla innan avtalet gör det."), field="valid_from")
    if replaces is not None:
        _refuse_foreign(current, replaces)
    with held(lambda: _refuse_taken(current, words["number"], from_day)):
        made = Clause.objects.create(agreement=current, valid_from=from_day, replaces=replaces, **words)
    audit.note("partnerships.clause_added", subject=made, by=by, at=at, acting_for=acting_for, number=made.number)
    return made


@transaction.atomic
def replace_clause(
    *,
    clause: Clause,
    supplement: Agreement,
    text: str,
    by: Person | None,
    at: datetime,
    valid_from: date | None = None,
    acting_for: Organisation | None = None,
) -> Clause:
    """Write in a supplement what stands in for a clause, under the same number and area.

    :raises Refused: as `add_clause`
    """
    return add_clause(
        agreement=supplement,
        said=ClauseText(clause.number, text, clause.area, valid_from),
        replaces=clause,
        by=by,
        at=at,
        acting_for=acting_for,
    )


@transaction.atomic
def change_clause(
    *,
    clause: Clause,
    said: ClauseText,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Clause:
    """Change a clause of a draft. :raises Refused: it is no draft, or as `add_clause`"""
    _here, current = standing(clause.agreement)
    refuse_fixed(current)
    row = Clause.objects.get(pk=clause.pk)
    for name, value in _checked(said).items():
        setattr(row, name, value)
    with held(lambda: _refuse_taken(current, row.number, row.valid_from, but=row)):
        row.save()
    audit.note("partnerships.clause_changed", subject=row, by=by, at=at, acting_for=acting_for, number=row.number)
    return row


def _checked(said: ClauseText) -> dict[str, str]:
    plain = said.text.strip()
    refuse_personal_numbers(text=plain)
    if not plain or len(plain) > LONGEST_TEXT:
        raise Refused(_("Skriv vad punkten säger, med egna ord."), field="text")
    if said.area and said.area not in AREA_WORDS:
        raise Refused(_("Välj ett av alternativen."), field="area")
    return {"number": line(said.number, field="number", most=LONGEST_NUMBER), "text": plain, "area": said.area}


def _refuse_taken(agreement: Agreement, number: str, valid_from: date, but: Clause | None = None) -> None:
    others = agreement.clauses.exclude(pk=but.pk) if but else agreement.clauses.all()
    if others.filter(number=number, valid_from=valid_from).exists():
        raise Refused(_("Avtalet har redan en punkt med det numret."), field="number")


def _refuse_foreign(agreement: Agreement, clause: Clause) -> None:
    """A clause stands in for one of the same agreement, of the one it amends, or of another supplement to that."""
    whole = {agreement.pk, agreement.amends_id} - {None}
    if clause.agreement_id not in whole and clause.agreement.amends_id not in whole:
        raise Refused(_("Punkten hör till ett annat avtal."), field="replaces")
