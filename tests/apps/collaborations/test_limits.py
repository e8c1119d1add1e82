"""Limits set and ended, and an event joined: what is kept, and what is refused where."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import world
from tests.collaborating import NOW, Sides, begun, fresh, plan
from tests.elsewhere import limit
from tillit.apps.audit.models import Act
from tillit.apps.audit.queries import first_broken_link
from tillit.apps.collaborations.actions.events import NewEvent, join_event
from tillit.apps.collaborations.actions.limits import LimitFacts, end_limit, set_limit
from tillit.apps.collaborations.models import Collaboration, Event, Limit
from tillit.apps.collaborations.queries.events import events_found, others_in
from tillit.apps.collaborations.queries.limits import limits_of
from tillit.apps.errors import Refused

pytestmark = pytest.mark.django_db
MEALS = "meals_per_person_year"
TODAY = NOW.date()


@pytest.fixture
def care():
    return world.region()


@pytest.fixture
def cia(care):
    return world.person("Cia Berg", organisation=care, roles=("contact_person",))


def facts(**more):
    said = {"measure": MEALS, "most": Decimal(10), "valid_from": TODAY, "source": "Riktlinje 7"}
    return LimitFacts(**{**said, **more})


def test_a_limit_is_set_with_its_source_and_noted(care, cia):
    made = set_limit(organisation=care, facts=facts(source="  Riktlinje   7 "), by=cia, at=NOW)
    assert (made.most, made.valid_from, made.valid_to, made.source) == (Decimal(10), TODAY, None, "Riktlinje 7")
    act = Act.objects.latest("number")
    assert (act.action, act.by, act.acting_for) == ("collaborations.limit_set", cia, str(care.pk))
    assert act.detail == {"measure": MEALS, "most": "10", "valid_from": "2026-03-02"}
    assert first_broken_link() is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"most": Decimal(-1)}, "most"),
        ({"most": None}, "most"),
        ({"most": Decimal("NaN")}, "most"),
        ({"most": Decimal("1.5")}, "most"),
        ({"most": Decimal(10) ** 10}, "most"),
        ({"most": Decimal("100.01"), "measure": "share_of_unit_year"}, "most"),
        ({"most": Decimal("1.001"), "measure": "fees_per_person_year"}, "most"),
        ({"measure": "gissning"}, "measure"),
        ({"source": "  "}, "source"),
        ({"source": "Enligt 19121212-1212"}, "source"),
        ({"source": "x" * 301}, "source"),
        ({"valid_from": date(1026, 3, 2)}, "valid_from"),
    ],
)
def test_what_cannot_be_a_limit_is_refused_at_its_field_and_nothing_is_written(care, cia, wrong, field):
    with pytest.raises(Refused) as refused:
        set_limit(organisation=care, facts=facts(**wrong), by=cia, at=NOW)
    assert refused.value.field == field
    assert not Limit.objects.exists()


def test_one_begins_a_day_and_the_same_day_is_another_s_too(care, cia):
    set_limit(organisation=care, facts=facts(), by=cia, at=NOW)
    with pytest.raises(Refused, match="redan den dagen") as refused:
        set_limit(organisation=care, facts=facts(most=Decimal(4)), by=cia, at=NOW)
    assert refused.value.field == "valid_from"
    set_limit(organisation=None, facts=facts(), by=None, at=NOW)
    with pytest.raises(Refused, match="redan den dagen"):
        set_limit(organisation=None, facts=facts(), by=None, at=NOW)
    set_limit(organisation=care, facts=facts(measure="fees_per_person_year"), by=cia, at=NOW)
    assert Limit.objects.count() == 3


def test_a_new_limit_takes_the_place_of_the_one_that_runs_and_stands_until_a_later_one(care, cia):
    first = set_limit(organisation=care, facts=facts(), by=cia, at=NOW)
    last = set_limit(organisation=care, facts=facts(valid_from=TODAY + timedelta(days=90)), by=cia, at=NOW)
    between = set_limit(organisation=care, facts=facts(valid_from=TODAY + timedelta(days=30)), by=cia, at=NOW)
    ends = [Limit.objects.get(pk=each.pk).valid_to for each in (first, between, last)]
    assert ends == [TODAY + timedelta(days=30), TODAY + timedelta(days=90), None]


def test_an_organisation_that_has_left_sets_no_limit(cia):
    gone = world.company("Borta AB", left_on=TODAY)
    with pytest.raises(Refused, match="deltar inte"):
        set_limit(organisation=gone, facts=facts(), by=cia, at=NOW)


def test_a_limit_ends_once_and_not_before_it_began(care, cia):
    made = set_limit(organisation=care, facts=facts(), by=cia, at=NOW)
    with pytest.raises(Refused, match="före den första") as refused:
        end_limit(limit=made, on=TODAY - timedelta(days=1), by=cia, at=NOW)
    assert refused.value.field == "on"
    assert end_limit(limit=made, on=TODAY + timedelta(days=5), by=cia, at=NOW).valid_to == TODAY + timedelta(days=5)
    assert Act.objects.latest("number").action == "collaborations.limit_ended"
    with pytest.raises(Refused, match="slutar redan"):
        end_limit(limit=made, on=TODAY + timedelta(days=5), by=cia, at=NOW)
    assert end_limit(limit=made, on=TODAY, by=cia, at=NOW).valid_to == TODAY


def test_those_that_apply_come_first_and_each_says_whether_it_does(care, django_assert_num_queries):
    over = limit(MEALS, 1, organisation=care, valid_from=date(2025, 1, 1), valid_to=TODAY)
    runs = limit(MEALS, 2, organisation=care, valid_from=TODAY)
    comes = limit("share_of_unit_year", 3, organisation=care, valid_from=TODAY + timedelta(days=1))
    limit(MEALS, 4)
    with django_assert_num_queries(1):
        rows = limits_of(care, TODAY)
    assert [(each.id, each.runs, each.can_end) for each in rows] == [
        (runs.pk, True, True),
        (comes.pk, False, True),
        (over.pk, False, False),
    ]
    assert rows[0].word == "måltider per person och år"
    assert [each.most for each in limits_of(None, TODAY)] == [Decimal(4)]


@pytest.mark.parametrize("wrong", [{"most": -1}, {"source": ""}])
def test_the_tables_hold_it_too(care, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        limit(**{"measure": MEALS, "most": 1, "organisation": care, **wrong})


# ---------------------------------------------------------------- events


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def made(sides):
    return begun(sides, plan(sides))


def join(collaboration, sides, event):
    return join_event(collaboration=collaboration, event=event, by=sides.author, acting_for=sides.company, at=NOW)


def test_an_event_is_written_down_joined_and_left(sides, made):
    event = join(made, sides, NewEvent(" Hjärtdagarna ", "Västerås", date(2026, 4, 13), date(2026, 4, 15)))
    assert (event.name, fresh(made).event, fresh(made).revision) == ("Hjärtdagarna", event, made.revision + 1)
    assert join(made, sides, None) is None
    assert fresh(made).event is None
    acts = list(Act.objects.order_by("-number").values_list("action", flat=True)[:2])
    assert acts == ["collaborations.event_left", "collaborations.event_joined"]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewEvent(" ", "Åre", TODAY, TODAY), "name"),
        (NewEvent("Namn", "Åre", TODAY, TODAY - timedelta(days=1)), "ends_on"),
        (NewEvent("Namn 19121212-1212", "Åre", TODAY, TODAY), "name"),
        (NewEvent("Namn", "x" * 121, TODAY, TODAY), "town"),
        (NewEvent("Namn", "Åre", date(26, 1, 1), TODAY), "starts_on"),
    ],
)
def test_what_is_wrong_with_a_new_event_is_said_at_its_field(sides, made, new, field):
    with pytest.raises(Refused) as refused:
        join(made, sides, new)
    assert refused.value.field == field
    assert not Event.objects.exists()


def test_the_same_event_is_not_written_down_twice(sides, made):
    event = Event.objects.create(name="Åldrande hjärtan", starts_on=TODAY, ends_on=TODAY)
    with pytest.raises(Refused, match="finns redan") as refused:
        join(made, sides, NewEvent("ÅLDRANDE hjärtan", "", TODAY - timedelta(days=1), TODAY))
    assert refused.value.field == "name"
    next_year = date(TODAY.year + 1, 3, 2)
    assert join(made, sides, NewEvent("Åldrande hjärtan", "", next_year, next_year)) != event


@pytest.mark.parametrize("state", ["declined", "cancelled", "closed"])
def test_what_is_over_joins_nothing(sides, made, state):
    Collaboration.objects.filter(pk=made.pk).update(state=state)
    event = Event.objects.create(name="Hjärtdagarna", starts_on=TODAY, ends_on=TODAY)
    with pytest.raises(Refused, match="kan inte ändras"):
        join(made, sides, event)
    assert fresh(made).event is None


def test_events_are_found_by_words_of_name_and_town_among_those_of_the_days(django_assert_num_queries):
    for name, town, day in (("Åldrande", "Åre", 10), ("Hjärtdagarna", "Västerås", 12), ("Hjärtdagarna", "Lund", 30)):
        Event.objects.create(name=name, town=town, starts_on=date(2026, 4, day), ends_on=date(2026, 4, day))
    span = date(2026, 4, 10), date(2026, 4, 12)
    with django_assert_num_queries(1):
        assert [each.name for each in events_found("", *span)] == ["Åldrande", "Hjärtdagarna"]
    assert [each.name for each in events_found("åldrande åre", *span)] == ["Åldrande"]
    assert [each.town for each in events_found("HJÄRTDAGARNA lund", date(2026, 1, 1), date(2026, 12, 31))] == ["Lund"]
    assert events_found("finns inte", *span) == ()


def test_the_others_in_an_event_are_those_in_force(sides, made):
    event = join(made, sides, NewEvent("Hjärtdagarna", "", TODAY, TODAY))
    assert others_in(event.pk, fresh(made)) == ()
    second = begun(sides, plan(sides))
    join(second, sides, event)
    assert others_in(event.pk, fresh(made)) == ()
    Collaboration.objects.filter(pk=second.pk).update(state="submitted")
    assert others_in(event.pk, fresh(made)) == (second.public_id,)
