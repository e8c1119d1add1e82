"""The library of indicators: what comes with Tillit, what an entry may not say, what is taken from it (R20, R21)."""

import re
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files

import pytest
from django.utils.timezone import get_current_timezone

from tests.following import Followed
from tests.partnering import there
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.definitions import Definition
from tillit.apps.followup.actions.indicators import IndicatorFacts
from tillit.apps.followup.actions.library import Taking, definition_of, take_from_library
from tillit.apps.followup.bearings import bearings
from tillit.apps.followup.library import library, read
from tillit.apps.followup.models import Indicator
from tillit.apps.partnerships.template_file import BadTemplate

AT = datetime(2026, 8, 1, 9, 0, tzinfo=get_current_timezone())
TEXT = files("tillit.apps.followup").joinpath("library.toml").read_text("utf-8")


def entry(code):
    return there(library().entry(code))


def test_the_library_has_what_the_report_and_the_issue_ask_for():
    codes = [each.code for each in library().entries]
    assert codes == [
        "feasibility_requests",
        "feasibility_allocated",
        "days_to_first_patient",
        "started_on_time",
        "patients_against_plan",
        "trials_per_region",
        "trials_per_phase",
        "networks_active",
        "trust_between_parties",
        "collaboration_between_parties",
        "trial_applications",
        "commercial_trial_applications",
        "starts_by_lif_members",
        "share_of_commercial_applications",
    ]
    kinds = {each.kind for each in library().entries}
    assert kinds == {"quantitative", "qualitative"}
    assert len([each for each in library().entries if each.group.code == "competitiveness"]) == 4


def test_every_figure_is_one_that_is_published_and_there_is_no_other():
    said = {
        (each.code, one.year, str(one.numerator or one.value or ""), one.about)
        for each in library().entries
        for one in each.figures
    }
    assert said == {
        ("feasibility_requests", 2018, "221", False),
        ("feasibility_allocated", 2018, "95", False),
        ("trial_applications", 2014, "292", False),
        ("trial_applications", 2016, "313", False),
        ("trial_applications", 2019, "235", False),
        ("trial_applications", 2020, "231", True),
        ("trial_applications", 2021, "277", False),
        ("trial_applications", 2023, "", False),
        ("commercial_trial_applications", 2020, "148", True),
        ("commercial_trial_applications", 2021, "193", False),
        ("starts_by_lif_members", 2005, "200", True),
        ("starts_by_lif_members", 2014, "129", False),
        ("starts_by_lif_members", 2018, "83", False),
    }
    assert entry("feasibility_allocated").figures[0].denominator == 221
    assert all(one.source.links for each in library().entries for one in each.figures)


def test_described_levels_are_five_and_each_differs():
    for code in ("trust_between_parties", "collaboration_between_parties"):
        rubric = entry(code).rubric
        assert [each.level for each in rubric] == [0, 1, 2, 3, 4]
        assert len({each.descriptor.sv for each in rubric} | {each.label.sv for each in rubric}) == 10


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('group = "way"', 'group = "väg"', r"entries\[1\]\.group: is 'väg'; choose one of"),
        ('level = "national"', 'level = "värld"', r"entries\[1\]\.level: is 'värld'"),
        ('direction = "up"', 'direction = "uppåt"', r"entries\[1\]\.direction: is 'uppåt'"),
        ('frequency = "quarter"', 'frequency = "week"', r"entries\[1\]\.frequency: is 'week'"),
        ('frequency = "quarter"', 'frequency = "year"', r"entries\[1\]\.leading: is missing"),
        ('leading = "feasibility_requests"', 'leading = "okänd"', r"entries\[11\]\.leading: is 'okänd'"),
        ('leading = "feasibility_requests"', 'leading = "trial_applications"', r"measured more often"),
        (
            'code = "feasibility_allocated"',
            'code = "feasibility_requests"',
            r"entries\[2\]\.code: is .* as an entry above",
        ),
        ('code = "feasibility_requests"', 'code = "en kod"', r"entries\[1\]\.code: is 'en kod'"),
        ('low = "0"', 'low = "noll"', r"entries\[1\]\.low: is 'noll'; write a number"),
        ('low = "0"', 'low = "NaN"', r"entries\[1\]\.low: is 'NaN'"),
        ('high = "1"', 'high = "0"', r"entries\[2\]\.high: is 0, not above low"),
        ('year = 2018, value = "221"', "year = 2018", r"entries\[1\]\.figures\[1\]\.value: is missing"),
        ('year = 2018, value = "221"', 'year = 18, value = "221"', r"figures\[1\]\.year: is 18"),
        ("year = 2005, to = 2007", "year = 2005, to = 2004", r"figures\[1\]\.to: is 2004; write a year after 2005"),
        (
            'numerator = "95", denominator = "221"',
            'value = "43"',
            r"entries\[2\]\.figures\[1\]\.numerator: and denominator",
        ),
        ('year = 2018, value = "221"', 'year = 2018, numerator = "1"', r"figures\[1\]\.numerator: is for a ratio"),
        ('value = "221", source = "lif"', 'value = "221", source = "scb"', r"figures\[1\]\.source: is 'scb'"),
        ('value = "221", source = "lif"', 'value = "221"', r"figures\[1\]\.source: is missing"),
        ('value = "221"', 'figure = "221"', r"figures\[1\]"),
        ("{ level = 4,", "{ level = 5,", r"rubric\[5\]\.level: is 5; write a level from 0 to 4"),
        ("{ level = 4,", "{ level = 3,", r"entries\[9\]\.rubric: describes the levels 0, 1, 2, 3 and 4"),
        ('kind = "qualitative"', 'kind = "qualitative"\naggregation = "mean"', r"entries\[9\]\.kind: is qualitative"),
        ('aggregation = "sum"', 'aggregation = "ratio"', r"entries\[1\]\.numerator: is missing"),
        ("\nstarts = true", "\nstart = true", r"entries\[3\]\.start: is not known"),
        ("[[entries]]\n", "[[entries\n", r"is not TOML"),
        ("[[groups]]", "[[grupper]]", r"grupper|group"),
    ],
)
def test_what_a_library_cannot_say_is_told_with_file_and_place(old, new, says):
    assert old in TEXT
    with pytest.raises(BadTemplate) as bad:
        read(TEXT.replace(old, new, 1), "library.toml")
    assert re.search(says, str(bad.value))
    assert str(bad.value).startswith("library.toml: ")


def taking(ground, code, **more):
    chosen = entry(code)
    usual = {
        "entry": chosen,
        "facts": IndicatorFacts(name=chosen.name.sv, level=ground.levels[chosen.level], code=more.pop("as_code", "")),
        "definition": definition_of(chosen, date(2026, 7, 1)),
    }
    return Taking(**{**usual, **more})


def taken(ground, code, **more):
    return take_from_library(
        partnership=ground.partnership, taking=taking(ground, code, **more), by=ground.founder, at=AT
    )


@pytest.mark.django_db
def test_an_entry_is_taken_with_its_definition_and_no_baseline():
    made = taken(Followed(), "days_to_first_patient")
    version = made.versions.get()
    assert (made.library, version.unit, version.direction, version.aggregation) == (
        "days_to_first_patient",
        "dagar",
        "down",
        "mean",
    )
    assert version.decision_use.startswith("Tar det längre tid")
    assert not version.baselines.exists()


@pytest.mark.django_db
def test_every_entry_can_be_taken_twice():
    ground = Followed()
    for each in library().entries:
        for lang in ("sv", "en"):
            taken(ground, each.code, definition=definition_of(each, date(2026, 7, 1), lang), lang=lang)
    assert Indicator.objects.count() == 2 * len(library().entries)


@pytest.mark.django_db
def test_trust_is_taken_with_its_five_levels_in_the_language_asked_for():
    ground = Followed()
    levels = taken(ground, "trust_between_parties").versions.get().rubric
    assert [each.label for each in levels.all()][0::4] == ["Misstro", "Gemensamt ansvar"]
    assert taken(ground, "trust_between_parties", lang="en").versions.get().rubric.first().label == "Distrust"


@pytest.mark.django_db
def test_the_latest_exact_figure_is_the_baseline_where_that_is_wanted():
    ground = Followed()
    made = taken(ground, "trial_applications", with_baseline=True).versions.get()
    start = there(bearings([made.pk])[made.pk].baseline)
    assert (start.value, start.day) == (Decimal(277), date(2021, 12, 31))
    assert "lif.se" in made.baselines.get().source
    ratio = taken(ground, "feasibility_allocated", with_baseline=True).versions.get().baselines.get()
    assert (ratio.value, ratio.numerator, ratio.denominator) == (Decimal("0.429864"), 95, 221)


@pytest.mark.django_db
def test_a_figure_of_a_year_is_no_baseline_of_a_quarter_and_nothing_is_written():
    ground = Followed()
    for code in ("feasibility_requests", "days_to_first_patient"):
        with pytest.raises(Refused) as refused:
            taken(ground, code, with_baseline=True)
        assert refused.value.field == "with_baseline"
    assert not Indicator.objects.exists()
    yearly = Definition(starts_on=date(2026, 1, 1), unit="st", aggregation="sum", frequency="year")
    assert taken(ground, "feasibility_requests", definition=yearly, with_baseline=True).library
