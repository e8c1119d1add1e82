"""The scorecard, an indicator's page, networks side by side and the open files: who sees what, and that they agree."""

import csv
import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tests import world
from tests.following import Followed
from tests.partnering import NOW, there
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.models import Indicator, IndicatorVersion, RubricLevel
from tillit.apps.followup.queries.pictures import pictures
from tillit.core.indicators.periods import QUARTER, period_of
from tillit.web.followup.drawing.figures import number

CARD = "/partnerskap/kliniska-provningar/uppfoljning/"
NETWORKS, CSV, JSON = f"{CARD}natverk/", f"{CARD}data.csv", f"{CARD}data.json"
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def here(db):
    return Followed()


@pytest.fixture
def office(here):
    return client_of(here.founder)


def page_of(indicator):
    return f"{CARD}indikatorer/{indicator.pk}/"


def first(count):
    """Return the quarter so many quarters back, as a test writes it: the last value is of the quarter just ended."""
    return str(period_of(localdate(), QUARTER).ahead(-count))


def days(here, values=(128, 131, 125, 133, 127, 130, 126, 132, 129, 127, 124, 131, 140, 150), **more):
    """An indicator that goes down by plan and has gone up."""
    facts = {"code": "days", "name": "Dagar till första patient", "unit": "dagar", "direction": "down", **more}
    indicator = here.indicator(**{"aggregation": "last", **facts})
    here.path(indicator, 128, date(2020, 1, 1), 100, localdate() + timedelta(days=900))
    here.series(indicator, first(len(values)), values)
    return indicator


def trust(here, *levels):
    indicator = here.indicator(code="trust", name="Tillit mellan parterna", kind="qualitative")
    for at in range(5):
        RubricLevel.objects.create(version=here.version, level=at, label=f"Ord {at}", descriptor=f"Så är {at}")
    here.series(indicator, first(len(levels)), levels)
    return indicator


def beside(here, *networks, **more):
    """An indicator that networks report: name, values, and the order of the reporter."""
    indicator = here.indicator(code="started", name="Startade prövningar", **more)
    for name, values, order in networks:
        organ = here.organ(name, tier="operational", level="network")
        reporter = here.series(indicator, first(len(values)), values, organ)
        type(reporter).objects.filter(pk=reporter.pk).update(order=order)
    return indicator


def text_of(answer):
    return " ".join(TAG.sub(" ", answer.text).split())


def test_the_headline_says_how_much_there_is_to_take_a_stand_on(here, client):
    days(here)
    assert "<h1>En sak att ta ställning till</h1>" in client.get(CARD).text
    days(here, code="more", name="Fler dagar")
    here.organ()
    page = client.get(CARD).text
    assert "<h1>Tre saker att ta ställning till</h1>" in page
    assert page.index("Inga formella åtaganden där det beslutas") < page.index("Dagar till första patient")


def test_nothing_to_follow_says_what_to_do(here, client, office):
    assert "Här finns inget att följa än" in client.get(CARD).text
    assert "Lägg upp mål och indikatorer" in office.get(CARD).text
    assert "Lägg upp mål och indikatorer" not in client.get(CARD).text


def test_a_row_says_latest_with_period_target_state_and_what_it_means(here, client):
    days(here)
    said = text_of(client.get(CARD))
    assert "150 dagar" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "100 dagar" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "Något har ändrats – utred orsak" in said
    assert "avviker" in said


def test_too_few_values_say_when_they_can_be_judged(here, client):
    indicator = here.indicator(code="few", name="Nytt mått", aggregation="last")
    here.series(indicator, first(3), [1, 2, 3])
    judged_on = period_of(localdate(), QUARTER).ahead(3).end
    for address in (CARD, page_of(indicator)):
        assert f'<span class="together">{judged_on}</span>' in client.get(address).text


def test_a_visitor_sees_open_indicators_a_party_more(here, client, office):
    hidden = days(here, openness="parties")
    assert "Dagar till första patient" not in client.get(CARD).text
    assert client.get(page_of(hidden)).status_code == 404
    assert "Dagar till första patient" in office.get(CARD).text
    assert office.get(page_of(hidden)).status_code == 200
    assert client_of(here.outsider).get(page_of(hidden)).status_code == 404


def test_a_partnership_that_is_closed_answers_nobody_outside(here, client):
    indicator = days(here)
    here.partnership.openness = "parties"
    here.partnership.save()
    for address in (CARD, NETWORKS, CSV, JSON, page_of(indicator)):
        assert client.get(address).status_code == 404


def test_level_and_state_sift_the_rows_and_what_is_no_level_is_all(here, client):
    days(here)
    fine = here.indicator(code="x", name="Något lokalt", level="network", aggregation="last")
    here.series(fine, first(2), [1, 2])
    assert "Något lokalt" not in client.get(f"{CARD}?niva=national").text
    assert "Dagar till första patient" not in client.get(f"{CARD}?niva=network").text
    only = client.get(f"{CARD}?lage=avviker").text
    assert "Dagar till första patient" in only
    assert "Något lokalt" not in only
    assert "Något lokalt" in client.get(f"{CARD}?niva=hittepa&lage=hittepa").text


def test_an_improvement_is_told_too(here, client):
    days(here, values=[128, 131, 125, 133, 127, 130, 126, 132, 129, 127, 124, 131, 110, 100])
    page = client.get(CARD).text
    assert "har blivit bättre" in page
    assert "mark meets" in page


def test_an_indicator_s_headline_is_its_finding_and_its_charts_have_their_tables(here, client):
    page = client.get(page_of(days(here))).text
    assert "<h1>Dagar till första patient: något har ändrats – utred orsak</h1>" in page
    assert page.count('role="img"') == 2
    assert page.count("Visa som tabell") == 2
    assert "övre gräns" in page


def test_every_number_that_a_chart_writes_on_the_page_stands_in_its_table(here, client):
    page = client.get(
        page_of(days(here, values=[128, None, 125.5, 133, 127, 130, 126, 132, 129, 127, 124, 131, 140]))
    ).text
    numbers = re.compile(r"\d[\d\N{NO-BREAK SPACE}]*(?:,\d+)?")
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) == 2
    for figure in figures:
        drawn = {found for said in re.findall(r"<text[^>]*>([^<]*)", figure) for found in numbers.findall(said)}
        table = text_of_table(figure)
        assert drawn
        assert drawn <= set(numbers.findall(table))
        assert "uppgift saknas" in table


def text_of_table(figure):
    return TAG.sub(" ", re.search(r"<table.*</table>", figure, re.DOTALL).group())  # type: ignore[union-attr]


def test_a_new_version_begins_a_part_of_its_own_and_the_limits_that_are_written_are_those_that_are_judged_by(
    here, client
):
    indicator = here.indicator(code="x", name="X", aggregation="last")
    values = [10, 12, 11, 13, 12, 11, 14, 12, 30, 33, 31, 35, 34, 32, 31, 36]
    reporter = here.series(indicator, first(16), values[:8])
    begins = period_of(localdate(), QUARTER).ahead(-8)
    IndicatorVersion.objects.create(
        indicator=indicator,
        number=2,
        starts_on=begins.start,
        unit="prövningar",
        direction="up",
        aggregation="last",
        frequency="quarter",
        change_reason="Nu räknas alla",
        created_at=NOW,
    )
    for step, value in enumerate(values[8:]):
        here.observed(reporter, str(begins.ahead(step)), value)
    found = there(there(pictures(here.partnership, localdate())[0].change).limits)
    page = client.get(page_of(indicator)).text
    assert "ny definition" in page
    assert "Nu räknas alla" in page
    assert f"övre gräns {number(found.upper, 1)}" in page
    assert f"nedre gräns {number(found.lower, 1)}" in page


def test_described_levels_are_drawn_with_their_words_and_what_they_mean(here, client):
    page = client.get(page_of(trust(here, 3, 3, 2, 3, 1))).text
    assert "4 Ord 4" in page
    assert "Så är 3" in page
    assert page.count('role="img"') == 1
    assert "övre gräns" not in page


def test_an_indicator_without_values_says_so_and_draws_nothing(here, client):
    page = client.get(page_of(here.indicator(name="Tomt"))).text
    assert "Inget värde är godkänt än." in page
    assert 'role="img"' not in page


def test_how_it_is_counted_gives_thresholds_inputs_and_the_version_of_the_rule(here, client):
    said = text_of(client.get(page_of(days(here)))).replace("\N{NO-BREAK SPACE}", " ")
    assert "Så är det räknat" in said
    assert "regel D3, version 1" in said
    assert "Medel (x̄) 128,5833 dagar" in said
    assert "Gränsernas avstånd 2,66" in said


def test_whether_the_target_is_met_as_things_are_is_told_only_while_nothing_has_changed(here, client):
    steady = days(here, values=[128, 131, 125, 133, 127, 130, 126, 132, 129, 127, 124, 131])
    assert "missas målet stadigt" in client.get(page_of(steady)).text
    assert "missas målet stadigt" not in client.get(page_of(days(here, code="changed"))).text


def test_percent_is_read_as_percent(here, client):
    indicator = here.indicator(code="share", name="Andel i tid", unit="procent", aggregation="ratio")
    here.path(indicator, "0.4", date(2020, 1, 1), "0.6", localdate() + timedelta(days=900))
    reporter = here.reporter(indicator)
    here.observed(reporter, first(1), numerator=43, denominator=100)
    page = client.get(CARD).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "43 %" in page
    assert "60 %" in page
    assert "mål 60" in client.get(page_of(indicator)).text


def test_a_draft_and_what_is_only_sent_in_is_in_no_chart(here, client):
    indicator = here.indicator(code="x", name="X", aggregation="last")
    reporter = here.series(indicator, first(3), [11, 12, 13])
    here.observed(reporter, first(0), 98765, status="submitted")
    for address in (CARD, page_of(indicator), CSV, JSON):
        assert "98765" not in client.get(address).text.replace("\N{NO-BREAK SPACE}", "")


def test_who_has_not_reported_and_each_party_s_figures_are_for_those_within(here, client, office):
    indicator = here.indicator(code="x", name="X")
    here.series(indicator, first(3), [1, 2, 3], here.region)
    here.series(indicator, first(3), [40, 50, None], here.company)
    inside, outside = office.get(page_of(indicator)).text, client.get(page_of(indicator)).text
    assert "Var och ens egna värden" in inside
    assert here.company.name in inside
    assert "Var och ens egna värden" not in outside
    assert here.company.name not in outside


def test_a_value_that_is_asked_about_is_told_to_those_within(here, client, office):
    indicator = here.indicator(code="x", name="X", aggregation="last")
    reporter = here.series(indicator, first(3), [1, 2])
    here.observed(reporter, first(1), 300, status="submitted", held=["unit_jump"])
    assert "Värden som väntar på att bekräftas" in office.get(page_of(indicator)).text
    assert "Värden som väntar" not in client.get(page_of(indicator)).text


def test_networks_stand_in_the_order_of_their_reporters_then_by_name_whatever_they_do(here, client):
    beside(here, ("Lunga", [9, 9], 1), ("Barn", [1, 1], 1), ("Hjärta", [5, 5], 0))
    page = client.get(NETWORKS).text
    assert page.index("Hjärta") < page.index("Barn") < page.index("Lunga")


def test_networks_have_one_scale_and_none_its_own_colour(here, client):
    beside(here, ("Barn", [1, 2], 0), ("Hjärta", [10, 20], 0))
    page = client.get(NETWORKS).text
    assert "Det lägsta värdet är 1 och det högsta 20" in page
    kinds = set(re.findall(r'<path class="([^"]+)"', page)) - {"shared"}
    assert kinds == {"series", "dot"}


def test_a_network_that_may_not_be_known_of_is_nowhere_and_cannot_be_reckoned(here, client, office):
    beside(here, ("Barn", [1, 2], 0), ("Hjärta", [10, 20], 0), ("Dold", [3, 4], 0))
    here.partnership.organs.filter(name="Dold").update(openness="organ")
    assert "Dold" not in client.get(NETWORKS).text
    assert "Hjärta" not in client.get(NETWORKS).text
    assert "Dold" in office.get(NETWORKS).text


def test_nothing_to_lay_side_by_side_is_said(here, client):
    days(here)
    assert "Inget att visa sida vid sida." in client.get(NETWORKS).text


def test_the_files_hold_open_approved_series_and_say_the_same(here, client, office):
    days(here, values=[128, None, 125.5])
    trust(here, 3, 2)
    days(here, code="hidden", name="=Dolt", openness="parties")
    rows = list(csv.DictReader(client.get(CSV).text.lstrip("\ufeff").splitlines()))
    found = json.loads(client.get(JSON).text)
    assert [row["value"] for row in rows if row["code"] == "days"] == ["128", "", "125.5"]
    assert [row["levels"] for row in rows if row["code"] == "trust"] == ["3", "2"]
    assert {row["code"] for row in rows} == {"days", "trust"}
    for each in found["indicators"]:
        assert [row["value"] or None for row in rows if row["code"] == each["code"]] == [
            period["value"] for period in each["periods"]
        ]
    assert office.get(CSV).text == client.get(CSV).text


def test_a_name_that_looks_like_a_formula_is_none_in_the_file_and_a_minus_is_a_minus(here, client):
    days(here, values=[-5], name="=1+1")
    row = next(csv.DictReader(client.get(CSV).text.lstrip("\ufeff").splitlines()))
    assert (row["name"], row["value"]) == ("'=1+1", "-5")


def test_a_goal_is_named_only_to_who_may_read_it(here, client, office):
    goal = here.goal(text="Hemligt mål", openness="organ")
    indicator = days(here, goal=goal)
    assert "Hemligt mål" in office.get(page_of(indicator)).text
    assert "Hemligt mål" not in client.get(page_of(indicator)).text


def test_what_is_no_longer_followed_leaves_the_scorecard_and_keeps_its_page(here, client):
    indicator = days(here)
    Indicator.objects.filter(pk=indicator.pk).update(closed_on=localdate())
    assert "Dagar till första patient" not in client.get(CARD).text
    assert "följs inte längre" in client.get(page_of(indicator)).text


def test_the_partnership_s_first_page_leads_to_the_scorecard(here, client):
    assert f'href="{CARD}"' in client.get("/partnerskap/kliniska-provningar/").text


@pytest.mark.parametrize("count", [3, 30])
def test_pages_take_at_most_ten_queries_signed_in_however_much_there_is(here, count):
    here.organ()
    goal = here.goal()
    for at in range(count):
        each = days(here, values=[1, 2, 3], code=f"i{at}", name=f"I {at}", node="K1", goal=goal)
    rated = trust(here, 3, 2)
    beside(here, *((f"Nät {at}", [1, 2], 0) for at in range(count)))
    browser = world.let_in(client_of(here.founder), here.founder)
    browser.get("/partnerskap/")
    for address in (CARD, page_of(each), page_of(rated), NETWORKS, CSV, JSON):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        assert len(asked) <= 10, f"{address}: {len(asked)}"


def test_where_follow_up_has_not_begun_the_page_says_so_and_leads_the_office_to_begin(here, office, client):
    assert "Uppföljningen har inte börjat." in client.get(CARD).text
    assert "Börja följa upp" not in client.get(CARD).text
    assert 'godkanna/#borja">Börja följa upp' in office.get(CARD).text
    assert 'godkanna/#borja">Börja följa upp' in office.get("/partnerskap/kliniska-provningar/kansli/").text
    begin = f"{CARD}rapportera/godkanna/"
    assert f'href="{begin}#borja"' in office.get(CARD).text
    assert 'id="borja"' in office.get(begin).text
    office.post(begin, {"act": "start"})
    assert "Uppföljningen har inte börjat." not in office.get(CARD).text
    assert "Börja följa upp" not in office.get("/partnerskap/kliniska-provningar/kansli/").text
