"""What is read of organs: tiers, who decides, seats and empty seats, and representation against its norms (D8)."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from tests import world
from tests.partnering import NOW, START, Ground, there
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import (
    Affiliation,
    Agreement,
    Appointment,
    MandateItem,
    Nomination,
    Organ,
    RepresentationLink,
    RepresentationNorm,
    Seat,
)
from tillit.apps.partnerships.queries.mandate_table import mandate_table
from tillit.apps.partnerships.queries.organ_page import organ_page
from tillit.apps.partnerships.queries.organs import organ_list
from tillit.apps.partnerships.queries.representing import represented
from tillit.core.governance.regions import REGIONS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 1)
ALL, PARTY, OFFICE = Sight(), Sight(party=True), Sight(party=True, office=True)
SEVEN = ("24", "03", "18", "05", "14", "12", "01")


@pytest.fixture
def ground():
    with translation.override("sv"):
        yield Ground()


def mandate(ground, organ, right="decides", **fields):
    usual = {"subject": ground.budget, "level": ground.levels["national"], "starts_on": START, "recorded_at": NOW}
    return MandateItem.objects.create(organ=organ, right=right, **{**usual, **fields})


def sits(organ, number, organisation, person=None, **fields):
    seat, _new = Seat.objects.get_or_create(organ=organ, number=number, defaults={"starts_on": START})
    usual = {"starts_on": START, "recorded_at": NOW}
    return Appointment.objects.create(
        seat=seat, person=person or world.person("Eva Ek"), organisation=organisation, **{**usual, **fields}
    )


def norm(organ, kind="equal", dimension="sector", category="", value=None):
    return RepresentationNorm.objects.create(
        organ=organ,
        dimension=dimension,
        kind=kind,
        category=category,
        value=value,
        decided_on=START,
        source="Stadgarna § 5",
        recorded_at=NOW,
    )


# ---- organs and mandates


def test_the_three_tiers_are_always_there_and_others_when_there_are_any(ground):
    ground.organ(seats=2)
    ground.organ("Stämman", "assembly")
    found = organ_list(ground.partnership, ALL, TODAY)
    assert [(each.tier, len(each.organs)) for each in found.tiers] == [
        ("deciding", 1),
        ("operative", 0),
        ("advisory", 0),
        ("assembly", 1),
    ]
    assert [(each.seats, each.vacant) for each in found.tiers[0].organs] == [(2, 2)]


def test_an_organ_that_is_not_for_one_is_in_no_list(ground):
    ground.organ(openness="parties")
    secret = ground.organ("Valberedningen", "nominating", openness="organ")
    names = [
        [each.name for tier in organ_list(ground.partnership, sight, TODAY).tiers for each in tier.organs]
        for sight in (ALL, PARTY, Sight(party=True, organs=frozenset({secret.pk})), OFFICE)
    ]
    assert names == [[], ["Styrelsen"], ["Styrelsen", "Valberedningen"], ["Styrelsen", "Valberedningen"]]


def test_a_closed_organ_is_listed_apart(ground):
    ground.organ(ends_on=TODAY)
    found = organ_list(ground.partnership, ALL, TODAY)
    assert [each.name for each in found.closed] == ["Styrelsen"]
    assert found.tiers[0].organs == ()


def test_which_sectors_take_part_where_it_is_decided_with_shares(ground):
    ground.joined(ground.region, sector="care")
    ground.joined(ground.university, sector="academia")
    board = ground.organ()
    row = sits(board, 1, ground.region)
    Affiliation.objects.create(appointment=row, organisation=ground.university, share="0.25")
    sits(board, 2, ground.patients)
    (found,) = organ_list(ground.partnership, ALL, TODAY).deciding
    assert (found.counts, found.lacking, found.unknown) == (("0,75", "0,25", "0"), ("Industri",), 1)


def test_the_table_says_who_decides_and_where_nobody_does(ground):
    office, board = ground.organ("Kansliet", "operative"), ground.organ()
    mandate(ground, office, amount_to=Decimal(100000))
    mandate(ground, board, "prepares", level=ground.levels["network"])
    ground.partnership.subjects.create(code="parties", name="Nya parter")
    found = mandate_table(ground.partnership, ALL, TODAY)
    assert found.levels == ("nationell", "nätverk")
    assert [[[each.name for each in cell.rights] for cell in row.cells] for row in found.rows] == [
        [["Kansliet"], ["Styrelsen"]],
        [[], []],
    ]
    assert [each.says.replace("\xa0", " ") for each in found.findings] == [
        "Ingen beslutar om Budget på nivån nationell, belopp från 100 000 kronor.",
        "Ingen beslutar om Budget på nivån nätverk.",
        "Ingen beslutar om Nya parter på nivån nationell.",
    ]
    assert {each.word for each in found.findings} == {"att se över"}
    mandate(ground, board, amount_from=Decimal(100000))
    assert len(mandate_table(ground.partnership, ALL, TODAY).findings) == 2


def test_nothing_is_found_where_an_organ_that_one_may_not_know_of_has_a_right(ground):
    board = ground.organ(openness="parties")
    mandate(ground, board)
    for sight, named in ((ALL, []), (PARTY, ["Styrelsen"])):
        found = mandate_table(ground.partnership, sight, TODAY)
        assert [each.name for row in found.rows for cell in row.cells for each in cell.rights] == named
        assert found.findings == ()


def test_what_has_ended_and_closed_organs_decide_nothing(ground):
    mandate(ground, ground.organ(), ends_on=TODAY)
    mandate(ground, ground.organ("Nämnden", ends_on=TODAY), starts_on=TODAY)
    (told,) = mandate_table(ground.partnership, ALL, TODAY).findings
    assert "Ingen beslutar" in told.says


# ---- one organ


def test_a_seat_tells_who_sits_there_since_when_it_is_empty_and_what_comes(ground):
    board = ground.organ(seats=3)
    sits(board, 1, ground.region, ends_on=date(2026, 12, 1))
    sits(board, 1, ground.university, role="substitute")
    sits(board, 2, ground.company, ends_on=date(2026, 4, 1))
    sits(board, 2, ground.patients, starts_on=date(2026, 9, 1))
    one, two, three = organ_page(board, PARTY, TODAY).seats
    assert (there(one.holder).party, there(one.holder).person, one.ends_soon, one.vacant_since) == (
        "Region Fjällmark",
        "Eva Ek",
        True,
        None,
    )
    assert [each.role for each in one.others] == ["suppleant"]
    assert (two.holder, two.vacant_since, two.vacant_long) == (None, date(2026, 4, 1), True)
    assert [each.party for each in two.others] == ["Hjärtföreningen"]
    assert three.vacant_since == START


def test_names_and_nominations_are_for_the_parties_and_the_office(ground):
    board = ground.organ(seats=1)
    sits(board, 1, ground.region, decision="Stämman § 3")
    Nomination.objects.create(
        seat=board.seats.get(),
        person=ground.officer,
        organisation=ground.company,
        nominated_by=ground.company,
        nominated_on=START,
    )
    for sight, person, count in ((ALL, "", 0), (PARTY, "Eva Ek", 1), (Sight(evaluator=True), "Eva Ek", 1)):
        page = organ_page(board, sight, TODAY)
        assert (there(page.seats[0].holder).person, len(page.nominations)) == (person, count)


# ---- representation


def biobank(ground, links=14):
    """A board of the seven regions of the Biobank model; the other fourteen have acceded."""
    board = ground.organ()
    regions = {
        code: world.region(f"Region {code}", county_code=code) if code != "23" else ground.region for code in REGIONS
    }
    for number, code in enumerate(SEVEN, 1):
        sits(board, number, regions[code])
    basis = Agreement.objects.create(
        partnership=ground.partnership,
        type="accession_agreement",
        level=ground.levels["national"],
        title="Anslutning",
        status="in_force",
        valid_from=START,
        term_mode="until_further_notice",
        created_at=NOW,
    )
    for number, code in enumerate([code for code in REGIONS if code not in SEVEN]):
        RepresentationLink.objects.create(
            organisation=regions[code],
            organ=board,
            basis=basis,
            starts_on=START,
            ends_on=None if number < links else TODAY,
            recorded_at=NOW,
        )
    return board, basis


def test_seven_regions_of_21_and_the_other_14_spoken_for_are_three_readings(ground):
    board, _basis = biobank(ground)
    found = represented(board, TODAY)
    assert (found.direct, found.indirect, found.uncovered, found.findings) == (7, 14, (), ())
    assert [each.state for each in found.regions if each.split] == ["indirect"]
    assert next(each.through for each in found.regions if each.code == "24") == ("plats 1",)


def test_when_two_links_lapse_their_regions_are_named(ground):
    board, _basis = biobank(ground, links=12)
    found = represented(board, TODAY)
    assert found.uncovered == ("Region Jämtland Härjedalen", "Region Norrbotten")
    assert [(each.word, each.says) for each in found.findings] == [
        ("att se över", "Ingen talar för Region Jämtland Härjedalen, Region Norrbotten.")
    ]


def test_an_agreement_that_is_over_carries_nobody(ground):
    board, basis = biobank(ground)
    Agreement.objects.filter(pk=basis.pk).update(ends_on=TODAY, status="ended")
    found = represented(board, TODAY)
    assert (found.indirect, len(found.uncovered), len(found.lapsed)) == (0, 14, 14)


def test_the_same_seats_are_as_the_norm_per_collaborative_region_and_far_from_it_per_region(ground):
    board, _basis = biobank(ground)
    care = there(represented(board, TODAY, "samverkansregion-lika").tried)
    assert (care.index, care.least, care.to_move, care.verdict.word) == ("0,119", "0,119", "0", "utan anmärkning")
    assert (care.decided_on, care.norm) == (None, "Lika mellan de sex samverkansregionerna")
    each = there(represented(board, TODAY, "region-lika").tried)
    assert each.index == "0,6667"
    people = there(represented(board, TODAY, "region-folkmangd").tried)
    assert (people.verdict.word, people.index) == ("ej bedömbar", "")
    assert "tabell" in people.verdict.says
    assert represented(board, TODAY, "okänd").tried is None


def test_equal_thirds_are_as_decided_and_a_sector_without_a_seat_is_red(ground):
    board = ground.organ()
    for organisation, sector in (
        (ground.region, "care"),
        (ground.university, "academia"),
        (ground.company, "industry"),
    ):
        ground.joined(organisation, sector=sector)
        sits(board, board.seats.count() + 1, organisation)
    norm(board)
    (reading,) = represented(board, TODAY).readings
    assert (reading.norm, reading.source, reading.decided_on) == ("sektor: lika", "Stadgarna § 5", START)
    assert (reading.index, reading.to_move, reading.verdict.word) == ("0", "0", "utan anmärkning")
    Appointment.objects.filter(organisation=ground.company).update(superseded_at=NOW)
    sits(board, 3, ground.region)
    (reading,) = represented(board, TODAY).readings
    assert reading.verdict.word == "avviker"
    assert "Ingen plats alls: Industri." in reading.verdict.says


def test_what_cannot_be_judged_is_said_to_be_so_and_why(ground):
    board = ground.organ(seats=1)
    norm(board)
    (reading,) = represented(board, TODAY).readings
    assert (reading.verdict.word, reading.index) == ("ej bedömbar", "")
    assert "ingen plats" in reading.verdict.says
    sits(board, 1, ground.patients)
    (reading,) = represented(board, TODAY).readings
    assert reading.unknown == (1,)
    assert "ingen har uppgett" in reading.verdict.says


def test_bounds_alone_are_judged_by_number(ground):
    ground.joined(ground.region, sector="care")
    board = ground.organ()
    sits(board, 1, ground.region)
    norm(board, "min", category="care", value=2)
    (reading,) = represented(board, TODAY).readings
    assert (reading.verdict.word, reading.weighs, reading.bounds) == ("att se över", False, True)
    assert reading.verdict.says == "Färre platser än minst: Vård."


def test_the_matrix_counts_seats_by_region_and_sector_with_shares(ground):
    ground.joined(ground.region, sector="care")
    ground.joined(ground.company, sector="industry")
    board = ground.organ()
    row = sits(board, 1, ground.region)
    Affiliation.objects.create(appointment=row, organisation=ground.company, share="0.5")
    found = represented(board, TODAY)
    assert found.sectors == ("Vård", "Akademi", "Industri")
    assert next(each.counts for each in found.regions if each.code == "23") == ("0,5", "0", "0", "0")
    assert found.elsewhere == ("0", "0", "0,5", "0")


@pytest.mark.parametrize("count", [1, 5])
def test_reading_asks_as_much_whatever_there_is(ground, count, django_assert_num_queries):
    board = ground.organ()
    for number in range(1, count + 1):
        organisation = world.organisation(f"Lärosäte {number}", "university")
        row = sits(board, number, organisation, world.person(f"Person {number}"))
        Affiliation.objects.create(appointment=row, organisation=ground.company, share="0.5")
        other = ground.organ(f"Organ {number}", seats=1)
        mandate(ground, other, "advises")
        norm(board, "min", category=("care", "academia", "industry", "x", "y")[number - 1], value=1)
        RepresentationLink.objects.create(organisation=organisation, organ=board, starts_on=START, recorded_at=NOW)
    partnership = board.partnership
    board = Organ.objects.select_related("partnership", "level").get(pk=board.pk)
    with django_assert_num_queries(5):
        organ_list(partnership, ALL, TODAY)
    with django_assert_num_queries(4):
        mandate_table(partnership, ALL, TODAY)
    with django_assert_num_queries(4):
        organ_page(board, PARTY, TODAY)
    with django_assert_num_queries(5):
        represented(board, TODAY)
