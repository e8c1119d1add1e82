"""The lines of a legal model's file as values, each known by its code and pointing only at what is there."""

from collections.abc import Collection

from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.models import words
from tillit.apps.partnerships.template_file import Entry
from tillit.apps.partnerships.template_shape import (
    Ground,
    Template,
    TemplateAgreement,
    TemplateCommitment,
    TemplateMandate,
    TemplateOrgan,
    TemplateSeat,
    TemplateSector,
    TemplateSubject,
    Text,
)
from tillit.core.governance.areas import AREA_CODES, DECIDING, LEVEL_RANKS, NO_AUTHORITY
from tillit.core.governance.prospect import Whom
from tillit.core.governance.regions import CARE_REGIONS


def whole(file: Entry) -> Template:
    """Return the model that a file holds.

    :raises BadTemplate: a line is missing, unknown or points at nothing
    """
    roles = file.several("roles", one_of=words.ROLE_WORDS)
    sectors = tuple(_sector(each) for each in file.rows("sectors"))
    subjects = tuple(_subject(each) for each in file.rows("subjects"))
    organs = _organs(file, roles)
    agreements = _agreements(file, roles)
    made = Template(
        code=file.text("code"),
        order=file.whole("order") or 0,
        legal_form=file.text("legal_form", one_of=words.LEGAL_FORM_WORDS),
        founding_basis=file.text("founding_basis", one_of=words.BASES),
        legal_person=file.truth("legal_person"),
        name=Text(**file.words("name")),
        about=Text(**file.words("about")),
        fits=Text(**file.words("fits")),
        money=Text(**file.words("money")),
        leaving=Text(**file.words("leaving")),
        ground=_ground(file),
        roles=roles,
        sectors=sectors,
        subjects=subjects,
        organs=organs,
        seats=_seats(file, {each.id for each in organs}, {each.code for each in sectors}),
        agreements=agreements,
        mandates=tuple(
            _mandate(each, {one.id for one in organs}, {one.code for one in subjects}) for each in file.rows("mandates")
        ),
        commitments=_commitments(file, roles, {each.id for each in organs}),
    )
    file.closed()
    return made


def _ground(entry: Entry) -> Ground:
    stated, suggested = entry.several("source"), entry.several("suggestion")
    if bool(stated) == bool(suggested):
        raise entry.bad("source", "say either source (who states it) or suggestion (the demand it answers), not both")
    return Ground(bool(stated), stated or suggested)


def _sector(entry: Entry) -> TemplateSector:
    made = TemplateSector(
        entry.text("code"), Text(**entry.words("name")), frozenset(entry.several("kinds", one_of=KINDS))
    )
    entry.closed()
    return made


def _subject(entry: Entry) -> TemplateSubject:
    made = TemplateSubject(entry.text("code"), Text(**entry.words("name")))
    entry.closed()
    return made


def _organs(file: Entry, roles: Collection[str]) -> tuple[TemplateOrgan, ...]:
    found: dict[str, TemplateOrgan] = {}
    for entry in file.rows("organs"):
        sits = frozenset(entry.several("roles", one_of=roles))
        made = TemplateOrgan(
            id=entry.text("id"),
            name=Text(**entry.words("name")),
            tier=entry.text("tier", one_of=words.TIER_WORDS),
            level=entry.text("level", one_of=LEVEL_RANKS),
            parent=entry.text("parent", "", one_of=found),
            legal_basis=entry.text("legal_basis", "", one_of=words.LEGAL_BASES),
            quorum=entry.text("quorum", "not_stated", one_of=words.QUORUM_RULES),
            majority=entry.text("majority", "not_stated", one_of=words.MAJORITY_RULES),
            roles=sits if entry.has("roles") else None,
            voting_roles=frozenset(entry.several("voting_roles", one_of=sorted(sits))),
            ground=_ground(entry),
        )
        if made.id in found:
            raise entry.bad("id", f"is {made.id!r}, as an organ above; give it another")
        entry.closed()
        found[made.id] = made
    return tuple(found.values())


def _seats(file: Entry, organs: Collection[str], sectors: Collection[str]) -> tuple[TemplateSeat, ...]:
    """One row is one seat, or one for each collaborative region that it names."""
    found: list[TemplateSeat] = []
    for entry in file.rows("seats"):
        organ = entry.text("organ", one_of=sorted(organs))
        sector = entry.text("sector", one_of=sorted(sectors))
        voting = entry.truth("voting", default=True)
        by = entry.text("nominated_by", one_of=KINDS)
        regions = entry.several("health_care_regions", one_of=CARE_REGIONS)
        entry.closed()
        found += [TemplateSeat(organ, sector, region, voting, by) for region in (regions or ("",))]
    return tuple(found)


def _agreements(file: Entry, roles: Collection[str]) -> tuple[TemplateAgreement, ...]:
    found: dict[str, TemplateAgreement] = {}
    for entry in file.rows("agreements"):
        areas = entry.inner("areas")
        said = tuple((code, areas.text(code, one_of=words.COVERAGE_WORDS)) for code in AREA_CODES if areas.has(code))
        areas.closed()
        made = TemplateAgreement(
            id=entry.text("id"),
            type=entry.text("type", one_of=words.AGREEMENT_TYPE_WORDS),
            level=entry.text("level", one_of=LEVEL_RANKS),
            parent=entry.text("parent", "", one_of=found),
            title=Text(**entry.words("title")),
            signed_by=_whom(entry.inner("signed_by"), roles),
            term_mode=entry.text("term_mode", one_of=words.TERM_WORDS),
            notice_months=entry.whole("notice_months"),
            areas=said,
            leaving=Text(**entry.words("leaving")),
            ground=_ground(entry),
        )
        entry.closed()
        if made.term_mode == "fixed":
            raise entry.bad("term_mode", "is fixed, which needs a day that no model can know; choose another")
        found[made.id] = made
    return tuple(found.values())


def _mandate(entry: Entry, organs: Collection[str], subjects: Collection[str]) -> TemplateMandate:
    right = entry.text("right", one_of=words.RIGHT_WORDS)
    made = TemplateMandate(
        organ=entry.text("organ", one_of=sorted(organs)),
        subject=entry.text("subject", one_of=sorted(subjects)),
        right=right,
        level=entry.text("level", one_of=LEVEL_RANKS),
        over=Text(**entry.words("over", needed=right == NO_AUTHORITY)),
        ground=_ground(entry),
    )
    entry.closed()
    return made


def _commitments(file: Entry, roles: Collection[str], organs: Collection[str]) -> tuple[TemplateCommitment, ...]:
    found: list[TemplateCommitment] = []
    for entry in file.rows("commitments"):
        organ = entry.text("organ", "", one_of=sorted(organs))
        whom = _whom(entry.inner("of"), roles)
        if bool(organ) == bool(whom.kinds or whom.roles):
            raise entry.bad("of", "say whose it is: an organ, or kinds and roles of parties, not both")
        found.append(
            TemplateCommitment(
                id=entry.text("id"),
                organ=organ,
                of=whom,
                level=entry.text("level", one_of=LEVEL_RANKS),
                tier=entry.text("tier", one_of=words.TIER_WORDS),
                area=entry.text("area", one_of=AREA_CODES),
                kind=entry.text("kind", one_of=words.COMMITMENT_KIND_WORDS),
                text=Text(**entry.words("text")),
                months=entry.whole("months"),
                evidence_required=entry.truth("evidence_required", default=False),
                ground=_ground(entry),
            )
        )
        entry.closed()
    if DECIDING not in {each.tier for each in found}:
        raise file.bad("commitments", "have none on the deciding tier, which is where they are usually missing (R14)")
    return tuple(found)


def _whom(entry: Entry, roles: Collection[str]) -> Whom:
    made = Whom(
        frozenset(entry.several("kinds", one_of=KINDS)), frozenset(entry.several("roles", one_of=sorted(roles)))
    )
    entry.closed()
    return made
