"""Organs, mandates, seats, nominations, representation: what the acts do, what they refuse and in which words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests import world
from tests.partnering import NOW, START, Ground, there
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.partnerships.actions import mandates, nominations, organs, representation, seats
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.actions.mandates import MandateFacts
from tillit.apps.partnerships.actions.organs import OrganFacts
from tillit.apps.partnerships.actions.representation import Link, NormRow
from tillit.apps.partnerships.actions.seats import SeatFacts, Term
from tillit.apps.partnerships.models import CURRENT, Agreement, Appointment, MandateItem, RepresentationLink

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 2, 1)


@pytest.fixture
def ground():
    return Ground()


def by(ground):
    return {"by": ground.founder, "at": NOW, "acting_for": ground.region}


def organ(ground, name="Styrelsen", tier="deciding", **said):
    facts = OrganFacts(name, tier, said.pop("level", ground.levels["national"]), said.pop("starts_on", START), **said)
    return organs.set_up_organ(partnership=ground.partnership, facts=facts, **by(ground))


def mandate(ground, to, right="decides", **said):
    facts = MandateFacts(ground.budget, right, said.pop("level", ground.levels["national"]), START, **said)
    return mandates.give_mandate(organ=to, facts=facts, **by(ground))


def seat(ground, of, **said):
    return seats.add_seat(organ=of, facts=SeatFacts(said.pop("starts_on", START), **said), **by(ground))


def sits(ground, on, person=None, organisation=None, **said):
    organisation = organisation or ground.region
    person = person or world.person("Eva Ek", organisation=organisation)
    return seats.appoint(seat=on, term=Term(person, organisation, said.pop("starts_on", START), **said), **by(ground))


def agreement(ground):
    return Agreement.objects.create(
        partnership=ground.partnership,
        type="accession_agreement",
        level=ground.levels["national"],
        title="Anslutning",
        status="in_force",
        valid_from=START,
        term_mode="until_further_notice",
        created_at=NOW,
    )


def elsewhere(ground):
    return found_partnership(frame=Frame("Ett annat", "association", START), by=ground.founder, at=NOW)


# ---- organs


def test_an_organ_is_set_up_and_changed_and_both_are_noted(ground):
    made = organ(ground, "  Styrelsen ", meetings_per_year=6)
    assert (made.name, made.tier, made.meetings_per_year) == ("Styrelsen", "deciding", 6)
    facts = OrganFacts(
        "Rådet", "advisory", ground.levels["network"], START, parent=organ(ground, "Stämman", "assembly")
    )
    changed = organs.change_organ(organ=made, facts=facts, **by(ground))
    assert (changed.name, there(changed.parent).name) == ("Rådet", "Stämman")
    assert Act.objects.filter(action__in=("partnerships.organ_set_up", "partnerships.organ_changed")).count() == 3


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": " "}, "behövs"),
        ({"name": "Kansliet"}, "heter redan"),
        ({"tier": "högst"}, "alternativen"),
        ({"source": "19121212-1212"}, "personnummer"),
        ({"starts_on": date(226, 2, 1)}, "Året"),
    ],
)
def test_what_an_organ_cannot_be_is_refused(ground, said, told):
    organ(ground, "Kansliet")
    with pytest.raises(Refused, match=told):
        organ(ground, **said)


def test_nothing_of_another_partnership_comes_in(ground):
    other = elsewhere(ground)
    with pytest.raises(Refused, match="annat partnerskap"):
        organ(ground, level=other.levels.first())
    with pytest.raises(Refused, match="annat partnerskap"):
        mandate(ground, organ(ground), level=other.levels.first())


def test_an_organ_is_never_put_under_one_below_it(ground):
    top = organ(ground)
    low = organ(ground, "Gruppen", parent=organ(ground, "Kansliet", parent=top))
    facts = OrganFacts("Styrelsen", "deciding", ground.levels["national"], START, parent=low)
    with pytest.raises(Refused, match="ligger under") as told:
        organs.change_organ(organ=top, facts=facts, **by(ground))
    assert told.value.field == "parent"


def test_what_hangs_on_an_organ_ends_with_it(ground):
    board = organ(ground)
    mandate(ground, board)
    place = seat(ground, board)
    sits(ground, place, affiliations={ground.university: Decimal("0.25")})
    link = Link(ground.patients, place, agreement(ground), START)
    representation.link_party(link=link, **by(ground))
    organs.close_organ(organ=board, on=NEXT_YEAR, reason="Ersätts av ett råd", **by(ground))
    board.refresh_from_db()
    assert (board.ends_on, board.seats.get().ends_on) == (NEXT_YEAR, NEXT_YEAR)
    for kind in (MandateItem, Appointment, RepresentationLink):
        assert kind.objects.filter(CURRENT).get().ends_on == NEXT_YEAR
        assert kind.objects.count() == 2
    assert Appointment.objects.filter(CURRENT).get().affiliations.get().share == Decimal("0.25")
    with pytest.raises(Refused, match="stängt"):
        mandate(ground, board, "advises")


def test_an_organ_with_something_to_come_or_others_under_it_is_not_closed(ground):
    board = organ(ground)
    under = organ(ground, "Kansliet", parent=board)
    with pytest.raises(Refused, match="under det här"):
        organs.close_organ(organ=board, on=NEXT_YEAR, reason="x", **by(ground))
    sits(ground, seat(ground, under), starts_on=date(2028, 1, 1))
    with pytest.raises(Refused, match="först efter"):
        organs.close_organ(organ=under, on=NEXT_YEAR, reason="x", **by(ground))
    with pytest.raises(Refused, match="behövs"):
        organs.close_organ(organ=under, on=NEXT_YEAR, reason=" ", **by(ground))


# ---- mandates


def test_a_right_to_decide_can_be_divided_by_amount_and_handed_over_by_day(ground):
    office, board = organ(ground, "Kansliet", "operative"), organ(ground)
    mandate(ground, office, amount_to=Decimal(100000))
    mandate(ground, board, amount_from=Decimal(100000))
    with pytest.raises(Refused, match="Kansliet beslutar redan"):
        mandate(ground, board, amount_to=Decimal(5))
    with pytest.raises(Refused, match="Organet beslutar redan"):
        mandate(ground, board, amount_from=Decimal(200000))
    for row in MandateItem.objects.filter(CURRENT):
        mandates.end_mandate(mandate=row, on=NEXT_YEAR, **by(ground))
    other = organ(ground, "Stämman", "assembly")
    facts = MandateFacts(ground.budget, "decides", ground.levels["national"], NEXT_YEAR)
    mandates.give_mandate(organ=other, facts=facts, **by(ground))
    assert Act.objects.filter(action="partnerships.mandate_ended").count() == 2


def test_no_authority_and_deciding_exclude_each_other_and_says_over_whom(ground):
    group = organ(ground)
    with pytest.raises(Refused, match="vem organet inte"):
        mandate(ground, group, "no_authority")
    mandate(ground, group, "no_authority", over="lokala noder")
    with pytest.raises(Refused, match="lokala noder"):
        mandate(ground, group)
    other = organ(ground, "Nämnden")
    mandate(ground, other)
    with pytest.raises(Refused, match="samtidigt sakna"):
        mandate(ground, other, "no_authority", over="noder")
    with pytest.raises(Refused, match="hör bara till"):
        mandate(ground, other, "advises", over="noder")


def test_the_advisory_decide_nothing_and_who_has_decided_does_not_become_advisory(ground):
    with pytest.raises(Refused, match="rådgivande organ beslutar inget"):
        mandate(ground, organ(ground, "Rådet", "advisory"))
    board = organ(ground)
    row = mandate(ground, board)
    mandates.end_mandate(mandate=row, on=NEXT_YEAR, **by(ground))
    facts = OrganFacts("Styrelsen", "advisory", ground.levels["national"], START)
    with pytest.raises(Refused, match="haft rätt att besluta"):
        organs.change_organ(organ=board, facts=facts, **by(ground))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"amount_from": Decimal(5), "amount_to": Decimal(5)}, "öka"),
        ({"amount_from": Decimal(-1)}, "noll"),
        ({"ends_on": START}, "innan"),
        ({"right": "styr"}, "får göra"),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(ground, said, told):
    with pytest.raises(Refused, match=told):
        mandate(ground, organ(ground), **said)


def test_an_end_that_has_been_and_one_before_the_beginning_are_refused(ground):
    row = mandate(ground, organ(ground), ends_on=NEXT_YEAR)
    for on, told in ((START, "Välj en dag efter"), (NEXT_YEAR, "redan slut")):
        with pytest.raises(Refused, match=told):
            mandates.end_mandate(mandate=row, on=on, **by(ground))
    mandates.end_mandate(mandate=row, on=date(2026, 12, 1), **by(ground))
    with pytest.raises(Refused, match="Någon annan"):
        mandates.end_mandate(mandate=row, on=date(2026, 11, 1), **by(ground))


# ---- seats


def test_seats_are_numbered_and_a_term_follows_from_the_seat(ground):
    board = organ(ground)
    assert [seat(ground, board).number, seat(ground, board, term_months=24).number] == [1, 2]
    row = sits(ground, board.seats.get(number=2))
    assert row.ends_on == date(2028, 2, 1)


def test_a_seat_has_one_holder_and_a_person_one_seat(ground):
    board = organ(ground)
    one, two = seat(ground, board), seat(ground, board)
    eva = world.person("Eva Ek", organisation=ground.region)
    sits(ground, one, eva, ends_on=NEXT_YEAR)
    with pytest.raises(Refused, match="upptagen från 2026-02-01 av någon från Region Fjällmark"):
        sits(ground, one)
    with pytest.raises(Refused, match="redan i organet, på plats 1"):
        sits(ground, two, eva)
    sits(ground, one, role="substitute")
    sits(ground, one, starts_on=NEXT_YEAR)


def test_one_who_does_not_work_for_the_party_does_not_sit_for_it(ground):
    with pytest.raises(Refused, match="organisationens folk"):
        sits(ground, seat(ground, organ(ground)), ground.officer, ground.region)


def test_shares_of_others_stay_with_whoever_leaves(ground):
    row = sits(ground, seat(ground, organ(ground)))
    for shares, told in (
        ({ground.company: Decimal("1.1")}, "högst 1"),
        ({ground.company: Decimal("0.6"), ground.university: Decimal("0.5")}, "mer än 1"),
        ({ground.region: Decimal("0.5")}, "det som är kvar"),
    ):
        with pytest.raises(Refused, match=told):
            seats.set_affiliations(appointment=row, shares=shares, **by(ground))
    row.refresh_from_db()
    assert row.superseded_at is None
    row = seats.set_affiliations(appointment=row, shares={ground.university: Decimal("0.5")}, **by(ground))
    row = seats.end_appointment(appointment=row, on=NEXT_YEAR, **by(ground))
    assert (row.ends_on, row.affiliations.get().share) == (NEXT_YEAR, Decimal("0.5"))
    row = seats.set_affiliations(appointment=row, shares={}, **by(ground))
    assert not row.affiliations.exists()


def test_a_closed_seat_is_left_and_nobody_comes_after(ground):
    place = seat(ground, organ(ground))
    sits(ground, place)
    seats.close_seat(seat=place, on=NEXT_YEAR, **by(ground))
    assert Appointment.objects.filter(CURRENT).get().ends_on == NEXT_YEAR
    with pytest.raises(Refused, match="stängd"):
        sits(ground, place, starts_on=NEXT_YEAR)
    with pytest.raises(Refused, match="redan slut"):
        seats.close_seat(seat=place, on=NEXT_YEAR, **by(ground))


@pytest.mark.parametrize(
    ("said", "told"), [({"county_code": "99"}, "alternativen"), ({"term_months": 0}, "minst en månad")]
)
def test_a_seat_that_cannot_be_is_refused(ground, said, told):
    with pytest.raises(Refused, match=told):
        seat(ground, organ(ground), **said)


# ---- nominations


def proposed(ground, place, organisation, person=None, nominated_by=None):
    person = person or world.person("Nils Ny", organisation=organisation)
    return nominations.nominate(
        seat=place,
        person=person,
        organisation=organisation,
        nominated_by=nominated_by or organisation,
        by=ground.officer,
        at=NOW,
        acting_for=organisation,
    )


def test_who_proposes_for_a_seat_is_the_one_named_or_one_of_the_kind_or_any_party(ground):
    board = organ(ground)
    named, kind = seat(ground, board, nominating=ground.university), seat(ground, board, nominating_class="company")
    free = seat(ground, board)
    for each in (ground.university, ground.company):
        with pytest.raises(Refused, match="föreslår andra"):
            proposed(ground, kind, each)
    ground.joined(ground.company)
    with pytest.raises(Refused, match="föreslår andra"):
        proposed(ground, named, ground.company)
    proposed(ground, named, ground.university)
    proposed(ground, kind, ground.company)
    proposed(ground, free, ground.company)
    with pytest.raises(Refused, match="föreslår andra"):
        proposed(ground, free, ground.patients)


def test_the_elected_sit_and_what_is_decided_is_not_decided_again(ground):
    place = seat(ground, organ(ground), nominating=ground.company)
    one, two = proposed(ground, place, ground.company), proposed(ground, place, ground.company)
    with pytest.raises(Refused, match="redan föreslagen"):
        proposed(ground, place, ground.company, one.person)
    with pytest.raises(Refused, match="vilket beslut"):
        nominations.elect(nomination=one, starts_on=START, decision=" ", **by(ground))
    row = nominations.elect(nomination=one, starts_on=START, decision="Stämman § 7", role="chair", **by(ground))
    assert (row.person, row.organisation, row.role) == (one.person, ground.company, "chair")
    nominations.not_elect(nomination=two, reason="En plats", **by(ground))
    three = proposed(ground, place, ground.company)
    nominations.withdraw_nomination(nomination=three, **by(ground))
    assert sorted(place.nominations.values_list("state", flat=True)) == ["elected", "not_elected", "withdrawn"]
    with pytest.raises(Refused, match="redan avgjort"):
        nominations.withdraw_nomination(nomination=one, **by(ground))


def test_an_election_to_a_seat_that_is_taken_leaves_the_proposal_open(ground):
    place = seat(ground, organ(ground), nominating=ground.company)
    sits(ground, place)
    row = proposed(ground, place, ground.company)
    with pytest.raises(Refused, match="upptagen"):
        nominations.elect(nomination=row, starts_on=START, decision="§ 7", **by(ground))
    row.refresh_from_db()
    assert row.state == "proposed"


# ---- representation


def test_a_party_is_spoken_for_on_the_ground_of_an_agreement_until_it_is_not(ground):
    board, basis = organ(ground), agreement(ground)
    link = Link(ground.patients, board, basis, START)
    row = representation.link_party(link=link, **by(ground))
    with pytest.raises(Refused, match="redan antecknat"):
        representation.link_party(link=link, **by(ground))
    representation.link_party(link=replace(link, represented_by=seat(ground, board)), **by(ground))
    representation.unlink_party(link=row, on=NEXT_YEAR, **by(ground))
    representation.link_party(link=replace(link, starts_on=NEXT_YEAR), **by(ground))
    other = Agreement.objects.create(
        partnership=elsewhere(ground),
        type="statutes",
        level=ground.levels["national"],
        title="Stadgar",
        valid_from=START,
        term_mode="until_further_notice",
        created_at=NOW,
    )
    with pytest.raises(Refused, match="annat partnerskap"):
        representation.link_party(link=replace(link, basis=other), **by(ground))


def decided(ground, board, *rows, dimension="sector", source="Huvudöverenskommelsen § 4", on=START):
    rows = tuple(NormRow(*each) for each in rows)
    return representation.decide_norm(
        organ=board, dimension=dimension, rows=rows, decided_on=on, source=source, **by(ground)
    )


def test_a_norm_takes_the_place_of_the_old_one_in_its_dimension(ground):
    board = organ(ground)
    decided(ground, board, ("equal",))
    decided(ground, board, ("min", "12", Decimal(1)), dimension="region")
    decided(ground, board, ("share", "care", Decimal("0.5")), ("share", "industry", Decimal("0.5")))
    now = board.norms.filter(CURRENT)
    assert sorted(now.values_list("dimension", "kind")) == [
        ("region", "min"),
        ("sector", "share"),
        ("sector", "share"),
    ]
    assert board.norms.count() == 4


@pytest.mark.parametrize(
    ("rows", "more", "told"),
    [
        ([("equal",)], {"source": " "}, "behövs"),
        ([("equal",)], {"on": date(2027, 1, 1)}, "inte varit"),
        ([("equal", "care")], {}, "gäller alla"),
        ([("share", "care", Decimal("0.5"))], {}, "1 tillsammans"),
        ([("share", "care", Decimal(2))], {}, "högst 1"),
        ([("min", "vård", Decimal(1))], {}, "ur listan"),
        ([("min", "care", Decimal("1.5"))], {}, "helt tal"),
        ([("min", "care", Decimal(1)), ("min", "care", Decimal(2))], {}, "två gånger"),
        ([("equal",), ("share", "care", Decimal(1))], {}, "1 tillsammans"),
        ([], {}, "minst en rad"),
        ([("equal",)], {"dimension": "size"}, "dela upp på"),
        ([("equal",)], {"dimension": "ålder"}, "vad normen gäller"),
    ],
)
def test_a_norm_that_cannot_be_is_refused(ground, rows, more, told):
    with pytest.raises(Refused, match=told):
        decided(ground, organ(ground), *rows, **more)
