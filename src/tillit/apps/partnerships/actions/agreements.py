"""Agreements are drafted and changed while they are drafts, read for areas, amended, and given their file."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.documents.actions import add_document, add_version
from tillit.apps.documents.models import DocumentVersion
from tillit.apps.errors import Refused, held
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.organs import refuse_foreign
from tillit.apps.partnerships.agreement_facts import agreement_fact, written_term
from tillit.apps.partnerships.models import CURRENT, Agreement, AgreementArea, AgreementParty, Level, Partnership
from tillit.apps.partnerships.models.words import (
    AGREEMENT_TYPE_WORDS,
    AREA_WORDS,
    COVERAGE_WORDS,
    OPENNESS,
    TERM_WORDS,
)
from tillit.core.governance.agreements import AUTO_RENEW, FIXED, UNTIL_FURTHER_NOTICE
from tillit.core.governance.areas import SUPPLEMENT
from tillit.core.governance.hierarchy import fits

EDITABLE = ("draft", "consultation")
"""While an agreement is one of these its text and terms can be changed."""
LONGEST_TITLE, LONGEST_NUMBER, LONGEST_SOURCE, LONGEST_REFERENCE = 200, 40, 300, 200


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """What is said of an agreement. `valid_to`: the first day on which it no longer holds. Months None: not stated."""

    type: str
    title: str
    level: Level
    valid_from: date
    term_mode: str
    number: str = ""
    parent: Agreement | None = None
    supersedes: Agreement | None = None
    survives_parent: bool = False
    valid_to: date | None = None
    renewal_months: int | None = None
    notice_months: int | None = None
    review_months: int | None = None
    openness: str = "parties"
    source: str = ""


@transaction.atomic
def draft_agreement(
    *,
    partnership: Partnership,
    terms: AgreementTerms,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Agreement:
    """Write down an agreement as a draft.

    :raises Refused: it lacks what its term needs, something is of another partnership, or it would outlive its parent
    """
    here = locked(partnership)
    made = Agreement(partnership=here, created_at=at, **_checked(here, terms))
    with held(lambda: refuse_outside_parent(made, day_of(at))):
        made.save(force_insert=True)
    audit.note("partnerships.agreement_drafted", subject=made, by=by, at=at, acting_for=acting_for, type=made.type)
    return made


@transaction.atomic
def change_draft(
    *,
    agreement: Agreement,
    terms: AgreementTerms,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Agreement:
    """Change an agreement that nobody has begun to sign.

    :raises Refused: it is being signed or has been, or as `draft_agreement`
    """
    here, current = standing(agreement)
    refuse_fixed(current)
    for name, value in _checked(here, terms).items():
        setattr(current, name, value)
    with held(lambda: _refuse_misplaced(current, day_of(at))):
        current.save()
    audit.note("partnerships.agreement_changed", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def set_areas(
    *,
    agreement: Agreement,
    areas: Mapping[str, tuple[str, str]],
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Agreement:
    """Say what an agreement says of each area, and in which clauses. Of an area that is left out it says nothing.

    With no area at all nobody has read the agreement. It is a reading and no change of the agreement, so it can be
    made at any time.

    :raises Refused: an area or a coverage is none, or the clauses are too long
    """
    _here, current = standing(agreement)
    for area, (coverage, _references) in areas.items():
        if area not in AREA_WORDS or coverage not in COVERAGE_WORDS:
            raise Refused(_("Välj ett av alternativen."), field=area)
    current.areas.exclude(area__in=areas).delete()
    for area, (coverage, references) in areas.items():
        said = line(references, field=f"{area}_clauses", most=LONGEST_REFERENCE, needed=False)
        AgreementArea.objects.update_or_create(
            agreement=current, area=area, defaults={"coverage": coverage, "clause_refs": said}
        )
    read = {area: coverage for area, (coverage, _references) in areas.items()}
    audit.note("partnerships.areas_set", subject=current, by=by, at=at, acting_for=acting_for, areas=read)
    return current


@transaction.atomic
def amend(
    *,
    agreement: Agreement,
    title: str,
    valid_from: date,
    by: Person | None,
    at: datetime,
    number: str = "",
    acting_for: Organisation | None = None,
) -> Agreement:
    """Draft a supplement to an agreement, for its parties to sign: its clauses take the place of the agreement's.

    It is as long and as open as what it amends, and lies under it.

    :raises Refused: the agreement is itself a draft, or the supplement would begin before it or after its end
    """
    here, current = standing(agreement)
    if current.status in EDITABLE:
        raise Refused(_("Avtalet är ett utkast. Ändra det i stället för att skriva ett tillägg."))
    end = written_term(current, day_of(at)).end
    terms = AgreementTerms(
        type=SUPPLEMENT,
        title=title,
        number=number,
        level=current.level,
        valid_from=valid_from,
        term_mode=FIXED if end else UNTIL_FURTHER_NOTICE,
        valid_to=end,
        parent=current,
        openness=current.openness,
    )
    made = draft_agreement(partnership=here, terms=terms, by=by, at=at, acting_for=acting_for)
    made.amends = current
    made.save(update_fields=["amends"])
    _ask_the_same(current, made, by, at)
    return made


@transaction.atomic
def attach_file(
    *, agreement: Agreement, file: "File[bytes]", by: Person, acting_for: Organisation, at: datetime
) -> DocumentVersion:
    """Put the agreement's file on record, or a newer version of it.

    :raises Refused: the file is none that is kept
    """
    _here, current = standing(agreement)
    if current.document is not None and current.document.removed_at is None:
        return add_version(document=current.document, file=file, by=by, acting_for=acting_for, at=at)
    current.document = add_document(
        owner=current,
        sort="agreement",
        title=current.title,
        keeper=acting_for,
        file=file,
        by=by,
        acting_for=acting_for,
        at=at,
    )
    current.save(update_fields=["document"])
    return current.document.versions.get()


def _ask_the_same(amended: Agreement, supplement: Agreement, by: Person | None, at: datetime) -> None:
    """Name those who are parties to an agreement, and stay so, as parties to its supplement."""
    for each in amended.parties.filter(CURRENT, withdrawn_on__isnull=True, ends_on__isnull=True):
        AgreementParty.objects.create(
            agreement=supplement,
            organisation_id=each.organisation_id,
            capacity=each.capacity,
            recorded_at=at,
            recorded_by=by,
        )


def standing(agreement: Agreement) -> tuple[Partnership, Agreement]:
    """Return an agreement as it is now, and its partnership locked: every act on an agreement begins so."""
    here = locked(agreement.partnership)
    current = Agreement.objects.select_related("partnership", "level", "document").get(pk=agreement.pk)
    return here, current


def refuse_fixed(agreement: Agreement) -> None:
    """Let an agreement pass whose text can still be changed. :raises Refused: it is being signed, or has been"""
    if agreement.status not in EDITABLE:
        raise Refused(_("Avtalet är inte längre ett utkast. Skriv ett tilläggsavtal i stället."))


def refuse_outside_parent(agreement: Agreement, today: date) -> None:
    """Let an agreement pass that is within its parent's days (I-2). :raises Refused: it begins before or ends after"""
    parent = agreement.parent
    if parent is None:
        return
    inner, outer = (replace(agreement_fact(each), notice_given_at=None) for each in (agreement, parent))
    if fits(inner, outer, today):
        return
    if agreement.valid_from < parent.valid_from:
        raise Refused(
            _("Avtalet kan inte börja före %(title)s, som gäller från %(day)s.")
            % {"title": parent.title, "day": parent.valid_from},
            field="valid_from",
        )
    raise Refused(
        _("Avtalet kan inte gälla längre än %(title)s, om det inte ska överleva det.") % {"title": parent.title},
        field="valid_to",
    )


def _refuse_misplaced(agreement: Agreement, today: date) -> None:
    refuse_outside_parent(agreement, today)
    above, seen = agreement.parent, set[object]()
    while above is not None and above.pk not in seen:
        if above.pk == agreement.pk:
            raise Refused(_("Avtalet kan inte ligga under sig självt."), field="parent")
        seen.add(above.pk)
        above = above.parent
    early = agreement.children.filter(valid_from__lt=agreement.valid_from).first()
    if early is not None:
        raise Refused(
            _("%(title)s ligger under avtalet och börjar redan %(day)s.")
            % {"title": early.title, "day": early.valid_from},
            field="valid_from",
        )


def _checked(here: Partnership, terms: AgreementTerms) -> dict[str, Any]:
    known = {"type": AGREEMENT_TYPE_WORDS, "term_mode": TERM_WORDS, "openness": OPENNESS}
    for field, words in known.items():
        if getattr(terms, field) not in words:
            raise Refused(_("Välj ett av alternativen."), field=field)
    refuse_foreign(here, level=terms.level, parent=terms.parent, supersedes=terms.supersedes)
    _refuse_term(terms)
    said: dict[str, Any] = {each.name: getattr(terms, each.name) for each in fields(terms)}
    return said | {
        "title": line(terms.title, field="title", most=LONGEST_TITLE),
        "number": line(terms.number, field="number", most=LONGEST_NUMBER, needed=False),
        "source": line(terms.source, field="source", most=LONGEST_SOURCE, needed=False),
    }


def _refuse_term(terms: AgreementTerms) -> None:
    possible(terms.valid_from, field="valid_from")
    if terms.valid_to is not None and terms.valid_to <= terms.valid_from:
        raise Refused(_("Avtalet upphör innan det börjar. Rätta en av dagarna."), field="valid_to")
    if terms.term_mode == FIXED and terms.valid_to is None:
        raise Refused(_("Ett avtal på bestämd tid har ett slut. Skriv dagen."), field="valid_to")
    if terms.term_mode == UNTIL_FURTHER_NOTICE and terms.valid_to is not None:
        raise Refused(_("Ett avtal tills vidare har inget slut. Ta bort dagen."), field="valid_to")
    if terms.term_mode == AUTO_RENEW and terms.valid_to is None:
        raise Refused(_("Skriv till när det gäller innan det förlängs."), field="valid_to")
    for field in ("renewal_months", "notice_months", "review_months"):
        months = getattr(terms, field)
        if months is not None and not (0 if field == "notice_months" else 1) <= months <= 1200:
            raise Refused(_("Skriv ett helt antal månader, eller lämna tomt."), field=field)
