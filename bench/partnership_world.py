"""Fills an empty database with partnerships as they look: `-m bench.partnership_world 200 500 10000`.

The numbers are of partnerships, of parties and of commitments. One partnership is large: it has a fifth of the parties
and 15 of 100 commitments. Straight into the tables, under the constraints and triggers of the site; what is measured is
how they are read. Says as JSON who is signed in by which cookie, and what is where.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

SEED, AT_A_TIME = 20261124, 1_000
TOWNS = ("Åre", "Umeå", "Göteborg", "Malmö", "Örebro", "Luleå", "Kalmar", "Stockholm", "Östersund", "Växjö")
COUNTIES = ("01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20", "21", "22")
SUBJECTS = ("Budget", "Antagning av parter", "Forskningsområden", "Datadelning", "Kommunikation", "Utvärdering")
SECTORS = (("care", "Vård"), ("academia", "Akademi"), ("industry", "Industri"), ("patients", "Patienter"))
OF_KIND = {"region": "care", "university": "academia", "company": "industry", "patient_association": "patients"}
ORGANS = (
    ("Stämman", "assembly", 0, 0),
    ("Styrelsen", "deciding", 0, 11),
    ("Kansliet", "operative", 0, 4),
    ("Nätverksrådet", "deciding", 1, 9),
    ("Områdesgruppen", "operative", 2, 7),
    ("Patientrådet", "advisory", 3, 8),
    ("Projektgruppen", "operative", 4, 5),
)
"""Name, tier, level and seats."""


@dataclass
class Place:
    """A partnership with what its rows point at."""

    partnership: Any
    levels: list[Any]
    sectors: dict[str, Any]
    subjects: list[Any]
    parties: list[Any]
    agreements: list[Any] = field(default_factory=list)
    organs: list[Any] = field(default_factory=list)
    commitments: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class World:
    """What everything is made with: one day, one source of chance."""

    today: date
    source: random.Random
    people: list[Any]

    @property
    def at(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 3, tzinfo=UTC)

    @property
    def start(self) -> date:
        return self.today - timedelta(days=1000)


def main(partnerships: int, parties: int, commitments: int) -> None:
    """Fill an empty database; one that holds anything is left as it is, and the measure stops."""
    django.setup()
    from django.db import connection, transaction
    from django.utils.timezone import localdate

    from tillit.apps.partnerships.models import Partnership

    if Partnership.objects.exists():
        raise SystemExit("bench: the database is not empty. Give it one of its own.")
    with transaction.atomic():
        said = fill(partnerships, parties, commitments, localdate())
    sys.stdout.write(json.dumps(said))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def fill(partnerships: int, parties: int, commitments: int, today: date) -> dict[str, Any]:
    """Return who is signed in and what is where, when everything is there. One partnership alone has it all."""
    from bench.partnership_promises import promise
    from bench.partnership_signed import signed_in

    everybody = _organisations(parties)
    world = World(today, random.Random(SEED), _people(400))
    alone = partnerships == 1
    large, members = (commitments, parties) if alone else (commitments * 15 // 100, parties // 5)
    made = [_place(world, number, everybody, 1 if number else members) for number in range(partnerships)]
    for number, place in enumerate(made):
        _agree(world, place)
        _sit(world, place)
        rest = commitments - large
        many = large if not number else rest * number // (partnerships - 1) - rest * (number - 1) // (partnerships - 1)
        promise(world, place, many)
    return signed_in(world, made)


def _organisations(count: int) -> list[Any]:
    from tillit.apps.parties.models import Organisation

    def one(number: int) -> Any:
        if number < len(COUNTIES):
            return Organisation(
                kind="region", name=f"Region {TOWNS[number % 10]} {number}", county_code=COUNTIES[number], made_up=True
            )
        kind = ("university", "company", "company", "patient_association")[number % 4]
        branch = "pharma" if kind == "company" else ""
        name = {"university": "universitet", "company": "Läkemedel AB", "patient_association": "patientförening"}[kind]
        return Organisation(kind=kind, name=f"{TOWNS[number % 10]} {name} {number}", branch=branch, made_up=True)

    return Organisation.objects.bulk_create([one(number) for number in range(count)])


def _people(count: int) -> list[Any]:
    from tillit.apps.accounts.models import Person

    return Person.objects.bulk_create([Person(name=f"Ledamot {each}", made_up=True) for each in range(count)])


def _place(world: World, number: int, everybody: list[Any], least: int) -> Place:
    """Return a partnership with its frame and members. The first two organisations are in the large and every tenth."""
    from tillit.apps.partnerships.models import Level, Partnership, PartnershipAlias, Sector, Subject
    from tillit.apps.partnerships.models.words import LEVEL_WORDS

    count = least if least > 1 else world.source.randrange(6, 24)
    own = everybody[:2] if number % 10 == 0 else []
    parties = [*own, *world.source.sample(everybody[2:], count - len(own))]
    partnership = Partnership.objects.create(
        slug=f"partnerskap-{number}",
        name=f"Partnerskap för {SUBJECTS[number % 6].lower()} {number}",
        purpose="Vården, akademin och företagen för in ny kunskap tillsammans.",
        legal_form="by_agreement",
        host=parties[0],
        starts_on=world.start,
        status="running",
        not_started=False,
        made_up=True,
        created_at=world.at,
    )
    PartnershipAlias.objects.create(partnership=partnership, name=f"P{number}")
    levels: list[Any] = []
    for rank, (code, word) in enumerate(LEVEL_WORDS.items()):
        above = levels[-1] if levels else None
        levels.append(Level.objects.create(partnership=partnership, code=code, name=str(word), rank=rank, parent=above))
    sectors = Sector.objects.bulk_create(
        [Sector(partnership=partnership, code=code, name=name, order=n) for n, (code, name) in enumerate(SECTORS)]
    )
    subjects = Subject.objects.bulk_create(
        [Subject(partnership=partnership, code=f"s{n}", name=name) for n, name in enumerate(SUBJECTS)]
    )
    return Place(partnership, levels, {each.code: each for each in sectors}, subjects, parties)


def _agree(world: World, place: Place) -> None:
    """Put in the agreements, what they say, who has signed, and who is in the partnership by them."""
    from tillit.apps.partnerships.models import Agreement, AgreementParty

    main = _agreement(world, place, "main_agreement", 0, "Huvudöverenskommelse", None)
    under = [
        _agreement(world, place, sort, level, title, main)
        for sort, level, title in (
            ("accession_agreement", 0, "Anslutningsavtal"),
            ("level_agreement", 1, "Nätverksavtal"),
            ("area_agreement", 2, "Områdesavtal hjärta"),
            ("area_agreement", 2, "Områdesavtal hjärna"),
            ("collaboration_agreement", 3, "Samarbetsavtal"),
            ("project_agreement", 4, "Projektavtal"),
        )
    ]
    place.agreements = Agreement.objects.bulk_create([main]) + Agreement.objects.bulk_create(under)
    _write(world, place)
    acceded = place.parties[len(place.parties) * 2 // 3 :]
    named = {0: place.parties[: len(place.parties) * 2 // 3], 1: acceded}
    AgreementParty.objects.bulk_create(
        [
            _signed(world, each, party)
            for n, each in enumerate(place.agreements)
            for party in named.get(n, place.parties[n % 2 :: 3])
        ]
    )
    _belong(world, place, acceded)


def _write(world: World, place: Place) -> None:
    """Put in what the agreements say, of areas and in clauses."""
    from tillit.apps.partnerships.models import AgreementArea, Clause
    from tillit.apps.partnerships.models.words import AREA_WORDS

    areas = [
        AgreementArea(
            agreement=each, area=area, coverage=world.source.choice(("full", "partial", "reference")), clause_refs="3 §"
        )
        for each in place.agreements
        for area in world.source.sample(list(AREA_WORDS), 4)
    ]
    AgreementArea.objects.bulk_create(areas)
    Clause.objects.bulk_create(
        [
            Clause(agreement=each, number=f"{n} §", text="Parterna gör det de har lovat.", valid_from=each.valid_from)
            for each in place.agreements
            for n in range(1, 7)
        ]
    )


def _agreement(world: World, place: Place, sort: str, level: int, title: str, above: Any) -> Any:
    from tillit.apps.partnerships.models import Agreement

    return Agreement(
        partnership=place.partnership,
        type=sort,
        level=place.levels[level],
        parent=above,
        title=title,
        number=f"A{world.source.randrange(1000)}",
        status="in_force",
        valid_from=world.start,
        term_mode="until_further_notice",
        notice_months=6,
        review_months=12,
        openness="public" if level < 3 else "parties",
        created_at=world.at,
    )


def _signed(world: World, agreement: Any, party: Any) -> Any:
    from tillit.apps.partnerships.models import AgreementParty

    # Whoever is in by an accession agreement has signed it; of the others one in nine has not yet.
    signs = agreement.type == "accession_agreement" or world.source.randrange(9) > 0
    stated = {"signatory": "Behörig", "authority": "Delegation", "method": "e_sign"} if signs else {}
    day = world.start if signs else None
    return AgreementParty(agreement=agreement, organisation=party, signed_on=day, recorded_at=world.at, **stated)


def _belong(world: World, place: Place, acceded: list[Any]) -> None:
    from tillit.apps.partnerships.models import Membership

    late = {each.pk for each in acceded}
    Membership.objects.bulk_create(
        [
            Membership(
                partnership=place.partnership,
                organisation=each,
                role="acceded" if each.pk in late else "main_party",
                via=place.agreements[1] if each.pk in late else None,
                sector=place.sectors[OF_KIND[each.kind]],
                voting=True,
                stage=world.source.choice(("initiation", "start_up", "operation", "")),
                starts_on=world.start,
                recorded_at=world.at,
            )
            for each in place.parties
        ]
    )


def _sit(world: World, place: Place) -> None:
    """Put in the organs, their seats, who sits there, what they decide, and whom they speak for."""
    from tillit.apps.partnerships.models import Appointment, MandateItem, Organ, Seat

    top = None
    for name, tier, level, _count in ORGANS:
        made = Organ.objects.create(
            partnership=place.partnership,
            name=name,
            tier=tier,
            level=place.levels[level],
            parent=top,
            quorum_rule="more_than_half",
            meetings_per_year=4,
            starts_on=world.start,
            openness="parties" if tier == "operative" and level == 4 else "public",
        )
        top = top or made
        place.organs.append(made)
    seats = Seat.objects.bulk_create(list(_seats(world, place)))
    Appointment.objects.bulk_create(list(_appointments(world, place, seats)))
    decides = {0: place.organs[1], 1: place.organs[3]}
    rights = [
        (place.organs[1 + n % 6], subject, place.levels[n % 4], right)
        for n, subject in enumerate(place.subjects)
        for right in ("prepares", "is_informed")
    ]
    rights += [
        (organ, subject, place.levels[n], "decides") for n, organ in decides.items() for subject in place.subjects
    ]
    MandateItem.objects.bulk_create(
        [
            MandateItem(
                organ=organ, subject=subject, level=level, right=right, starts_on=world.start, recorded_at=world.at
            )
            for organ, subject, level, right in rights
        ]
    )
    _speak(world, place, seats)


def _seats(world: World, place: Place) -> Iterator[Any]:
    from tillit.apps.partnerships.models import Seat

    sectors = list(place.sectors.values())
    for organ, (_name, _tier, _level, count) in zip(place.organs, ORGANS, strict=True):
        for number in range(1, count + 1):
            sector = sectors[number % len(sectors)]
            yield Seat(organ=organ, number=number, sector=sector, term_months=24, starts_on=world.start)


def _appointments(world: World, place: Place, seats: list[Any]) -> Iterator[Any]:
    from tillit.apps.partnerships.models import Appointment

    free: dict[object, Iterator[Any]] = {}
    for seat in seats:
        people = free.setdefault(seat.organ_id, iter(world.source.sample(world.people, 40)))
        if world.source.randrange(10) == 0:
            continue  # vacant
        for role in ("chair" if seat.number == 1 else "member", *(("substitute",) if seat.number % 4 == 0 else ())):
            yield Appointment(
                seat=seat,
                person=next(people),
                organisation=world.source.choice(place.parties),
                role=role,
                decision="Stämman 4 §",
                starts_on=world.today - timedelta(days=200),
                ends_on=world.today + timedelta(days=world.source.choice((100, 500))),
                recorded_at=world.at,
            )


def _speak(world: World, place: Place, seats: list[Any]) -> None:
    from tillit.apps.partnerships.models import Nomination, RepresentationLink, RepresentationNorm

    board = [each for each in seats if each.organ_id == place.organs[1].pk]
    stated = {"starts_on": world.start, "recorded_at": world.at, "basis": place.agreements[0]}
    RepresentationLink.objects.bulk_create(
        [
            RepresentationLink(organisation=party, seat=board[n % len(board)], **stated)
            for n, party in enumerate(place.parties[:8])
        ]
    )
    RepresentationNorm.objects.bulk_create(
        [
            RepresentationNorm(
                organ=place.organs[1],
                dimension="sector",
                category=code,
                kind="min",
                value=2,
                decided_on=world.start,
                source="Arbetsordningen 2 §",
                recorded_at=world.at,
            )
            for code in place.sectors
        ]
    )
    Nomination.objects.bulk_create(
        [
            Nomination(
                seat=seat,
                person=world.people[n],
                organisation=place.parties[n],
                nominated_by=place.parties[n],
                nominated_on=world.today - timedelta(days=20),
            )
            for n, seat in enumerate(board[:4])
        ]
    )


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:4]))
