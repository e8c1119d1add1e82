"""Agreements, who is party to them and memberships, as the core reads them. One way."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tillit.apps.partnerships.models import Agreement, AgreementArea, AgreementParty, Membership
from tillit.apps.partnerships.organ_facts import during, term_fact
from tillit.core.governance import agreements, entities
from tillit.core.governance.areas import ROOT_TYPES
from tillit.core.governance.entities import Interval

CONCLUDED = ("in_force", "notice_given", "ended")
"""The statuses of an agreement that holds or has held."""


def signature_fact(row: AgreementParty) -> agreements.Signature:
    return agreements.Signature(
        party=str(row.organisation_id),
        signed_at=row.signed_on,
        effective_from=row.effective_from,
        withdrawn_at=row.withdrawn_on,
        notice_given_at=row.notice_given_on,
        ends_at=row.ends_on,
    )


def agreement_fact(
    row: Agreement, areas: Iterable[AgreementArea] = (), parties: Iterable[AgreementParty] = ()
) -> agreements.Agreement:
    return replace(
        term_fact(row),
        parent=str(row.parent_id) if row.parent_id else None,
        survives_parent=row.survives_parent,
        supersedes=str(row.supersedes_id) if row.supersedes_id else None,
        areas={each.area: each.coverage for each in areas},
        parties=tuple(signature_fact(each) for each in parties),
    )


def membership_fact(row: Membership) -> entities.Membership:
    return entities.Membership(
        party=str(row.organisation_id),
        role=row.role,
        during=during(row),
        stage=row.stage or None,
        voting=row.voting,
    )


def written_term(row: Agreement, on: date) -> Interval:
    """Return the days of an agreement as they are written down: open-ended until an end is, also after notice.

    This is what the database holds "never two" and "within its parent" against.
    """
    return agreements.term(replace(term_fact(row), notice_given_at=None), on)


def is_root(row: Agreement, legal_form: str) -> bool:
    """Return whether an agreement is concluded, or is to be, as the main one of a partnership of a legal form."""
    return row.parent_id is None and row.type in ROOT_TYPES[legal_form]


def holds(row: Agreement, on: date) -> bool:
    """Return whether an agreement is concluded and runs on a day."""
    return agreements.in_force(term_fact(row), on)
