"""The pages of indicators: what each lacks, from an unmeasurable one to a measurable one, and who may see and write."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

import tillit
from tests import world
from tests.following import Followed
from tests.partnering import NOW
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.actions.rubric import LevelFacts, describe_levels
from tillit.apps.followup.library import library
from tillit.apps.followup.models import Baseline, Indicator, IndicatorVersion, Target
from tillit.apps.partnerships.models import Steward
from tillit.core.indicators.periods import QUARTER, period_of
from tillit.web.followup.indicators_log_words import WORDS

ALL = "/partnerskap/kliniska-provningar/uppfoljning/indikatorer/"
NEW, LIBRARY = f"{ALL}ny/", f"{ALL}bibliotek/"
ASKED = {
    "": 8,
    "bibliotek/": 5,
    "ny/": 5,
    "andra/": 8,
    "andra/mal/": 10,
    "andra/nivaer/": 8,
    "andra/rapportorer/": 9,
    "versioner/": 8,
}
"""Queries of each page for somebody who is signed in and runs the office, session and person among them."""
PAGES = ("andra/", "andra/mal/", "andra/rapportorer/", "andra/nivaer/", "versioner/")


@pytest.fixture
def ground(db):
    return Followed()


@pytest.fixture
def office(ground):
    return client_of(ground.founder)


def page_of(indicator, part=""):
    return f"{ALL}{indicator.pk}/{part}"


def whole(ground, indicator, **more):
    """Give an indicator all that is needed, and what is good to have."""
    version = indicator.versions.get()
    usual = {"owner_role": "Kansliet", "owner_party": ground.region, "source_system": "Listan", "method": "Räknas"}
    IndicatorVersion.objects.filter(pk=version.pk).update(**{**usual, "decision_use": "Styrelsen", **more})
    ground.path(indicator, 40, date(2026, 12, 31), 70, date(2030, 12, 31))
    return indicator


def said(ground, **more):
    usual = {
        "act": "write",
        "name": "Startade prövningar",
        "level": ground.levels["national"].pk,
        "openness": "public",
        "kind": "quantitative",
        "aggregation": "none",
        "starts_on": "2026-07-01",
    }
    return {**usual, **more}


# --- the list ---


def test_the_list_begins_with_the_finding_and_says_what_each_lacks(ground, client):
    goal = ground.goal("Fler prövningar startar")
    whole(ground, ground.indicator("hel", "Startade prövningar", goal=goal))
    ground.indicator("tom", "Tillgänglighet", unit="", direction="", frequency="", aggregation="none")
    ground.indicator("neutral", "Per fas", direction="neutral")
    seen = client.get(ALL).text
    assert "1 av 2 indikatorer har det som behövs för att mäta ett mål" in seen
    assert "Fler prövningar startar" in seen
    for words in ("mäter målet", "kan inte mäta ett mål än", "följs utan mål", "ingen rapporterar än"):
        assert words in seen
    assert seen.index("Startade prövningar") < seen.index("Tillgänglighet")
    assert "Saknas: " in seen
    assert "Ny indikator" not in seen


def test_an_empty_list_says_what_to_do(ground, client, office):
    assert "Inga indikatorer är upplagda än" in client.get(ALL).text
    assert "inte öppna för dig" in client.get(ALL).text
    assert "Börja med en färdig indikator" in office.get(ALL).text


def test_the_list_is_sifted_by_level_state_and_what_is_missing(ground, client):
    whole(ground, ground.indicator("hel", "Hel indikator"))
    ground.indicator("halv", "Halv indikator", level="network")
    closed = ground.indicator("stangd", "Stängd indikator")
    Indicator.objects.filter(pk=closed.pk).update(closed_on=localdate())
    for query, there in (
        ({}, {"Hel", "Halv"}),
        ({"niva": "network"}, {"Halv"}),
        ({"lage": "complete"}, {"Hel"}),
        ({"lage": "lacking"}, {"Halv"}),
        ({"lage": "closed"}, {"Stängd"}),
        ({"saknas": "M3"}, {"Halv"}),
        ({"saknas": "M10"}, {"Hel", "Halv"}),
        ({"niva": "inget"}, set()),
    ):
        seen = client.get(ALL, query).text
        assert {name for name in ("Hel", "Halv", "Stängd") if f"{name} indikator</a>" in seen} == there, query
    assert "Välj en annan nivå" in client.get(ALL, {"niva": "inget"}).text


def test_what_is_for_the_parties_is_not_there_for_a_visitor(ground, client, office):
    hidden = ground.indicator("dold", "Bara parternas", openness="parties")
    assert "Bara parternas" not in client.get(ALL).text
    assert client.get(page_of(hidden, "versioner/")).status_code == 404
    assert "Bara parternas" in office.get(ALL).text
    ground.joined(ground.company)
    assert "Bara parternas" in client_of(ground.officer).get(ALL).text


def test_a_goal_that_is_not_open_is_not_named_by_its_indicator(ground, client, office):
    goal = ground.goal("Hemligt mål", openness="parties")
    ground.indicator("oppen", "Öppen indikator", goal=goal)
    assert "Öppen indikator" in client.get(ALL).text
    assert "Hemligt mål" not in client.get(ALL).text
    assert "Hemligt mål" in office.get(ALL).text


def test_what_is_measured_by_year_is_told_to_be_too_slow(ground, client, office):
    ground.indicator("ar", "Årlig", frequency="year")
    yearly = Indicator.objects.get()
    for seen in (client.get(ALL).text, office.get(page_of(yearly, "andra/")).text):
        assert "en verklig förändring syns då i praktiken aldrig" in seen
        assert "varje månad eller kvartal" in seen
    IndicatorVersion.objects.update(frequency="quarter")
    assert "i praktiken aldrig" not in client.get(ALL).text


def test_doubts_about_a_target_are_told_beside_it(ground, client):
    made = ground.indicator("ned", "Dagar", direction="down")
    ground.path(made, 40, date(2026, 12, 31), 70, date(2030, 12, 31))
    assert "Målet ligger åt andra hållet än riktningen." in client.get(ALL).text


# --- who may ---


def test_only_the_office_writes_and_what_may_not_be_known_is_not_found(ground, client, office):
    made = ground.indicator()
    ground.joined(ground.company)
    evaluator = world.person("Eva Utvärderare")
    Steward.objects.create(partnership=ground.partnership, person=evaluator, role="evaluator", since=date(2026, 1, 1))
    writes = [NEW, *(page_of(made, part) for part in ("andra/", "andra/mal/", "andra/rapportorer/"))]
    for person in (ground.officer, evaluator, ground.outsider):
        browser = client_of(person)
        assert [browser.get(address).status_code for address in writes] == [403] * 4
        assert browser.get(page_of(made, "versioner/")).status_code == 200
    assert [client.get(address).status_code for address in writes] == [302] * 4
    assert [office.get(address).status_code for address in writes] == [200] * 4
    assert office.get(page_of(made, "andra/nivaer/")).status_code == 404
    assert office.get(page_of(made, "andra/version/")).status_code == 404
    assert office.get(f"{ALL}{ground.partnership.pk}/andra/").status_code == 404


def test_a_closed_partnership_has_no_page_of_indicators_for_others(db, client):
    Followed(name="Slutet", openness="parties")
    for part in ("", "bibliotek/"):
        assert client.get(f"/partnerskap/slutet/uppfoljning/indikatorer/{part}").status_code == 404


# --- writing ---


def test_an_unmeasurable_indicator_is_improved_until_it_measures_its_goal(ground, office):
    goal = ground.goal("Fler prövningar")
    assert f'value="{goal.pk}" selected' in office.get(NEW, {"mal": goal.pk}).text
    seen = office.post(NEW, said(ground, goal=goal.pk), follow=True).text
    made = Indicator.objects.get()
    assert made.goal == goal
    assert "Startade prövningar: 4 saker saknas för att mäta ett mål" in seen
    assert "mäter inte målet än" in seen

    define = said(ground, act="define", unit="prövningar", direction="up", frequency="quarter", aggregation="sum")
    seen = office.post(page_of(made, "andra/"), define, follow=True).text
    assert "2 saker saknas" in seen
    assert "Definitionen är sparad." in seen

    at = page_of(made, "andra/mal/")
    office.post(at, {"act": "baseline", "value": "1 040,5", "day": "2026-12-31", "source": "Årsrapport"})
    seen = office.post(
        at,
        {"act": "aim", "value": "2000", "day": "2030-12-31", "interpolation": "linear", "decision": "Styrelsen § 4"},
        follow=True,
    ).text
    assert "har det som behövs för att mäta ett mål" in seen
    assert "mäter målet" in seen
    assert "1 040,5 prövningar, 2026-12-31" in seen.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_refused_is_said_at_its_field_with_all_that_was_typed(ground, office):
    ground.indicator("upptagen")
    for more, words in (
        ({"code": "upptagen"}, "används redan"),
        ({"name": "Fråga 19121212-1212"}, "personnummer"),
        ({"low": "10", "high": "1"}, "ligga under det högsta"),
        ({"name": "x" * 201}, "200"),
        ({"kind": "qualitative", "aggregation": "sum"}, "läggs aldrig ihop"),
        ({"starts_on": "igår"}, "2026-02-01"),
        ({"level": "99999"}, "Välj i listan"),
    ):
        answered = office.post(NEW, said(ground, definition="Min text", **more))
        assert answered.status_code == 422
        assert words in answered.text
        assert "Min text" in answered.text
    assert Indicator.objects.count() == 1


def test_a_wrong_field_in_a_folded_part_is_shown_open(ground, office):
    shut = office.get(NEW).text
    wrong = office.post(NEW, said(ground, low="många")).text
    assert "<details open><summary>Mer" not in shut
    assert "<details><summary>Mer</summary>" in shut
    assert "<details><summary>Mer</summary>" not in wrong


def test_limits_in_percent_are_kept_as_shares_and_shown_as_written(ground, office):
    define = {
        "aggregation": "ratio",
        "unit": "%",
        "low": "0",
        "high": "33,5",
        "direction": "up",
        "frequency": "quarter",
    }
    office.post(NEW, said(ground, **define))
    version = IndicatorVersion.objects.get()
    assert version.high == Decimal("0.335")
    assert 'value="33,5"' in office.get(page_of(version.indicator, "andra/")).text


def test_percent_is_written_in_baseline_and_target_and_kept_as_a_share(ground, office):
    made = ground.indicator("andel", aggregation="ratio", unit="%")
    at = page_of(made, "andra/mal/")
    office.post(at, {"act": "baseline", "numerator": "95", "denominator": "221", "day": "2018-12-31"})
    seen = office.post(
        at, {"act": "aim", "value": "60", "day": "2030-12-31", "interpolation": "linear"}, follow=True
    ).text
    assert (Baseline.objects.get().value, Target.objects.get().value) == (Decimal("0.429864"), Decimal("0.6"))
    assert "42,986\N{NO-BREAK SPACE}% (95 av 221), 2018-12-31" in seen
    assert "60\N{NO-BREAK SPACE}%, rak väg" in seen
    assert 'value="60"' in seen
    assert office.post(at, {"act": "baseline", "numerator": "95", "day": "2018-12-31"}).status_code == 422


def test_targets_are_changed_and_taken_away_and_the_order_is_held(ground, office):
    made = ground.indicator()
    target = ground.path(made, 40, date(2026, 12, 31), 70, date(2030, 12, 31))
    at = page_of(made, "andra/mal/")
    early = {"act": "aim", "value": "50", "day": "2026-12-31", "interpolation": "linear"}
    assert "måste ligga efter utgångsvärdets dag" in office.post(at, early).text
    seen = office.get(at).text
    assert f'value="change-{target.pk}"' in seen
    office.post(at, {"act": f"change-{target.pk}", "value": "80", "day": "2030-12-31", "interpolation": "step"})
    now = Target.objects.get(superseded_at=None)
    assert (now.value, now.interpolation) == (80, "step")
    assert "Målvärdet är borttaget." in office.post(at, {"act": f"withdraw-{now.pk}"}, follow=True).text
    assert not Target.objects.filter(superseded_at=None).exists()


def test_one_that_is_only_followed_is_not_asked_for_a_target(ground, office):
    made = ground.indicator(direction="neutral")
    seen = office.get(page_of(made, "andra/mal/")).text
    assert "Säg först om högre, lägre eller inom ett spann är bättre." in seen
    assert 'value="aim"' not in seen
    assert office.post(page_of(made, "andra/mal/"), {"act": "aim"}).status_code == 400


def test_a_range_is_asked_for_both_its_ends(ground, office):
    made = ground.indicator(direction="range")
    at = page_of(made, "andra/mal/")
    office.post(at, {"act": "aim", "low": "10", "high": "20", "day": "2030-12-31", "interpolation": "linear"})
    assert "10 till 20\N{NO-BREAK SPACE}prövningar" in office.get(at).text


def test_levels_are_written_and_their_lowest_decided(ground, office):
    made = ground.indicator("tillit", "Tillit", kind="qualitative")
    at = page_of(made, "andra/nivaer/")
    rubric = {f"label_{n}": f"Nivå {n}" for n in range(3)} | {f"descriptor_{n}": f"Så är {n}" for n in range(3)}
    assert office.post(at, {"act": "describe", **rubric}, follow=True).status_code == 200
    assert made.versions.get().rubric.count() == 3
    wrong = office.post(at, {"act": "describe", "label_1": "Bara namn"})
    assert wrong.status_code == 422
    assert "Beskriv vad nivå 1 innebär" in wrong.text
    seen = office.post(at, {"act": "floor", "floor_level": "2", "decision": "Styrelsen § 4"}, follow=True).text
    assert "Beslutat: Styrelsen § 4." in seen
    assert made.versions.get().floor_level == 2
    assert '<option value="2">2: Nivå 2' in office.get(page_of(made, "andra/mal/")).text


def test_levels_that_are_reported_by_stand_and_a_new_version_is_pointed_to(ground, office):
    made = ground.indicator("tillit", "Tillit", kind="qualitative")
    levels = tuple(LevelFacts(level=n, label=f"Nivå {n}", descriptor="Så") for n in range(5))
    describe_levels(version=made.versions.get(), levels=levels, by=ground.founder, at=NOW)
    ground.observed(ground.reporter(made), "2026-Q1", 2)
    seen = office.get(page_of(made, "andra/nivaer/")).text
    assert "så de står fast" in seen
    assert 'value="describe"' not in seen
    assert "andra/version/" in seen


def test_a_definition_in_mid_series_becomes_a_new_version_with_reason_and_decision(ground, office, client):
    made = ground.indicator(name="Startade prövningar")
    ground.observed(ground.reporter(made), "2026-Q1", 4)
    seen = office.get(page_of(made, "andra/")).text
    assert 'name="unit"' not in seen
    assert "Något är rapporterat" in seen
    at = page_of(made, "andra/version/")
    start = period_of(localdate(), QUARTER).ahead(1).start
    assert f'value="{start}"' in office.get(at).text
    new = said(
        ground,
        act="begin",
        unit="studier",
        direction="up",
        frequency="quarter",
        aggregation="sum",
        reason="Även akademiska räknas",
        decision="Styrelsen § 9",
    )
    assert "hel period" in office.post(at, {**new, "starts_on": "2027-02-01"}).text
    seen = office.post(at, {**new, "starts_on": start}, follow=True).text
    assert "serien och banan börjar om" in seen
    told = client.get(page_of(made, "versioner/")).text
    assert "2 versioner" in told
    for words in ("Även akademiska räknas", "Styrelsen § 9", "<td>prövningar</td><td>studier</td>", "1 period är"):
        assert words in told


def test_who_reports_is_added_and_ended(ground, office):
    ground.joined(ground.region)
    network = ground.organ("Nätverk Hjärta", "operative", "network")
    made = ground.indicator()
    at = page_of(made, "andra/rapportorer/")
    assert "Ingen rapporterar än" in office.get(at).text
    office.post(at, {"act": "add", "who": f"party:{ground.region.pk}", "since": "2026-07-01"})
    seen = office.post(
        at, {"act": "add", "who": f"organ:{network.pk}", "since": "2026-07-01", "order": "1"}, follow=True
    ).text
    assert seen.index("<b>Region Fjällmark") < seen.index("<b>Nätverk Hjärta")
    assert (
        "rapporterar redan" in office.post(at, {"act": "add", "who": f"organ:{network.pk}", "since": "2026-07-01"}).text
    )
    change = f"change-{made.reporters.get(organ=network).pk}"
    seen = office.post(at, {"act": change, "since": "2026-07-01", "until": "2027-01-01"}, follow=True).text
    assert "t.o.m. 2026-12-31" in seen


def test_an_indicator_is_closed_and_opened_again(ground, office):
    made = ground.indicator(name="Startade prövningar")
    at = page_of(made, "andra/")
    seen = office.post(at, {"act": "close", "on": localdate()}, follow=True).text
    assert "Indikatorn följs inte längre." in seen
    assert office.get(page_of(made, "andra/mal/")).status_code == 404
    assert "Vad den betyder" in office.post(at, {"act": "reopen"}, follow=True).text


# --- the library ---


def test_the_library_says_its_figures_with_year_and_source_and_where_there_are_none(ground, client):
    seen = client.get(LIBRARY).text
    count = len(library().entries)
    with_figures = sum(bool(each.figures) for each in library().entries)
    assert f"{count} färdiga indikatorer för företagsinitierade prövningar, {with_figures} med offentliga tal" in seen
    plain = seen.replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "<td>292 ansökningar</td>",
        "ungefär 231 ansökningar",
        '43 % <span class="soft">(95 av 221)',
        "2005–2007",
        "21 procent färre än 2022",
        "Ingen tillförlitlig nationell källa säger när en prövning börjar eller slutar.",
        "Talen är för hela år",
    ):
        assert words in plain
    assert seen.count("Definition, inget utgångsvärde") == count - with_figures
    assert "?bibliotek=" not in seen


def test_the_library_is_read_in_english(ground, client):
    seen = client.get(f"/en{LIBRARY}").text
    assert "Days from application to first patient" in seen
    assert "Misstro" not in seen


def test_an_entry_is_taken_in_with_its_public_figure(ground, office):
    at = f"{NEW}?bibliotek=trial_applications"
    seen = office.get(at).text
    assert "Ta med det senaste offentliga talet, 277\N{NO-BREAK SPACE}ansökningar för 2021, som utgångsvärde?" in seen
    office.post(at, said(ground, unit="ansökningar", frequency="year", aggregation="sum", with_baseline="yes"))
    made = Indicator.objects.get()
    assert (made.library, made.versions.get().baselines.get().value) == ("trial_applications", 277)
    seen = office.get(LIBRARY).text
    assert "Redan tagen in:" in seen
    assert "Startade prövningar</a>" in seen


def test_an_entry_in_percent_is_filled_in_as_people_write_it(ground, office):
    seen = office.get(f"{NEW}?bibliotek=feasibility_allocated").text
    assert 'name="high" value="100"' in seen
    assert "Andel förfrågningar som blev en prövning i Sverige" in seen


def test_trust_is_taken_in_with_its_levels(ground, office):
    at = f"{NEW}?bibliotek=trust_between_parties"
    office.post(at, said(ground, name="Tillit", kind="qualitative", direction="up", frequency="half_year"))
    assert Indicator.objects.get().versions.get().rubric.count() == 5


def test_an_unknown_entry_and_a_goal_that_is_none_are_a_blank_form(ground, office):
    seen = office.get(NEW, {"bibliotek": "finns-inte", "mal": "inte-en-nyckel"})
    assert seen.status_code == 200
    assert "Ny indikator" in seen.text


# --- how much is asked ---


@pytest.mark.parametrize("count", [3, 30])
def test_the_pages_ask_as_much_whatever_they_hold(ground, client, office, count, django_assert_num_queries):
    goal = ground.goal()
    for number in range(count):
        made = ground.indicator(f"nr-{number}", kind="qualitative" if number % 3 == 0 else "quantitative", goal=goal)
        ground.organ(f"Organ {number}")
        ground.reporter(made)
    first = Indicator.objects.get(code="nr-0")
    with django_assert_num_queries(5):
        client.get(ALL)
    with django_assert_num_queries(2):
        client.get(LIBRARY)
    asked = {}
    for name, address in (
        ("", ALL),
        ("bibliotek/", LIBRARY),
        ("ny/", NEW),
        *((part, page_of(first, part)) for part in PAGES),
    ):
        with CaptureQueriesContext(connection) as found:
            assert office.get(address).status_code == 200
        asked[name] = len(found)
    assert asked == ASKED


def test_a_long_list_has_pages(ground, client):
    for number in range(61):
        ground.indicator(f"nr-{number:02}", f"Indikator {number:02}")
    assert "Sida 1 av 2" in client.get(ALL).text
    assert "Indikator 60</a>" in client.get(ALL, {"sida": "2"}).text


def test_every_act_about_an_indicator_has_its_words_in_the_ledger():
    folder = Path(tillit.__file__).parent / "apps" / "followup" / "actions"
    files = ("definitions", "indicators", "library", "reporters", "rubric", "targets")
    noted = {
        each
        for name in files
        for each in re.findall(r'"(followup\.[a-z.]+)"', (folder / f"{name}.py").read_text("utf-8"))
    }
    assert noted == set(WORDS)
