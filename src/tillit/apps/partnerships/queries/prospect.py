"""What it would mean to join a partnership (R2, R3), for a kind of party in a role, level by level.

Answered from the partnership's own rows: its agreements, seats, mandates and the commitments of whole classes. Where a
row does not say whom it is for, the legal model that the partnership was set up from does; where there is none:

* an agreement is for the role that its type names (a main agreement for main parties), else for the kinds of parties
  that are asked to sign it today;
* a seat is for the kinds of parties that its sector holds, by the models and by who is in that sector today; a seat
  that is one organisation's own to fill is for nobody who comes new;
* observers and those who are co-opted may speak but not vote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast

from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import (
    CURRENT,
    Agreement,
    AgreementParty,
    Commitment,
    Level,
    MandateItem,
    Membership,
    Organ,
    Partnership,
    Seat,
)
from tillit.apps.partnerships.queries.rows import agreements_of, levels_of
from tillit.apps.partnerships.template_shape import Template, TemplateAgreement
from tillit.apps.partnerships.templates import template, templates
from tillit.apps.prepared import prepared
from tillit.core.governance.areas import (
    ACCEDED,
    ACCESSION_AGREEMENT,
    ARTICLES,
    CO_OPTED,
    CONSORTIUM_AGREEMENT,
    FUNDER,
    GOVERNMENT_ASSIGNMENT,
    MAIN_AGREEMENT,
    MAIN_PARTY,
    MEMBER,
    OBSERVER,
    PARTY_KINDS,
    PROGRAMME_DECISION,
    ROLES,
    STATUTES,
)
from tillit.core.governance.prospect import (
    LevelAnswer,
    Model,
    ModelAgreement,
    ModelCommitment,
    ModelMandate,
    ModelOrgan,
    Whom,
    prospect,
)

SIGNED_BY: Mapping[str, str] = {
    MAIN_AGREEMENT: MAIN_PARTY,
    CONSORTIUM_AGREEMENT: MAIN_PARTY,
    ARTICLES: MAIN_PARTY,
    STATUTES: MEMBER,
    ACCESSION_AGREEMENT: ACCEDED,
    GOVERNMENT_ASSIGNMENT: FUNDER,
    PROGRAMME_DECISION: FUNDER,
}
"""The role that a type of agreement is signed in: our reading of the types' names."""
SILENT = frozenset({OBSERVER, CO_OPTED})
NOBODY = Whom(frozenset({"-"}))


@dataclass(frozen=True, slots=True)
class SeatsThere:
    """The seats in an organ that are for the one who asks. `proposes`: how many of them it may propose somebody for."""

    organ: Organ
    seats: tuple[Seat, ...]
    proposes: int


@dataclass(frozen=True, slots=True)
class ProspectPage:
    """The answer level by level, and the rows behind it by their keys. `levels`: names of the levels by their codes."""

    kind: str
    role: str
    answers: tuple[LevelAnswer, ...]
    agreements: Mapping[str, Agreement]
    leaving: Mapping[str, TemplateAgreement]
    seats: Mapping[str, SeatsThere]
    mandates: Mapping[ModelMandate, MandateItem]
    commitments: Mapping[str, Commitment]
    levels: Mapping[str, str]


def prospect_page(
    partnership: Partnership, kind: str, role: str, sight: Sight, today: date, level: str = ""
) -> ProspectPage:
    """Return what joining would mean, as the one who asks may read it. Six queries.

    `level`: one level's code, "" for all that say anything to them.
    """
    rows = _rows(partnership, sight, today)
    used = template(partnership.template)
    by_type = {(each.type, each.level): each for each in used.agreements} if used else {}
    there = _there(rows.seats, kind, role, used, rows.kinds)
    mandates = {_mandate(each): each for each in rows.mandates}
    model = Model(
        str(partnership.pk),
        partnership.legal_form,
        tuple(_organ(each, role) for each in there.values()),
        tuple(_agreement(each, by_type, rows.asked) for each in rows.agreements),
        tuple(_commitment(each) for each in rows.commitments),
        tuple(mandates),
    )
    levels = {each.code: each.name for each in rows.levels}
    answers = prospect(model, kind, role, [level] if level in levels else list(levels))
    return ProspectPage(
        kind=kind,
        role=role,
        answers=tuple(each for each in answers if each.means_something),
        agreements={str(each.pk): each for each in rows.agreements},
        leaving={
            str(each.pk): by_type[each.type, each.level.code]
            for each in rows.agreements
            if (each.type, each.level.code) in by_type
        },
        seats=there,
        mandates=mandates,
        commitments={str(each.pk): each for each in rows.commitments},
        levels=levels,
    )


def roles_of(partnership: Partnership) -> tuple[str, ...]:
    """Return the roles that one can join in: those of the legal model, all where there is none."""
    used = template(partnership.template)
    return used.roles if used else ROLES


def kinds_of() -> tuple[str, ...]:
    """Return the kinds of parties that can ask."""
    return PARTY_KINDS


@dataclass(frozen=True, slots=True)
class _Rows:
    agreements: tuple[Agreement, ...]
    seats: tuple[Seat, ...]
    mandates: tuple[MandateItem, ...]
    commitments: tuple[Commitment, ...]
    levels: tuple[Level, ...]
    kinds: Mapping[str, frozenset[str]]
    asked: Mapping[UUID, frozenset[str]]


def _rows(partnership: Partnership, sight: Sight, today: date) -> _Rows:
    """Return what holds today or later and may be read. Six queries."""
    key = partnership.pk
    gathered = _gathered(_kinds(key, today))
    return _Rows(
        tuple(each for each in agreements_of(key) if each.status != "ended" and sight.sees(each.openness)),
        tuple(each for each in _seats(key, today) if sight.sees(each.organ.openness, each.organ_id)),
        tuple(each for each in _mandates(key, today) if sight.sees(each.organ.openness, each.organ_id)),
        tuple(each for each in _commitments(key, today) if sight.sees(each.openness)),
        tuple(levels_of(key)),
        {key: kinds for (sort, key), kinds in gathered.items() if sort == "sector"},
        {UUID(key): kinds for (sort, key), kinds in gathered.items() if sort == "agreement"},
    )


def _still(today: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=today)


@prepared
def _seats(partnership: UUID, today: date) -> QuerySet[Seat]:
    rows = Seat.objects.filter(_still(today), organ__partnership=partnership)
    return rows.select_related("organ__level", "sector")


@prepared
def _mandates(partnership: UUID, today: date) -> QuerySet[MandateItem]:
    rows = MandateItem.objects.filter(CURRENT, _still(today), organ__partnership=partnership)
    return rows.select_related("organ", "subject", "level")


@prepared
def _commitments(partnership: UUID, today: date) -> QuerySet[Commitment]:
    of_class = Q(organisation__isnull=True, organ__isnull=True)
    rows = Commitment.objects.filter(_still(today), of_class, partnership=partnership)
    return rows.select_related("level").order_by("level__rank", "created_at", "pk")


@prepared
def _kinds(partnership: UUID, today: date) -> "QuerySet[Any, tuple[Any, ...]]":
    """Return the kinds in each sector, and those asked to sign each agreement."""
    inside = Membership.objects.filter(CURRENT, _still(today), partnership=partnership, sector__isnull=False)
    asked = AgreementParty.objects.filter(CURRENT, agreement__partnership=partnership)
    return _pairs(inside, "sector__code", "sector").union(_pairs(asked, "agreement_id", "agreement"))


def _pairs(rows: "QuerySet[Any]", key: str, sort: str) -> "QuerySet[Any]":
    told = rows.order_by().annotate(sort=Value(sort, CharField()), key=Cast(key, CharField()))
    pairs: QuerySet[Any] = told.values_list("sort", "key", "organisation__kind")
    return pairs


def _gathered(rows: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for sort, key, kind in rows:
        found.setdefault((sort, key), set()).add(kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def _there(
    seats: Iterable[Seat], kind: str, role: str, used: Template | None, kinds: Mapping[str, frozenset[str]]
) -> dict[str, SeatsThere]:
    """Return, per organ, the seats that are for a kind of party in a role."""
    sits = {organ.name.sv: organ.roles for organ in used.organs} if used else {}
    found: dict[UUID, list[Seat]] = {}
    for seat in seats:
        allowed = sits.get(seat.organ.name)
        fits = seat.sector is None or kind in kinds_in(seat.sector.code, used) | kinds.get(
            seat.sector.code, frozenset()
        )
        if seat.nominating_id is None and fits and (allowed is None or role in allowed):
            found.setdefault(seat.organ_id, []).append(seat)
    return {
        str(key): SeatsThere(
            own[0].organ, tuple(own), sum(each.nominating_class in ("", kind) for each in own if role not in SILENT)
        )
        for key, own in found.items()
    }


def kinds_in(sector: str, used: Template | None) -> frozenset[str]:
    """Return the kinds of parties that a sector holds by a legal model, or by any of them where there is none."""
    asked = (used,) if used else templates()
    return frozenset(kind for each in asked for one in each.sectors if one.code == sector for kind in one.kinds)


def _organ(there: SeatsThere, role: str) -> ModelOrgan:
    votes = role not in SILENT and any(each.voting for each in there.seats)
    organ = there.organ
    return ModelOrgan(str(organ.pk), organ.tier, organ.level.code, Whom(), Whom() if votes else None)


def _agreement(
    row: Agreement, by_type: Mapping[tuple[str, str], TemplateAgreement], asked: Mapping[UUID, frozenset[str]]
) -> ModelAgreement:
    told = by_type.get((row.type, row.level.code))
    if told is not None:
        whom = told.signed_by
    elif row.type in SIGNED_BY:
        whom = Whom(roles=frozenset({SIGNED_BY[row.type]}))
    else:
        whom = Whom(kinds=asked[row.pk]) if row.pk in asked else NOBODY
    return ModelAgreement(str(row.pk), row.type, row.level.code, whom, row.term_mode, row.notice_months)


def _commitment(row: Commitment) -> ModelCommitment:
    whom = Whom(frozenset({row.of_kind} - {""}), frozenset({row.of_role} - {""}))
    return ModelCommitment(
        str(row.pk),
        row.level.code,
        row.area,
        row.kind,
        whom,
        row.tier,
        row.every_months,
        row.weight,
        row.evidence_required,
    )


def _mandate(row: MandateItem) -> ModelMandate:
    return ModelMandate(str(row.organ_id), row.subject.name, row.right, row.level.code, row.amount_to)
