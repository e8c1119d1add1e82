"""The example partnership "Kliniska prövningar": the report's ideas set up through the acts, as an office would.

Reading: what is made up must not look like a fact about somebody real. Every party that signs, sits, promises or pays
here is made up and marked so. The 21 real regions take part as observers alone, and are spoken for by the seat of
their collaborative region: that is needed to show the three readings of geography, and each such row says as its
source that it is made up. The partnership is marked as made up on each of its pages, and what is true of the pre-study
behind the report has its public address as source.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from tillit.apps.parties.actions import Particulars, add_organisation
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.agreement_steps import begin_signing, put_in_force
from tillit.apps.partnerships.actions.agreements import AgreementTerms, change_draft
from tillit.apps.partnerships.actions.commitments import CommitmentFacts, end_commitment, make_commitment
from tillit.apps.partnerships.actions.frame import Frame, move_partnership, name_also
from tillit.apps.partnerships.actions.memberships import Position, join
from tillit.apps.partnerships.actions.parties import Signing, add_party, sign
from tillit.apps.partnerships.actions.reporting import Occasion, report_occurrence, verify_occurrence
from tillit.apps.partnerships.actions.representation import Link, NormRow, decide_norm, link_party
from tillit.apps.partnerships.actions.seats import Term, appoint
from tillit.apps.partnerships.actions.templates import found_from_template
from tillit.apps.partnerships.models import Agreement, Commitment, Partnership, Seat
from tillit.core.governance.regions import CARE_REGION_SHARES
from tillit.demo.people import World, employed

MADE_UP = "Påhittat för demon"
ONLY_WATCHING = "Påhittat för demon: regionen är inte med i något sådant partnerskap."
PRE_STUDY = "https://www.vinnova.se/en/p/strengthened-swedish-competitiveness-for-clinical-trials"
PURPOSE = (
    "Ett påhittat exempel, byggt på idéerna i rapporten om avtalsområden. Rapporten kom ur en förstudie som pågick från"
    " april 2024 till juni 2025, med 3 505 548 kronor från Vinnova genom Swelife. Läkemedelsverket har sedan fått"
    " en fast funktion, Swetrial, som är något annat än det här exemplet."
)
PROPOSAL = "Ds 2023:8: industrin och de sex samverkansregionerna"


@dataclass(frozen=True, slots=True)
class Example:
    """What the example is made of. `began`: when it was founded; `now`: when the demonstration is filled."""

    world: World
    partnership: Partnership
    began: datetime
    now: datetime
    parties: dict[str, Organisation]

    @property
    def start(self) -> date:
        return day_of(self.began)

    @property
    def promised(self) -> date:
        """Return when the promises with days were made."""
        return day_of(self.now) - timedelta(days=60)


def found_example(world: World, *, began: datetime, now: datetime) -> Example:
    """Return the example partnership, founded, agreed, seated, and some of what it promised reported."""
    frame = Frame(
        name="Kliniska prövningar",
        legal_form="by_agreement",
        purpose=PURPOSE,
        starts_on=day_of(began),
        source=PRE_STUDY,
    )
    office = world.contact
    made = found_from_template(
        code="huvudoverenskommelse", frame=frame, by=office, at=began, acting_for=world.care, made_up=True
    )
    name_also(partnership=made, name="Partnerskap för kliniska prövningar (exempel)", by=office, at=began)
    example = Example(world, made, began, now, _parties(world, began))
    _agreed(example)
    _regions(example)
    _board(example)
    _promised(example)
    move_partnership(partnership=made, status="running", by=office, at=now, acting_for=world.care)
    return example


def _parties(world: World, at: datetime) -> dict[str, Organisation]:
    provider = Particulars(kind="private_provider", name="", care_terms="private_agreement")
    said = {
        "north": replace(provider, name="Norrskogens vård AB", county_code="24"),
        "south": replace(provider, name="Sundets vård AB", county_code="12"),
        "university": Particulars(kind="university", name="Fjällmarks universitet", county_code="23"),
        "industry": Particulars(kind="trade_association", name="Branschföreningen Nordlig hälsa"),
        "patients": Particulars(kind="patient_association", name="Föreningen Hjärtvännerna"),
    }
    made = {key: add_organisation(particulars=each, by=None, at=at, made_up=True) for key, each in said.items()}
    return {"care": world.care, "company": world.company, **made}


def _agreed(example: Example) -> None:
    """Let the main agreement and the accession agreement be signed; one party has not signed yet."""
    agreements = {each.type: each for each in example.partnership.agreements.filter(level__code="national")}
    main = _terms(example, agreements["main_agreement"])
    accession = _terms(example, agreements["accession_agreement"])
    _signed(example, main, ("care", "university", "industry"), unsigned=("south",))
    _signed(example, accession, ("company", "patients", "north"))
    founding = Position(role="main_party", voting=True, stage="initiation", via=main)
    for key, sector in (("care", "care"), ("university", "academia"), ("industry", "industry")):
        _joined(example, key, founding, sector)
    for key, sector, stage in (
        ("company", "industry", "start_up"),
        ("patients", "patients", "start_up"),
        ("north", "care", "operation"),
    ):
        _joined(example, key, Position(role="acceded", voting=True, stage=stage, via=accession), sector)


def _terms(example: Example, agreement: Agreement) -> Agreement:
    """Give a draft the months of notice and review that the model leaves open."""
    terms = AgreementTerms(
        type=agreement.type,
        title=agreement.title,
        level=agreement.level,
        valid_from=agreement.valid_from,
        term_mode=agreement.term_mode,
        parent=agreement.parent,
        notice_months=6,
        review_months=12,
        openness="public",
        source=f"{MADE_UP}: tiderna",
    )
    return change_draft(agreement=agreement, terms=terms, by=example.world.contact, at=example.began)


def _signed(example: Example, agreement: Agreement, keys: tuple[str, ...], unsigned: tuple[str, ...] = ()) -> None:
    by, at = example.world.contact, example.began
    asked = [example.parties[key] for key in (*keys, *unsigned)]
    rows = [add_party(agreement=agreement, organisation=each, by=by, at=at) for each in asked]
    begin_signing(agreement=agreement, by=by, at=at)
    for row in rows[: len(keys)]:
        signing = Signing(signatory=MADE_UP, authority=MADE_UP, signed_on=example.start, method="ink")
        sign(party=row, signing=signing, by=by, at=at)
    put_in_force(agreement=agreement, by=by, at=at)


def _joined(example: Example, key: str, position: Position, sector: str) -> None:
    found = example.partnership.sectors.get(code=sector)
    join(
        partnership=example.partnership,
        organisation=example.parties[key],
        position=replace(position, sector=found, source=MADE_UP),
        starts_on=example.start,
        by=example.world.contact,
        at=example.began,
    )


def _regions(example: Example) -> None:
    """Let the real regions watch, and be spoken for by the seats of their collaborative regions; Halland by two."""
    care = example.partnership.sectors.get(code="care")
    seats = {
        each.health_care_region: each
        for each in Seat.objects.filter(organ__partnership=example.partnership).exclude(health_care_region="")
    }
    main = example.partnership.agreements.get(type="main_agreement")
    by, at = example.world.contact, example.began
    for region in Organisation.objects.filter(kind="region", made_up=False).order_by("county_code"):
        join(
            partnership=example.partnership,
            organisation=region,
            position=Position(role="observer", sector=care, stage="initiation", source=ONLY_WATCHING),
            starts_on=example.start,
            by=by,
            at=at,
        )
        for code in CARE_REGION_SHARES[region.county_code]:
            link_party(link=Link(region, seats[code], main, example.start, source=ONLY_WATCHING), by=by, at=at)


def _board(example: Example) -> None:
    """Seat seven of nine: two collaborative regions have nobody, so that it shows who is not spoken for."""
    board = example.partnership.organs.get(name="Styrelsen")
    rows = [NormRow("equal")]
    by, at = example.world.contact, example.began
    decide_norm(
        organ=board,
        dimension="health_care_region",
        rows=rows,
        decided_on=example.start,
        source=PROPOSAL,
        by=by,
        at=at,
    )
    for code, key, name in (
        ("north", "north", "Greta Nord"),
        ("central", "care", ""),
        ("south", "south", "Hans Sund"),
        ("west", "care", "Ida Västerlund"),
        ("academia", "university", "Jon Ask"),
        ("industry", "industry", "Karin Lönn"),
        ("patients", "patients", "Lo Hjärtgren"),
    ):
        party = example.parties[key]
        roles = ("contact_person",) if key in ("university", "patients", "industry") else ()
        person = employed(name, party, roles, example.began) if name else example.world.head
        seat = board.seats.filter(sector__code=code).first() or board.seats.get(health_care_region=code)
        role = "chair" if code == "academia" else "member"
        term = Term(person, party, example.start, role=role, decision=MADE_UP, source=MADE_UP)
        appoint(seat=seat, term=term, by=by, at=at)


def _promised(example: Example) -> None:
    """Write promises with days: some met, some late, some to come. A level where it is decided is left without any."""
    first = example.promised + timedelta(days=20)
    _promise(example, "patients", "Svara på hur patienter har medverkat i områdena.", "reporting", 6)
    _promise(example, "industry", "Redovisa medlemmarnas förfrågningar om genomförbarhet.", "reporting", 3)
    told = datetime.combine(first, example.now.timetz())
    for row in (
        _promise(example, "company", "Lämna antalet planerade prövningar i landet.", "data", 1),
        _promise(example, "care", "Ha en samordnare för prövningar på halvtid.", "resource", 3),
    ):
        occasion = Occasion(commitment=row, due_on=first)
        report_occurrence(occasion=occasion, by=None, at=told, note=MADE_UP)
        verify_occurrence(occasion=occasion, verdict="met", by=None, at=told, note=MADE_UP)
    by, over = example.world.contact, example.promised + timedelta(days=30)
    for each in example.partnership.commitments.filter(level__code="research_area", tier="deciding"):
        end_commitment(commitment=each, ends_on=over, by=by, at=example.now)


def _promise(example: Example, key: str, text: str, kind: str, months: int) -> Commitment:
    made = example.partnership
    facts = CommitmentFacts(
        text=text,
        area="representation_commitments" if kind == "resource" else "follow_up",
        kind=kind,
        level=made.levels.get(code="national"),
        tier="operative",
        organisation=example.parties[key],
        agreement=made.agreements.get(type="main_agreement"),
        starts_on=example.promised,
        first_due=example.promised + timedelta(days=20),
        every_months=months,
        weight=Decimal(3) if kind == "resource" else Decimal(1),
        openness="public",
        source=MADE_UP,
    )
    return make_commitment(
        partnership=made,
        facts=facts,
        by=example.world.contact,
        at=datetime.combine(example.promised, example.now.timetz()),
    )
