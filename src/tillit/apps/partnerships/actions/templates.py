"""A partnership founded from a legal model: the other acts, one after another, in one transaction.

What is made is a beginning that its office changes: agreements are drafts without parties, seats are vacant. Each row
says as its source what the model's line rests on. It is as open as the partnership.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.errors import Refused
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.agreements import AgreementTerms, draft_agreement, set_areas
from tillit.apps.partnerships.actions.commitments import CommitmentFacts, make_commitment
from tillit.apps.partnerships.actions.frame import Frame, add_sector, add_subject, found_partnership
from tillit.apps.partnerships.actions.mandates import MandateFacts, give_mandate
from tillit.apps.partnerships.actions.organs import OrganFacts, set_up_organ
from tillit.apps.partnerships.actions.seats import SeatFacts, add_seat
from tillit.apps.partnerships.models import Agreement, Level, Organ, Partnership
from tillit.apps.partnerships.template_shape import Ground, Template, TemplateCommitment
from tillit.apps.partnerships.templates import template
from tillit.core.governance.prospect import Whom


class _Who(TypedDict):
    by: Person | None
    at: datetime


class _For(_Who):
    acting_for: Organisation | None


@dataclass(frozen=True, slots=True)
class _Made:
    """What has been made so far, by the model's own codes."""

    used: Template
    frame: Frame
    partnership: Partnership
    levels: dict[str, Level]
    who: _For


@transaction.atomic
def found_from_template(
    *,
    code: str,
    frame: Frame,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
    made_up: bool = False,
) -> Partnership:
    """Found a partnership from a legal model, which says its form and what it rests on whatever the frame says.

    :raises Refused: there is no such model, or as `found_partnership`
    """
    used = template(code)
    if used is None:
        raise Refused(_("Modellen finns inte. Välj en i listan."), field="template")
    frame = replace(frame, legal_form=used.legal_form, founding_basis=used.founding_basis)
    founded = found_partnership(frame=frame, by=by, at=at, acting_for=acting_for, made_up=made_up)
    founded.template = used.code
    founded.save(update_fields=["template"])
    levels = {each.code: each for each in founded.levels.all()}
    made = _Made(used, frame, founded, levels, {"by": by, "at": at, "acting_for": acting_for})
    organs = _organs(made)
    _mandates(made, organs)
    _seats(made, organs)
    _commitments(made, organs, _agreements(made))
    return founded


def said(ground: Ground) -> str:
    """Return what a line of a model rests on, as its row's source."""
    refs = ", ".join(ground.refs)
    return refs if ground.stated else f"Förslag: {refs}"


def _organs(made: _Made) -> dict[str, Organ]:
    found: dict[str, Organ] = {}
    for each in made.used.organs:
        facts = OrganFacts(
            name=each.name.sv,
            tier=each.tier,
            level=made.levels[each.level],
            starts_on=made.frame.starts_on,
            parent=found.get(each.parent),
            legal_basis=each.legal_basis,
            quorum_rule=each.quorum,
            majority_rule=each.majority,
            openness=made.frame.openness,
            source=said(each.ground),
        )
        found[each.id] = set_up_organ(partnership=made.partnership, facts=facts, **made.who)
    return found


def _mandates(made: _Made, organs: dict[str, Organ]) -> None:
    who: _Who = {"by": made.who["by"], "at": made.who["at"]}
    subjects = {
        each.code: add_subject(partnership=made.partnership, code=each.code, name=each.name.sv, **who)
        for each in made.used.subjects
    }
    for each in made.used.mandates:
        facts = MandateFacts(
            subject=subjects[each.subject],
            right=each.right,
            level=made.levels[each.level],
            starts_on=made.frame.starts_on,
            over=each.over.sv,
            source=said(each.ground),
        )
        give_mandate(organ=organs[each.organ], facts=facts, **made.who)


def _seats(made: _Made, organs: dict[str, Organ]) -> None:
    who: _Who = {"by": made.who["by"], "at": made.who["at"]}
    sectors = {
        each.code: add_sector(partnership=made.partnership, code=each.code, name=each.name.sv, **who)
        for each in made.used.sectors
    }
    for each in made.used.seats:
        facts = SeatFacts(
            starts_on=made.frame.starts_on,
            sector=sectors[each.sector],
            health_care_region=each.health_care_region,
            voting=each.voting,
            nominating_class=each.nominated_by,
        )
        add_seat(organ=organs[each.organ], facts=facts, **made.who)


def _agreements(made: _Made) -> dict[str, Agreement]:
    found: dict[str, Agreement] = {}
    for each in made.used.agreements:
        terms = AgreementTerms(
            type=each.type,
            title=each.title.sv,
            level=made.levels[each.level],
            valid_from=made.frame.starts_on,
            term_mode=each.term_mode,
            parent=found.get(each.parent),
            notice_months=each.notice_months,
            openness=made.frame.openness,
            source=said(each.ground),
        )
        row = draft_agreement(partnership=made.partnership, terms=terms, **made.who)
        areas = {area: (coverage, "") for area, coverage in each.areas}
        found[each.id] = set_areas(agreement=row, areas=areas, **made.who)
    return found


def _commitments(made: _Made, organs: dict[str, Organ], agreements: dict[str, Agreement]) -> None:
    for each in made.used.commitments:
        for kind, role in _classes(each.of):
            facts = CommitmentFacts(
                text=each.text.sv,
                area=each.area,
                kind=each.kind,
                starts_on=made.frame.starts_on,
                level=made.levels[each.level],
                tier=each.tier,
                organ=organs.get(each.organ),
                of_kind=kind,
                of_role=role,
                agreement=agreements[_in(made.used, each, kind, role)],
                evidence_required=each.evidence_required,
                openness=made.frame.openness,
                source=said(each.ground),
            )
            make_commitment(partnership=made.partnership, facts=facts, **made.who)


def _classes(whom: Whom) -> Iterator[tuple[str, str]]:
    """Yield each (kind, role) that a commitment is for, "" for any; one of nothing named is an organ's."""
    for kind in sorted(whom.kinds) or [""]:
        for role in sorted(whom.roles) or [""]:
            yield kind, role


def _in(used: Template, commitment: TemplateCommitment, kind: str, role: str) -> str:
    """Return the agreement that ties a commitment to taking part (R15): the one that its parties sign at its level.

    Where there is none at the level, or it is an organ's, it is the main one.
    """
    for each in used.agreements:
        signs = (not each.signed_by.kinds or kind in each.signed_by.kinds) and role in each.signed_by.roles
        if signs and not commitment.organ and each.level == commitment.level:
            return each.id
    return next(each.id for each in used.agreements if not each.parent)
