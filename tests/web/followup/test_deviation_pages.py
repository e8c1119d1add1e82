"""The pages of deviations and thresholds: the finding first, who sees what, who does what, and how many queries."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import translate_url
from django.utils import translation
from django.utils.timezone import localdate, now

from tests import world
from tests.following import Followed
from tests.partnering import there
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.actions.deviations import evaluate
from tillit.apps.followup.models import Deviation, Thresholds
from tillit.apps.partnerships.models import Appointment
from tillit.core.indicators.periods import period_of
from tillit.web.followup.deviations_log_words import WORDS

ALL = "/partnerskap/kliniska-provningar/uppfoljning/avvikelser/"
RULES = "/partnerskap/kliniska-provningar/uppfoljning/trosklar/"


@pytest.fixture
def here(db):
    found = Followed()
    found.partnership.status, found.partnership.not_started = "running", False
    found.partnership.save()
    found.joined(found.region)
    found.joined(found.company)
    return found


@pytest.fixture
def office(here):
    return client_of(here.founder)


def behind(here, value, code, name="", owner=None, **more):
    """Return an indicator with one value at the end of the last quarter, 100 expected of 200 in all."""
    indicator = here.indicator(code, name, owner_party=owner, spc_enabled=False, **more)
    last = period_of(localdate(), "quarter").ahead(-1)
    here.path(indicator, 0, last.end - timedelta(days=1000), 200, last.end + timedelta(days=1000))
    here.observed(here.reporter(indicator, since=last.start), str(last), value)
    return indicator


def judged(here):
    evaluate(partnership=here.partnership, today=localdate(), at=now())


def text_of(client, address=ALL, **query):
    found = client.get(address, query)
    assert found.status_code == 200
    return found.text


def page_of(rule="D1"):
    return f"{ALL}{there(Deviation.objects.filter(rule=rule).first()).pk}/"


def test_the_headline_says_the_finding_and_the_worst_comes_first(here, client):
    behind(here, 90, "gul", "Gul sak")
    behind(here, 10, "rod", "Röd sak")
    behind(here, 20, "rod2", "Andra röda saken")
    behind(here, 180, "battre", "Bättre sak")
    judged(here)
    Deviation.objects.exclude(rule="D1").delete()
    seen = text_of(client)
    assert "<h1>Två saker avviker, en är bättre än planerat</h1>" in seen
    assert seen.index("Röd sak") < seen.index("Bättre sak")
    assert [word in seen for word in ("avviker</span>", "bättre</span>", "sedan", ">ny<")] == [True] * 4
    behind(here, 85, "gul2", "Ännu en gul sak")
    judged(here)
    assert "Två saker avviker, en sak att se över, en är bättre än planerat" in text_of(client)
    seen = text_of(client)
    assert seen.index("Röd sak") < seen.index("Ännu en gul sak") < seen.index("Bättre sak")


def test_what_is_not_known_is_never_told_as_well(here, client):
    indicator = here.indicator("okand", "Okänd sak", spc_enabled=False)
    last = period_of(localdate(), "quarter").ahead(-1)
    here.observed(here.reporter(indicator, since=last.start), str(last), 10)
    Followed.path(here, here.indicator("x", spc_enabled=False), 0, date(2026, 1, 1), 9, date(2027, 1, 1))
    judged(here)
    Deviation.objects.exclude(indicator=indicator).delete()
    seen = text_of(client)
    assert "Inget mål är satt" in seen
    assert "<h1>Inget avviker</h1>" in seen
    Deviation.objects.update(direction="data_quality")
    assert "<h1>Inget avviker, en sak går inte att bedöma</h1>" in text_of(client)
    assert "ej bedömbar" in text_of(client)


def test_what_has_not_been_run_is_not_told_as_well(here, client):
    assert "<h1>Inget har hittats än</h1>" in text_of(client)
    here.partnership.not_started = True
    here.partnership.save()
    judged(here)
    assert "<h1>Uppföljningen har inte startat</h1>" in text_of(client)


def test_a_deviation_is_as_open_as_its_indicator(here, client):
    behind(here, 10, "oppen", "Öppen sak")
    behind(here, 10, "parter", "Parternas sak", openness="parties")
    behind(here, 10, "organ", "Organets sak", openness="organ")
    judged(here)

    def sees(browser):
        seen = text_of(browser)
        return [name for name in ("Öppen sak", "Parternas sak", "Organets sak") if name in seen]

    assert sees(client) == sees(client_of(here.outsider)) == ["Öppen sak"]
    assert sees(client_of(here.officer)) == ["Öppen sak", "Parternas sak"]
    assert sees(client_of(here.founder)) == ["Öppen sak", "Parternas sak", "Organets sak"]
    hidden = f"{ALL}{Deviation.objects.get(rule='D1', openness='parties').pk}/"
    assert client.get(hidden).status_code == client_of(here.outsider).get(hidden).status_code == 404
    assert client_of(here.officer).get(hidden).status_code == 200


def test_one_says_outcome_rule_what_was_seen_and_what_to_do_in_that_order(here, client):
    behind(here, 10, "rod", "Röd sak")
    judged(here)
    seen = text_of(client, page_of()).partition("<main")[2]
    order = [
        "Värdet är 10 prövningar, planen är 100 prövningar: långt efter planen med 45 % av vägen till målet.</h1>",
        "Röd sak",
        "Vad regeln säger",
        "Gult när värdet ligger efter planen med mer än 5 % av vägen från utgångsvärde till mål, rött över 15 %.",
        "Vad vi såg",
        "Utgångsvärde",
        "Så blir det rätt",
        "Ta reda på vad som dröjer.",
        "Vad som har hänt",
        "Upptäckt",
        "Hur det räknades",
        "version 1",
        Deviation.objects.get(rule="D1").fingerprint,
    ]
    places = [seen.index(each) for each in order]
    assert places == sorted(places)
    assert "<form" not in seen


def test_the_office_does_each_step_and_it_is_told(here, office):
    behind(here, 10, "rod", "Röd sak")
    judged(here)
    page = page_of()
    assert "kvitterad" in office.post(page, {"act": "acknowledge"}, follow=True).text
    assert office.post(page, {"act": "acknowledge"}).status_code == 400
    for act, field, text, word in (
        ("explain", "cause", "Färre ansökningar", "förklarad"),
        ("act_on", "action", "Kansliet ringer", "åtgärd pågår"),
        ("follow", "note", "Till hösten", "följs"),
    ):
        seen = office.post(page, {"act": act, field: text}, follow=True).text
        assert text in seen
        assert word in seen
        assert here.founder.name in seen
    refused = office.post(page, {"act": "close", "done": " "})
    assert refused.status_code == 422
    assert "Det här behövs." in refused.text
    seen = office.post(page, {"act": "close", "done": "Klart"}, follow=True).text
    assert "Avvikelsen är avslutad." in seen
    assert "Röd sak" not in text_of(office)
    assert "Röd sak" in text_of(office, lage="over")


def test_a_party_explains_its_own_and_does_no_more(here):
    behind(here, 10, "rod", "Röd sak", owner=here.company)
    behind(here, 10, "annan", "En annans sak", openness="parties")
    judged(here)
    own = f"{ALL}{Deviation.objects.get(rule='D1', indicator__code='rod').pk}/"
    others = f"{ALL}{Deviation.objects.get(rule='D1', indicator__code='annan').pk}/"
    officer = client_of(here.officer)
    assert "Röd sak" in officer.post(own, {"act": "explain", "cause": "Semester"}, follow=True).text
    assert Deviation.objects.get(rule="D1", indicator__code="rod").status == "explained"
    assert officer.post(own, {"act": "close", "done": "x"}).status_code == 400
    assert officer.post(others, {"act": "explain", "cause": "x"}).status_code == 400
    for who in (Client(), client_of(here.outsider)):
        assert who.post(own, {"act": "explain", "cause": "x"}).status_code == 400
    assert here.founder.name not in Client().get(own).text
    assert "Bo Lind" not in Client().get(own).text


def test_the_list_is_sifted(here, client):
    behind(here, 10, "rod", "Röd sak")
    behind(here, 180, "battre", "Bättre sak")
    judged(here)
    assert "Röd sak" not in text_of(client, slag="better")
    assert "Bättre sak" not in text_of(client, slag="red")
    assert "Inget att visa med det valet." in text_of(client, regel="D5", sida="9")
    Deviation.objects.filter(indicator__code="rod").update(status="acknowledged")
    assert "Röd sak" not in text_of(client, lage="untouched")


def test_what_is_no_longer_seen_is_told_and_not_counted(here, client):
    indicator = behind(here, 10, "rod", "Röd sak")
    judged(here)
    indicator.closed_on = localdate()
    indicator.save()
    judged(here)
    seen = text_of(client)
    assert "syns inte längre, senast" in seen
    assert "<h1>Inget avviker, en sak går inte att bedöma</h1>" in seen  # the goals, of which there are none
    assert "Röd sak" in text_of(client, lage="unseen")


@pytest.mark.parametrize("many", [3, 30])
def test_the_pages_ask_as_many_queries_however_many_rows(here, many, office, django_assert_num_queries):
    for number in range(many):
        behind(here, 10, f"i{number}", f"Sak {number}")
    judged(here)
    for address, queries in ((ALL, 8), (page_of(), 6), (RULES, 6)):
        office.get(address)
        with django_assert_num_queries(queries):
            office.get(address)


def decided(here, **more):
    said = {
        "act": "decide-D1",
        "green": "-10",
        "yellow": "-30",
        "ahead": "15",
        "organ": str(here.board.pk),
        "decided_on": localdate().isoformat(),
        "decision": "Styrelsen § 7: vi tål mer i början",
        "starts_on": localdate().isoformat(),
    }
    return {**said, **more}


def test_the_office_records_a_decision_on_thresholds_and_everybody_reads_it(here, office, client):
    here.board = here.organ()
    seen = text_of(client, RULES)
    assert "Alla trösklar är reglernas egna" in seen
    assert "−5 %" in seen
    assert "<form" not in seen.partition("<main")[2]
    assert "Beslutet är antecknat." in office.post(RULES, decided(here), follow=True).text
    assert Thresholds.objects.get().params == {"green": "-0.1", "yellow": "-0.3"}
    seen = text_of(client, RULES)
    assert "1 regel har egna trösklar" in seen
    assert "<b>−10 %</b>" in seen
    assert "Styrelsen beslutade" in seen
    assert "vi tål mer i början" in seen


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"yellow": "-1"}, "Gränsen mot rött ligger längre ned"),
        ({"starts_on": "2020-01-01"}, "aldrig bakåt"),
        ({"green": "hej"}, "Skriv ett tal"),
        ({"organ": ""}, "Välj i listan."),
        ({"decision": ""}, "Det här behövs."),
    ],
)
def test_a_decision_that_cannot_be_is_told_where_and_what_was_typed_is_kept(here, office, changed, says):
    here.board = here.organ()
    refused = office.post(RULES, decided(here, **changed))
    assert refused.status_code == 422
    assert says in refused.text
    assert 'value="-30"' in refused.text or "yellow" in changed
    assert not Thresholds.objects.exists()


def test_others_do_not_decide(here, client):
    here.board = here.organ()
    assert client_of(here.officer).post(RULES, decided(here)).status_code == 403
    assert client.post(RULES, decided(here)).status_code == 403
    assert not Thresholds.objects.exists()


def test_a_closed_partnership_is_not_known_of(here, client):
    here.partnership.openness = "parties"
    here.partnership.save()
    for address in (ALL, RULES):
        assert client.get(address).status_code == client_of(here.outsider).get(address).status_code == 404
        assert client_of(here.officer).get(address).status_code == 200


def test_the_pages_are_in_english_too(here, client):
    behind(here, 10, "rod", "Röd sak")
    judged(here)
    for address in (ALL, page_of(), RULES):
        with translation.override("sv"):
            there = translate_url(address, "en")
        seen = client.get(there).text.partition("<main")[2].partition("</main")[0]
        assert there != address
        for word in ("Avviker", "Vad vi såg", "Trösklar ändras", "Så blir det rätt", "sedan 20"):
            assert word not in seen


def test_one_who_sits_in_an_organ_reads_of_its_own_logic(here):
    organ = here.organ(seats=1)
    sitter = world.person("Siv Sits", organisation=here.university, roles=("contact_person",))
    Deviation.objects.create(
        partnership=here.partnership, rule="D6", version=1, code="no_goals", severity="info", direction="data_quality",
        subject="x", day=localdate(), params={"yellow": "0.8", "red": "0.5"}, facts={"measurable": 0, "goals": 0},
        result={"verdict": "not_assessable", "share": None}, fingerprint="b" * 64, first_seen=localdate(),
        last_seen=localdate(), openness="organ", dimensions={"organ": str(organ.pk)},
    )  # fmt: skip
    assert "Det finns inga mål att mäta." not in text_of(client_of(sitter))
    Appointment.objects.create(
        seat=organ.seats.get(), person=sitter, organisation=here.university, role="member",
        starts_on=date(2026, 2, 1), recorded_at=now(),
    )  # fmt: skip
    assert "Det finns inga mål att mäta." in text_of(client_of(sitter))


def test_every_act_has_its_words_in_the_ledger():
    statuses = ("acknowledged", "explained", "monitored", "action", "dismissed", "closed")
    made = {f"followup.deviation.{each}" for each in statuses}
    assert set(WORDS) == made | {"followup.deviations.evaluated", "followup.thresholds.decided"}
