"""Indicators are written, improved step by step, given new versions and reporters; what cannot be is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils.timezone import get_current_timezone

from tests.following import Followed
from tests.partnering import START
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.definitions import Definition, begin_version, change_definition
from tillit.apps.followup.actions.indicators import (
    IndicatorFacts,
    change_indicator,
    close_indicator,
    reopen_indicator,
    write_indicator,
)
from tillit.apps.followup.actions.reporters import ReporterFacts, add_reporter, change_reporter
from tillit.apps.followup.models import Indicator, IndicatorVersion, Reporter
from tillit.apps.partnerships.actions.frame import Frame, found_partnership

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 1, 9, 0, tzinfo=get_current_timezone())


@pytest.fixture
def ground():
    return Followed()


def facts(ground, **more):
    return IndicatorFacts(**{"name": "Startade prövningar", "level": ground.levels["national"], **more})


def said(**more):
    usual = {
        "starts_on": date(2026, 1, 1),
        "unit": "prövningar",
        "direction": "up",
        "aggregation": "sum",
        "frequency": "quarter",
    }
    return Definition(**{**usual, **more})


def written(ground, definition=None, **more):
    return write_indicator(
        partnership=ground.partnership,
        facts=facts(ground, **more),
        definition=definition or said(),
        by=ground.founder,
        at=AT,
        acting_for=ground.region,
    )


def redefined(ground, version, **more):
    return change_definition(version=version, definition=said(**more), by=ground.founder, at=AT)


def anew(ground, indicator, starts_on=date(2026, 7, 1), reason="Fler räknas", decision="Styrelsen § 7", **more):
    return begin_version(
        indicator=indicator,
        definition=said(starts_on=starts_on, **more),
        reason=reason,
        decision=decision,
        by=ground.founder,
        at=AT,
    )


def test_an_indicator_is_written_with_its_first_version_and_noted(ground):
    goal = ground.goal()
    made = written(ground, goal=goal)
    version = made.versions.get()
    assert (made.code, made.goal, version.number, version.unit) == ("startade-provningar", goal, 1, "prövningar")
    act = Act.objects.get(action="followup.indicator.written")
    assert (act.subject_key, act.by) == (str(made.pk), ground.founder)


def test_it_may_be_incomplete_a_name_is_enough(ground):
    made = written(ground, Definition(starts_on=date(2026, 1, 1)))
    assert (made.versions.get().unit, made.versions.get().direction) == ("", "")


def test_two_with_one_name_get_two_codes_and_a_code_that_is_taken_is_refused(ground):
    assert [written(ground).code for _ in range(2)] == ["startade-provningar", "startade-provningar-2"]
    with pytest.raises(Refused, match="används redan") as refused:
        written(ground, code="startade-provningar")
    assert (refused.value.field, Indicator.objects.count()) == ("code", 2)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Fråga 19121212-1212"}, "name"),
        ({"code": "x" * 41}, "code"),
        ({"openness": "organ"}, "openness"),
        ({"openness": "alla"}, "openness"),
        ({"node_code": "K9"}, "node_code"),
        ({"source": "x" * 301}, "source"),
        ({"order": -1}, "order"),
    ],
)
def test_what_an_indicator_cannot_be_is_refused_at_its_field_and_nothing_is_written(ground, change, field):
    with pytest.raises(Refused) as refused:
        written(ground, **change)
    assert refused.value.field == field
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "annan"}, "kind"),
        ({"direction": "sidledes"}, "direction"),
        ({"aggregation": "median"}, "aggregation"),
        ({"frequency": "week"}, "frequency"),
        ({"unit": "x" * 41}, "unit"),
        ({"definition": "x" * 2001}, "definition"),
        ({"definition": "Se 19121212-1212"}, "definition"),
        ({"method": "Ring 191212121212"}, "method"),
        ({"decision_use": "19121212-1212"}, "decision_use"),
        ({"low": Decimal(10), "high": Decimal(1)}, "high"),
        ({"low": Decimal(1), "high": Decimal(1)}, "high"),
        ({"low": Decimal(10) ** 12}, "low"),
        ({"high": Decimal("0.1234567")}, "high"),
        ({"low": Decimal("NaN")}, "low"),
        ({"grace_days": 367}, "grace_days"),
        ({"starts_on": date(26, 1, 1)}, "starts_on"),
        ({"kind": "qualitative"}, "aggregation"),
        ({"kind": "qualitative", "aggregation": "none", "low": Decimal(0)}, "low"),
        ({"kind": "qualitative", "aggregation": "none", "direction": "range"}, "direction"),
        ({"kind": "qualitative", "aggregation": "none", "cumulative": True}, "cumulative"),
    ],
)
def test_what_a_definition_cannot_be_is_refused_at_its_field_and_nothing_is_written(ground, change, field):
    with pytest.raises(Refused) as refused:
        written(ground, said(**change))
    assert refused.value.field == field
    assert not Indicator.objects.exists()


def test_nothing_of_another_partnership_is_taken(ground):
    frame = Frame(name="Ett annat", legal_form="by_agreement", starts_on=START)
    other = found_partnership(frame=frame, by=ground.founder, at=AT)
    with pytest.raises(Refused, match="annat partnerskap"):
        written(ground, level=other.levels.get(code="national"))


def test_one_that_is_only_followed_serves_no_goal(ground):
    goal = ground.goal()
    with pytest.raises(Refused, match="bara följs") as refused:
        written(ground, said(direction="neutral"), goal=goal)
    assert refused.value.field == "direction"
    alone = written(ground, said(direction="neutral"))
    with pytest.raises(Refused, match="riktning") as refused:
        change_indicator(indicator=alone, facts=facts(ground, goal=goal), by=ground.founder, at=AT)
    assert refused.value.field == "goal"


def test_it_is_put_under_a_goal_and_a_step_and_keeps_its_code(ground):
    made, goal = written(ground, code="starter"), ground.goal()
    ground.node(ground.logic(), "K1", "short_effect")
    changed = change_indicator(
        indicator=made, facts=facts(ground, name="Starter", goal=goal, node_code="K1"), by=ground.founder, at=AT
    )
    assert (changed.code, changed.name, changed.goal, changed.node_code) == ("starter", "Starter", goal, "K1")


def test_a_definition_is_changed_while_nothing_is_observed(ground):
    version = written(ground).versions.get()
    redefined(ground, version, definition="Prövningar med första patienten med", unit="st")
    assert IndicatorVersion.objects.get().unit == "st"


def test_a_definition_is_not_changed_in_mid_series_but_begun_anew(ground):
    made = written(ground)
    version = made.versions.get()
    ground.observed(ground.reporter(made), "2026-Q2", 4, status="draft")
    with pytest.raises(Refused, match="ny version") as refused:
        redefined(ground, version, unit="st")
    assert refused.value.field == "unit"

    new = anew(ground, made, unit="st")

    assert (new.number, new.change_reason, new.decision) == (2, "Fler räknas", "Styrelsen § 7")
    assert IndicatorVersion.objects.get(number=1).unit == "prövningar"
    with pytest.raises(Refused, match="senare version"):
        redefined(ground, version, unit="st")


def test_what_does_not_change_the_meaning_is_changed_in_mid_series(ground):
    made = written(ground)
    ground.observed(ground.reporter(made), "2026-Q2", 4)
    redefined(
        ground, made.versions.get(), owner_role="Kansliet", method="Räknas", decision_use="Styrelsen", grace_days=10
    )
    assert made.versions.get().owner_role == "Kansliet"


def test_a_text_of_several_lines_is_the_same_when_it_comes_back_from_a_browser(ground):
    made = written(ground, said(definition="Rad ett\nRad två"))
    ground.observed(ground.reporter(made), "2026-Q2", 4)
    redefined(ground, made.versions.get(), definition="Rad ett\r\nRad två\r\n", owner_role="Kansliet")
    assert made.versions.get().definition == "Rad ett\nRad två"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_on": date(2026, 7, 2)}, "starts_on"),
        ({"starts_on": date(2026, 4, 1)}, "starts_on"),
        ({"starts_on": date(2026, 1, 1)}, "starts_on"),
        ({"starts_on": date(2025, 1, 1)}, "starts_on"),
        ({"frequency": ""}, "frequency"),
        ({"reason": " "}, "reason"),
        ({"decision": ""}, "decision"),
        ({"reason": "Enligt 19121212-1212"}, "reason"),
        ({"decision": "x" * 301}, "decision"),
    ],
)
def test_a_new_version_begins_with_a_whole_period_after_what_is_reported_and_says_why(ground, change, field):
    made = written(ground)
    ground.observed(ground.reporter(made), "2026-Q2", 4)
    with pytest.raises(Refused) as refused:
        anew(ground, made, **change)
    assert refused.value.field == field
    assert made.versions.count() == 1


def test_a_new_frequency_begins_where_its_own_periods_do(ground):
    made = written(ground)
    ground.observed(ground.reporter(made), "2026-Q2", 4)
    with pytest.raises(Refused, match="2026-01-01 eller 2027-01-01"):
        anew(ground, made, frequency="year")
    assert anew(ground, made, date(2026, 8, 1), frequency="month").frequency == "month"


def test_a_version_that_nothing_is_observed_by_is_changed_and_not_followed_by_another(ground):
    made = written(ground)
    with pytest.raises(Refused, match="Ändra den i stället"):
        anew(ground, made)
    ground.observed(ground.reporter(made), "2026-Q2", 4)
    new = anew(ground, made)
    with pytest.raises(Refused, match="hel period"):
        redefined(ground, new, starts_on=date(2026, 7, 15))
    assert redefined(ground, new, starts_on=date(2026, 10, 1)).starts_on == date(2026, 10, 1)


def test_a_closed_indicator_is_not_written_on_until_it_is_opened_again(ground):
    made = written(ground)
    with pytest.raises(Refused, match="första dag"):
        close_indicator(indicator=made, on=date(2026, 1, 1), by=ground.founder, at=AT)
    close_indicator(indicator=made, on=date(2026, 8, 1), by=ground.founder, at=AT)
    for act in (
        lambda: redefined(ground, made.versions.get(), unit="st"),
        lambda: change_indicator(indicator=made, facts=facts(ground), by=ground.founder, at=AT),
        lambda: close_indicator(indicator=made, on=date(2026, 9, 1), by=ground.founder, at=AT),
    ):
        with pytest.raises(Refused, match="Öppna den igen"):
            act()
    assert reopen_indicator(indicator=made, by=ground.founder, at=AT).closed_on is None
    redefined(ground, made.versions.get(), unit="st")


# --- who reports ---


def reports(ground, indicator, **more):
    return add_reporter(indicator=indicator, facts=ReporterFacts(**{"since": START, **more}), by=ground.founder, at=AT)


def test_a_party_and_a_network_report_in_their_order(ground):
    ground.joined(ground.region)
    made, network = written(ground), ground.organ("Nätverk Hjärta", "operative", "network")
    first = reports(ground, made, organ=network, order=2)
    second = reports(ground, made, organisation=ground.region, order=1)
    assert list(made.reporters.all()) == [second, first]
    with pytest.raises(Refused, match="redan") as refused:
        reports(ground, made, organ=network)
    assert refused.value.field == "who"


def test_nobody_outside_reports_and_not_two_at_once(ground):
    made = written(ground)
    for who in ({}, {"organisation": ground.company}, {"organisation": ground.company, "organ": ground.organ()}):
        with pytest.raises(Refused) as refused:
            reports(ground, made, **who)
        assert refused.value.field == "who"
    assert not Reporter.objects.exists()


def test_a_reporter_ends_after_what_they_have_reported(ground):
    made = written(ground)
    reporter = ground.reporter(made, since=START)
    ground.observed(reporter, "2026-Q2", 4)
    for until, word in ((START, "innan den börjar"), (date(2026, 6, 30), "redan rapporterad")):
        with pytest.raises(Refused, match=word) as refused:
            change_reporter(reporter=reporter, since=START, until=until, by=ground.founder, at=AT)
        assert refused.value.field == "until"
    changed = change_reporter(reporter=reporter, since=START, until=date(2026, 7, 1), order=3, by=ground.founder, at=AT)
    assert (changed.until, changed.order) == (date(2026, 7, 1), 3)
