"""A prepared query gives the rows that its queryset gives, however it is asked, and refuses what it cannot hold."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from bench.partnership_world import fill
from tillit.apps.partnerships.models import Agreement, Appointment, Membership, Partnership
from tillit.apps.prepared import prepared, read

TODAY = localdate()


@pytest.fixture
def place(db):
    fill(1, 8, 5, TODAY)
    return Partnership.objects.get()


def sitting(partnership: UUID, today: date) -> QuerySet[Any]:
    rows = Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today), seat__organ__partnership=partnership
    )
    rows = rows.select_related("seat__organ__level", "seat__sector", "organisation", "person", "recorded_by")
    return rows.annotate(also=F("affiliations__organisation"), named=F("organisation__name")).order_by("pk")


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def whole(row):
    """Return a row with all that has come along with it."""
    return columns(row), {name: other and whole(other) for name, other in row._state.fields_cache.items()}


def test_instances_are_those_of_the_queryset_with_what_comes_along(place):
    expected = list(sitting(place.pk, TODAY))
    for _ in range(2):
        found = prepared(sitting)(place.pk, today=TODAY)
        assert [whole(each) for each in found] == [whole(each) for each in expected]
        assert [(each.also, each.named) for each in found] == [(each.also, each.named) for each in expected]
    assert found == expected
    assert [whole(each) for each in read(sitting(place.pk, TODAY))] == [whole(each) for each in expected]


def test_an_instance_is_one_from_the_database(place):
    first = prepared(lambda partnership: Partnership.objects.filter(pk=partnership))(place.pk)[0]
    assert not first._state.adding
    first.name = "Ett annat namn"
    first.save()
    first.refresh_from_db()
    assert first.name == Partnership.objects.get().name == "Ett annat namn"


def test_what_many_rows_belong_to_is_one_object(place):
    rows = prepared(lambda key: Agreement.objects.filter(partnership=key).select_related("level"))(place.pk)
    assert len({id(each.level) for each in rows}) == len({each.level_id for each in rows}) < len(rows)


def test_what_is_given_differs_from_time_to_time(place):
    asked = prepared(lambda slug, day: Partnership.objects.filter(slug=slug, starts_on__lte=day))
    assert asked(place.slug, TODAY) == [place]
    assert asked("ett-annat", TODAY) == []
    assert asked(place.slug, place.starts_on - timedelta(days=1)) == []
    assert asked(place.slug, place.starts_on) == [place]


def test_what_is_no_key_day_or_text_has_sql_of_its_own(place):
    asked = prepared(lambda key, host: Partnership.objects.filter(pk=key, host=host))
    assert asked(place.pk, None) == []
    assert asked(place.pk, place.host_id) == [place]
    within = prepared(lambda key, words: Partnership.objects.filter(pk=key, openness__in=words))
    assert within(place.pk, ()) == []
    assert within(place.pk, ("public",)) == within(place.pk, ("public", "parties")) == [place]


def test_what_a_query_has_no_use_for_may_be_given(place):
    asked = prepared(lambda key, day: Partnership.objects.filter(pk=key))
    assert asked(place.pk, TODAY) == asked(place.pk, TODAY + timedelta(days=1)) == [place]


def test_a_prepared_query_is_one_query_each_time(place):
    asked = prepared(sitting)
    with CaptureQueriesContext(connection) as queries:
        asked(place.pk, TODAY)
        asked(uuid4(), TODAY)
    assert len(queries) == 2


def test_tuples_are_read_as_the_queryset_has_them_also_joined(place):
    def told(key: UUID) -> QuerySet[Any]:
        rows = Membership.objects.filter(partnership=key).order_by()
        own = rows.annotate(sort=Value("membership")).values_list("sort", "organisation", "starts_on")
        agreed = Agreement.objects.filter(partnership=key).order_by().annotate(sort=Value("agreement"))
        return own.union(agreed.values_list("sort", "pk", "valid_from"), all=True)

    assert sorted(map(str, prepared(told)(place.pk))) == sorted(map(str, told(place.pk)))


@pytest.mark.parametrize(
    "make",
    [
        lambda day: Partnership.objects.filter(starts_on__lte=day + timedelta(days=1)),
        lambda day: Partnership.objects.filter(starts_on__lte=day, ends_on__gt=day + timedelta(days=1)),
        lambda day: Partnership.objects.order_by("name" if day.year % 2 else "pk"),
    ],
    ids=("counted", "counted beside", "decides"),
)
def test_a_query_that_counts_from_a_day_or_depends_on_it_is_refused(db, make):
    with pytest.raises(ValueError, match="given"):
        prepared(make)(TODAY)


def test_part_of_a_text_is_refused(db):
    with pytest.raises(ValueError, match="given"):
        prepared(lambda text: Partnership.objects.filter(name__contains=text))("a")


def test_only_instances_and_tuples_are_prepared(db):
    with pytest.raises(TypeError):
        prepared(lambda text: Partnership.objects.filter(name=text).values("pk"))("a")
