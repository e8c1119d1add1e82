"""I-5, I-6 and I-7 tried straight in the tables, past every act, and from two connections at once."""

from datetime import UTC, date, datetime
from importlib import import_module
from textwrap import indent

import pytest
from django.db import IntegrityError, connection, transaction

from tests import world
from tests.apart import Apart
from tests.partnering import NOW, START, Ground
from tillit.apps.partnerships.models import (
    Affiliation,
    Appointment,
    MandateItem,
    Organ,
    RepresentationLink,
    RepresentationNorm,
)

MIGRATION = import_module("tillit.apps.partnerships.migrations.0003_organs_hold")
NEXT_YEAR, LATER = date(2027, 2, 1), datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def ground(db):
    return Ground()


def mandate(ground, organ, right="decides", **fields):
    usual = {"subject": ground.budget, "level": ground.levels["national"], "starts_on": START, "recorded_at": NOW}
    if right == "no_authority":
        usual["over"] = "lokala noder"
    return MandateItem.objects.create(organ=organ, right=right, **{**usual, **fields})


def sits(ground, seat, person=None, **fields):
    usual = {"organisation": ground.region, "starts_on": START, "recorded_at": NOW}
    return Appointment.objects.create(seat=seat, person=person or world.person("Eva Ek"), **{**usual, **fields})


def refused(rule):
    """Return a check that the database itself stops what is done, by that very rule."""
    return pytest.raises(IntegrityError, match=rule)


def tried(act):
    with transaction.atomic():
        return act()


# ---- I-5


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"starts_on": date(2030, 1, 1)},
        {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 2, 2)},
        {"amount_from": 500},
        {"amount_to": 1},
    ],
)
def test_two_organs_never_decide_on_the_same_subject_level_day_and_amount(ground, fields):
    mandate(ground, ground.organ())
    with refused("one_decides"):
        tried(lambda: mandate(ground, ground.organ("Rådet"), **fields))


def test_another_level_subject_day_or_amount_is_no_second_decider(ground):
    board, other = ground.organ(), ground.organ("Nämnden")
    mandate(ground, board, amount_from=1000, starts_on=START, ends_on=NEXT_YEAR)
    mandate(ground, other, amount_to=1000)
    mandate(ground, other, amount_from=1000, starts_on=NEXT_YEAR)
    mandate(ground, other, level=ground.levels["network"])
    mandate(ground, other, "prepares")
    with refused("one_decides"):
        tried(lambda: mandate(ground, other, amount_from=2000, amount_to=3000, ends_on=date(2026, 3, 1)))


def test_a_mandate_moved_in_time_or_made_deciding_is_looked_at_too(ground):
    mandate(ground, ground.organ())
    other = mandate(ground, ground.organ("Nämnden"), "advises")
    with refused("one_decides|stands"):
        tried(lambda: MandateItem.objects.filter(pk=other.pk).update(right="decides"))


def test_a_superseded_row_stands_in_nobodys_way(ground):
    row = mandate(ground, ground.organ())
    MandateItem.objects.filter(pk=row.pk).update(superseded_at=LATER)
    mandate(ground, ground.organ("Nämnden"))
    with refused("one_decides|stands"):
        tried(lambda: MandateItem.objects.filter(pk=row.pk).update(superseded_at=None))


def test_no_authority_excludes_deciding_for_the_same_organ_and_subject_whatever_came_first(ground):
    first, second = ground.organ(), ground.organ("Nämnden")
    mandate(ground, first, "no_authority", level=ground.levels["network"])
    with refused("no_authority_excludes_deciding"):
        tried(lambda: mandate(ground, first))
    mandate(ground, second)
    with refused("no_authority_excludes_deciding"):
        tried(lambda: mandate(ground, second, "no_authority"))
    mandate(ground, second, "no_authority", ends_on=START, starts_on=date(2026, 1, 1))


# ---- I-6


def test_an_advisory_organ_decides_nothing_also_when_it_becomes_one(ground):
    with refused("the_advisory_decide_nothing"):
        tried(lambda: mandate(ground, ground.organ("Rådet", "advisory")))
    board = ground.organ()
    mandate(ground, board)
    with refused("who_decides_is_not_advisory"):
        tried(lambda: Organ.objects.filter(pk=board.pk).update(tier="advisory"))
    idle = ground.organ("Gruppen")
    Organ.objects.filter(pk=idle.pk).update(tier="advisory")


def test_no_organ_is_above_itself_however_far_up(ground):
    top = ground.organ()
    middle = ground.organ("Kansliet", parent=top)
    low = ground.organ("Gruppen", parent=middle)
    with refused("no_organ_above_itself"):
        tried(lambda: Organ.objects.filter(pk=top.pk).update(parent=low))
    with refused("no_organ"):
        tried(lambda: Organ.objects.filter(pk=top.pk).update(parent=top))


# ---- I-7


@pytest.mark.parametrize(("role", "free"), [("member", False), ("chair", False), ("substitute", True)])
def test_one_ordinary_holder_sits_on_a_seat_at_a_time(ground, role, free):
    seat = ground.organ(seats=1).seats.get()
    sits(ground, seat, ends_on=NEXT_YEAR)
    if free:
        sits(ground, seat, role=role)
    else:
        with refused("one_sits_on_a_seat"):
            tried(lambda: sits(ground, seat, role=role, starts_on=date(2027, 1, 31)))
    sits(ground, seat, role=role, starts_on=NEXT_YEAR)


def test_nobody_sits_twice_in_an_organ_but_in_two_organs_they_do(ground):
    one, two = ground.organ(seats=2).seats.all()
    eva = world.person("Eva Ek")
    sits(ground, one, eva, ends_on=NEXT_YEAR)
    with refused("nobody_sits_twice_in_an_organ"):
        tried(lambda: sits(ground, two, eva))
    sits(ground, two, eva, role="substitute")
    sits(ground, two, eva, starts_on=NEXT_YEAR)
    other = ground.organ("Rådet", seats=1).seats.get()
    sits(ground, other, eva)
    other.organ, other.number = one.organ, 3
    with refused("a_seat_stays_in_its_organ"):
        tried(other.save)


def test_shares_of_other_parties_are_at_most_one_together(ground):
    row = sits(ground, ground.organ(seats=1).seats.get())
    for organisation, share in ((ground.university, "0.3333"), (ground.company, "0.3333")):
        Affiliation.objects.create(appointment=row, organisation=organisation, share=share)
    with refused("affiliations_are_at_most_one"):
        tried(lambda: Affiliation.objects.create(appointment=row, organisation=ground.patients, share="0.3335"))
    last = Affiliation.objects.create(appointment=row, organisation=ground.patients, share="0.3334")
    with refused("affiliations_are_at_most_one"):
        tried(lambda: Affiliation.objects.filter(pk=last.pk).update(share="0.5"))


# ---- recorded rows (I-27), and what holds it all


def test_what_is_recorded_is_superseded_once_and_never_written_again(ground):
    board = ground.organ(seats=1)
    rows = (
        (mandate(ground, board), {"level": ground.levels["network"]}),
        (sits(ground, board.seats.get()), {"ends_on": NEXT_YEAR}),
        (
            RepresentationLink.objects.create(
                organisation=ground.region, organ=board, starts_on=START, recorded_at=NOW
            ),
            {"starts_on": NEXT_YEAR},
        ),
        (
            RepresentationNorm.objects.create(
                organ=board, dimension="sector", kind="equal", decided_on=START, source="§ 4", recorded_at=NOW
            ),
            {"dimension": "region"},
        ),
    )
    for row, change in rows:
        same = type(row).objects.filter(pk=row.pk)
        with refused("stands"):
            tried(lambda same=same, change=change: same.update(**change))
        same.update(source="omskriven")
        same.update(superseded_at=LATER)
        with refused("stands"):
            tried(lambda same=same: same.update(superseded_at=None))


def test_the_database_has_every_trigger(ground):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
            wanted = {name for name, *_rest in MIGRATION.rules()}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = {f"{name}_{event.lower()}" for name, *_rest, events in MIGRATION.rules() for event in events}
        assert wanted - {name for (name,) in cursor.fetchall()} == set()


# ---- two at once


ROWS = """
from datetime import date, datetime, UTC
from django.db import IntegrityError, transaction
from tillit.apps.partnerships.models import Affiliation, Appointment, MandateItem, Organ
AT, START = datetime(2026, 8, 1, tzinfo=UTC), date(2026, 2, 1)
"""
FIRST = """
with transaction.atomic():
{act}
    tell("inside")
    wait()
tell("written")
"""
SECOND = """
tell("ready")
wait()
tell("begins")
try:
    with transaction.atomic():
{act}
    tell("written")
except IntegrityError as why:
    tell(str(why).split("CONTEXT")[0].strip())
"""


def decides(ground, board, other):
    for organ in (board, other):
        yield (
            f"MandateItem.objects.create(organ_id='{organ.pk}', subject_id={ground.budget.pk}, right='decides',"
            f" level_id={ground.levels['national'].pk}, starts_on=START, recorded_at=AT)"
        )


def above(ground, board, other):
    yield f"Organ.objects.filter(pk='{board.pk}').update(parent_id='{other.pk}')"
    yield f"Organ.objects.filter(pk='{other.pk}').update(parent_id='{board.pk}')"


def advises(ground, board, other):
    yield f"Organ.objects.filter(pk='{board.pk}').update(tier='advisory')"
    yield next(decides(ground, board, other))


def seated(ground, board, other):
    for person in (ground.founder, ground.officer):
        yield _sitting(ground, board.seats.first(), person)


def twice(ground, board, other):
    for seat in board.seats.all():
        yield _sitting(ground, seat, ground.founder)


def shared(ground, board, other):
    row = sits(ground, board.seats.first())
    for organisation in (ground.company, ground.university):
        yield (f"Affiliation.objects.create(appointment_id={row.pk}, organisation_id='{organisation.pk}', share='0.6')")


def _sitting(ground, seat, person):
    return (
        f"Appointment.objects.create(seat_id='{seat.pk}', person_id='{person.pk}',"
        f" organisation_id='{ground.region.pk}', starts_on=START, recorded_at=AT)"
    )


@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        (decides, "one_decides"),
        (above, "no_organ_above_itself"),
        (advises, "the_advisory_decide_nothing"),
        (seated, "one_sits_on_a_seat"),
        (twice, "nobody_sits_twice_in_an_organ"),
        (shared, "affiliations_are_at_most_one"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_one_is_stopped(tmp_path, pair, rule):
    ground = Ground()
    acts = tuple(pair(ground, ground.organ(seats=2), ground.organ("Nämnden")))
    apart = Apart(tmp_path)
    first = apart.talking(ROWS + FIRST.format(act=indent(acts[0], "    ")))
    second = apart.talking(ROWS + SECOND.format(act=indent(acts[1], "        ")))
    first.says("inside")
    second.says("ready")
    second.on()
    second.says("begins")
    first.on()
    first.says("written")
    assert rule in second.ends()
    first.ends()
