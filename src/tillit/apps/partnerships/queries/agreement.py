"""One agreement: its terms, who is bound from when to when and who is not, how it reads on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.documents.models import DocumentVersion
from tillit.apps.partnerships.models import Agreement, AgreementParty
from tillit.apps.partnerships.models.words import AREA_WORDS, COVERAGE_WORDS, METHODS
from tillit.apps.partnerships.queries.agreement_words import (
    CELL_WORDS,
    COVERAGE_MARKS,
    flag_told,
    last_day,
    standing_of,
)
from tillit.apps.partnerships.queries.agreements import AgreementRow, Loaded, agreement_rows, clauses_of
from tillit.apps.partnerships.queries.organ_words import Told
from tillit.apps.partnerships.reading import Read, Wording, consolidated
from tillit.core.governance import agreements as core
from tillit.core.governance.areas import AREA_CODES
from tillit.core.governance.coverage import NOT_READ, stated
from tillit.core.governance.entities import Interval
from tillit.core.governance.flags import by_severity
from tillit.core.governance.renewal import UNSIGNED, next_review, notice_date, renewal_flags

UNBOUND, BOUND, LATER, NO_LONGER = "unbound", "bound", "later", "no_longer"
STATES = {
    BOUND: ("meets", gettext_lazy("Ja")),
    LATER: ("judge", gettext_lazy("Senare")),
    NO_LONGER: ("not_applicable", gettext_lazy("Inte längre")),
    UNBOUND: ("undecided", gettext_lazy("Nej")),
}
"""Whether a party is bound, as a shape and a word."""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party to the agreement. `since`, `until`: when it is bound; `until` is the first day it no longer is.

    `state`: unbound, bound today, later, no_longer; `told` says it, and `days` since when and until when, "" for never.
    `signatory` and `authority` are for the parties and the office.
    """

    row: AgreementParty
    key: UUID
    name: str
    capacity: str
    state: str
    told: Told
    days: str
    signed_on: date | None
    since: date | None
    until: date | None
    signatory: str
    authority: str
    method: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    code: str
    name: str
    said: Told
    coverage: str
    clauses: str


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """`notice_by`: the last day to give notice; `review`: the next day of review.

    `awaited`: how many parties it does not bind because they have not signed.
    """

    agreement: Agreement
    row: AgreementRow
    standing: str
    above: tuple[Agreement, ...]
    below: tuple[AgreementRow, ...]
    parties: tuple[PartyRow, ...]
    awaited: int
    areas: tuple[AreaRow, ...]
    reads: tuple[Read, ...]
    flags: tuple[Told, ...]
    notice_by: date | None
    review: date | None
    versions: tuple[DocumentVersion, ...]


def agreement_page(
    whole: Loaded, agreement: Agreement, today: date, *, named: bool, reads_on: date | None = None
) -> AgreementPage:
    """Return the page of an agreement out of what somebody may see. Two queries.

    What has not begun is read as of its first day. `named`: whether who has not signed is told, and who signed.
    """
    key = str(agreement.pk)
    fact, on = whole.facts[key], max(reads_on or today, agreement.valid_from)
    rows = {str(each.id): each for each in agreement_rows(whole, today)}
    under = [child for child, row in whole.rows.items() if agreement.pk in (row.parent_id, row.amends_id)]
    found = [each for each in by_severity(renewal_flags(fact, today)) if named or each.code != UNSIGNED]
    parties = [party_row(fact, each, today) for each in whole.parties.get(key, ())]
    return AgreementPage(
        agreement=agreement,
        row=rows[key],
        standing=standing_of(fact, today),
        above=_above(whole, agreement),
        below=tuple(rows[child] for child in under),
        parties=tuple(each for each in parties if named or each.state != UNBOUND),
        awaited=sum(each.state == UNBOUND for each in parties),
        areas=tuple(_area(whole, key, area) for area in AREA_CODES),
        reads=consolidated(_wordings(whole, agreement, on), on),
        flags=tuple(flag_told(each, whole.names) for each in found),
        notice_by=notice_date(fact, today),
        review=next_review(fact, today) if core.in_force(fact, today) else None,
        versions=_versions(agreement),
    )


def party_row(fact: core.Agreement, row: AgreementParty, today: date) -> PartyRow:
    """Return a party to an agreement with the days on which it is bound (I-3)."""
    mine = next(each for each in fact.parties if each.party == str(row.organisation_id))
    days = core.binds(fact, mine, today)
    state = UNBOUND
    if days is not None:
        state = BOUND if days.holds(today) else LATER if today < days.start else NO_LONGER
    if state == UNBOUND and row.withdrawn_on is not None and row.withdrawn_on <= today:
        state = NO_LONGER
    mark, word = STATES[state]
    return PartyRow(
        row=row,
        key=row.organisation_id,
        name=row.organisation.name,
        capacity=row.capacity,
        state=state,
        told=Told(mark, str(word), ""),
        days=_days(days) if days is not None else "",
        signed_on=row.signed_on,
        since=days.start if days else None,
        until=days.end if days else None,
        signatory=row.signatory,
        authority=row.authority,
        method=str(METHODS.get(row.method, "")),
    )


def _days(days: Interval) -> str:
    said = _("från %(day)s") % {"day": days.start.isoformat()}
    until = _("t.o.m. %(day)s") % {"day": last_day(days.end)} if days.end is not None else ""
    return f"{said} {until}".rstrip()


def _above(whole: Loaded, agreement: Agreement) -> tuple[Agreement, ...]:
    found: list[Agreement] = []
    here = whole.rows.get(str(agreement.parent_id))
    while here is not None and here not in found:
        found.insert(0, here)
        here = whole.rows.get(str(here.parent_id))
    return tuple(found)


def _area(whole: Loaded, key: str, area: str) -> AreaRow:
    said = stated(whole.facts[key], area)
    word = COVERAGE_WORDS.get(said, CELL_WORDS[NOT_READ])
    references = whole.clauses.get(key, {})
    return AreaRow(
        area, str(AREA_WORDS[area]), Told(COVERAGE_MARKS[said], str(word), ""), said, references.get(area, "")
    )


def _wordings(whole: Loaded, agreement: Agreement, on: date) -> Iterable[Wording]:
    """Yield the clauses as they are written. Those of the agreement itself are shown whether it runs or not."""
    for each in clauses_of(agreement.pk):
        key = str(each.agreement_id)
        if key not in whole.rows:
            continue
        yield Wording(
            id=each.pk,
            number=each.number,
            text=each.text,
            area=each.area,
            valid_from=each.valid_from,
            replaces=each.replaces_id,
            agreement=whole.rows[key].title,
            holds=each.agreement_id == agreement.pk or core.in_force(whole.facts[key], on),
        )


def _versions(agreement: Agreement) -> tuple[DocumentVersion, ...]:
    """Return the versions of the agreement's file, the newest first. One query."""
    if agreement.document_id is None:
        return ()
    kept = DocumentVersion.objects.filter(document=agreement.document_id, document__removed_at__isnull=True)
    return tuple(kept.order_by("-number"))
