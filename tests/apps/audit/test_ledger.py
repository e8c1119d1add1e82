"""The ledger: one row per act, each bound to the one before."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection, transaction

from tests import world
from tillit.apps.audit.actions import START, link, note
from tillit.apps.audit.models import Act
from tillit.apps.audit.queries import acts_for, acts_of, first_broken_link

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def company():
    return world.company()


@pytest.fixture
def anna(company):
    return world.person("Anna", organisation=company)


@pytest.fixture
def five(company, anna):
    return [note(f"test.act_{n}", subject=company, by=anna, at=AT, acting_for=company, n=n) for n in range(1, 6)]


def test_acts_are_numbered_from_one_and_each_holds_the_hash_of_the_one_before(five):
    rows = list(Act.objects.all())
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert [row.previous for row in rows] == [START, *(row.hash for row in rows[:-1])]
    assert first_broken_link() is None


def test_an_empty_ledger_holds():
    assert first_broken_link() is None


@pytest.mark.parametrize(
    "change",
    [
        {"action": "test.other"},
        {"at": AT + timedelta(microseconds=1)},
        {"by": None},
        {"acting_for": ""},
        {"subject": "parties.unit"},
        {"subject_key": "x"},
        {"detail": {"n": 4}},
        {"hash": "0" * 63 + "1"},
        {"previous": "0" * 63 + "1"},
    ],
)
def test_a_changed_column_is_found(five, change):
    Act.objects.filter(number=3).update(**change)
    assert first_broken_link() == 3


def test_one_who_also_mends_the_changed_rows_hash_is_found_at_the_next(five):
    row = Act.objects.get(number=3)
    row.detail = {"n": 99}
    Act.objects.filter(number=3).update(detail=row.detail, hash=link(row))
    assert first_broken_link() == 4


@pytest.mark.parametrize(("gone", "found"), [(1, 2), (3, 4)])
def test_a_removed_row_is_found(five, gone, found):
    Act.objects.filter(number=gone).delete()
    assert first_broken_link() == found


def test_rows_that_change_places_are_found(five):
    second, third = Act.objects.get(number=2), Act.objects.get(number=3)
    Act.objects.filter(number__in=(2, 3)).delete()
    second.number, third.number = 3, 2
    for row in (second, third):
        row.save(force_insert=True)
    assert first_broken_link() == 2


def test_the_hash_is_the_same_whatever_zone_the_moment_is_told_in(company):
    act = note("test.act", subject=company, by=None, at=AT.astimezone(timezone(timedelta(hours=2))))
    assert link(Act.objects.get(number=act.number)) == act.hash


def test_an_act_that_is_undone_leaves_no_line_and_no_gap(company):
    with transaction.atomic():
        note("test.undone", subject=company, by=None, at=AT)
        transaction.set_rollback(True)
    assert note("test.done", subject=company, by=None, at=AT).number == 1


def test_the_acts_on_a_row_and_for_an_organisation_are_read_the_latest_first(
    five, company, anna, django_assert_num_queries
):
    other = world.region()
    note("test.elsewhere", subject=other, by=None, at=AT, acting_for=other)
    with django_assert_num_queries(1):
        assert [line.number for line in acts_of(company.pk)] == [5, 4, 3, 2, 1]
    with django_assert_num_queries(2):
        page = acts_for(company.pk, page=2, size=2)
    assert ([line.number for line in page.lines], page.page, page.pages, page.total) == ([3, 2], 2, 3, 5)
    assert page.lines[0].by == "Anna"
    assert acts_for(company.pk, page=99, size=2).page == 3
    assert acts_for(company.pk, page=-1, size=2).page == 1
    assert acts_for(other.pk).lines[0].by == ""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_get_numbers_that_follow_each_other(company):
    ready, failed = threading.Barrier(4), []

    def write(name):
        try:
            ready.wait()
            for n in range(5):
                with transaction.atomic():
                    note(f"test.{name}", subject=company, by=None, at=AT, n=n)
        except Exception as error:  # noqa: BLE001 - a thread's own error is never seen by pytest
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c", "d")]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert failed == []
    assert list(Act.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert first_broken_link() is None
