"""The list: newest first, narrowed, page by page, counted honestly, the same on both databases."""

from datetime import date, timedelta

import pytest

from tillit.apps.register import index, queries
from tillit.apps.register.models import Entry
from tillit.apps.register.queries import PAGE, Wanted, listed


@pytest.fixture
def fill(carried_out, publish):
    def run(number, **fields):
        return [publish(carried_out(**fields)) for _ in range(number)]

    return run


def ids(page):
    return [row.public_id for row in page.rows]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("hjärtsvikt", True),
        ("hjärt", True),
        ("HJÄRTSVIKTEN", True),
        ("hjartsvikt", False),
        ("utbildningen", True),
        ("åre", True),
        ("are", False),
        ("nordkap", True),
        ("fjällmark hjärtkliniken", True),
        ("metoderna", True),
        ("nordkap astma", False),
        ("_k_educational_meeting", False),
        ("'; DROP TABLE x; --", False),
        ('"', True),
        ("and or not near", False),
        ("\\", True),
    ],
)
def test_search_finds_titles_purposes_towns_and_organisations(fill, q, found):
    fill(1)
    page = listed(Wanted(q=q))
    assert bool(page.rows) is found
    assert page.found == found


def test_search_finds_the_public_id_and_its_beginning(fill):
    (entry,) = fill(1)
    assert (
        ids(listed(Wanted(q=entry.public_id)))
        == ids(listed(Wanted(q=entry.public_id.lower()[:-1])))
        == [entry.public_id]
    )


def test_filters_narrow_alone_and_together(fill, sides):
    (here,) = fill(1)
    (other,) = fill(1, kind="donation", title="Gåva av apparat", starts_on=date(2025, 1, 2))
    company, region, *_ = sides
    assert ids(listed(Wanted(kind="donation"))) == ids(listed(Wanted(year=2025))) == [other.public_id]
    assert ids(listed(Wanted(kind="donation", q="apparat", year=2025, organisation=region.pk))) == [other.public_id]
    assert ids(listed(Wanted(kind="donation", year=2026))) == []
    assert ids(listed(Wanted(organisation=company.pk))) == [here.public_id, other.public_id]
    assert ids(listed(Wanted(outcome="breach"))) == []
    assert queries.name_of(company.pk) == "Nordkap Pharma AB"
    assert queries.years() == (2026, 2025)


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(q="utbildning")])
@pytest.mark.parametrize("walk", [True, False])
def test_pages_follow_each_other_both_ways_and_lose_nobody(carried_out, publish, monkeypatch, wanted, walk):
    monkeypatch.setattr(queries, "PAGE", 3)
    if walk:
        monkeypatch.setattr(queries, "MOST_COUNTED", 4)
    for day in range(8):
        publish(carried_out(starts_on=date(2026, 11, 1) - timedelta(days=day // 2)))
    pages = [listed(wanted)]
    while pages[-1].older:
        pages.append(listed(wanted, older_than=pages[-1].older))
    forward = [ids(page) for page in pages]
    assert [len(each) for each in forward] == [3, 3, 2]
    assert len({public_id for each in forward for public_id in each}) == 8
    days = [row.starts_on for page in pages for row in page.rows]
    assert days == sorted(days, reverse=True)
    back = listed(wanted, newer_than=pages[2].newer)
    assert ids(back) == forward[1]
    assert ids(listed(wanted, newer_than=back.newer)) == forward[0]
    assert listed(wanted, newer_than=back.newer).newer is None
    assert (pages[0].found, pages[0].more) == ((4, True) if walk else (8, False))
    assert [row.public_id for row in queries.every_row(wanted, at_a_time=3)] == [
        one for each in forward for one in each
    ]
    taken = queries.rows_from(wanted, skip=2, size=3, found=8)
    assert [row.public_id for row in taken] == [one for each in forward for one in each][2:5]


def test_a_page_goes_on_where_it_was_when_a_row_has_come_before_it(carried_out, publish, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for day in range(4):
        publish(carried_out(starts_on=date(2026, 11, 1) - timedelta(days=day)))
    first = listed(Wanted())
    second = ids(listed(Wanted(), older_than=first.older))
    publish(carried_out(starts_on=date(2026, 11, 2)))
    assert ids(listed(Wanted(), older_than=first.older)) == second


def test_the_page_after_the_last_row_is_empty_and_leads_back(fill):
    (entry,) = fill(1)
    page = listed(Wanted(), older_than=entry.place)
    assert (page.rows, page.older) == ((), None)
    assert ids(listed(Wanted(), newer_than=page.newer)) == [entry.public_id]


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(q="utbildning", kind="educational_meeting", year=2026)])
def test_a_page_of_fifty_takes_three_queries(fill, django_assert_num_queries, wanted):
    fill(2)
    with django_assert_num_queries(3):
        listed(wanted)
    assert PAGE == 50


def test_two_that_would_share_a_place_stand_beside_each_other(fill, monkeypatch):
    monkeypatch.setattr("tillit.apps.register.place.crc32", lambda _: 7)
    fill(2)
    one, other = (entry.place for entry in Entry.objects.order_by("place"))
    assert one is not None
    assert other == one + 1
    assert len(listed(Wanted(q="utbildning")).rows) == 2


def test_a_word_left_in_the_index_shows_nothing(db):
    index.put(5, ("borta",))
    assert listed(Wanted(q="borta")).rows == ()
