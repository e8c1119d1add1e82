"""The pages of goals and plans: who sees and does what, what is missing while one writes, how few the queries are."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from django.utils.timezone import localdate

from tests import world
from tests.following import Followed
from tests.partnering import NOW, START
from tillit.apps.followup import actions, goal_words
from tillit.apps.followup.models import Goal, GoalConsent, StrategicPlan
from tillit.apps.partnerships.models import Steward
from tillit.core.indicators.measurability import BLOCKING, REMARKS
from tillit.web.followup.goals_log_words import WORDS

ROOT = "/partnerskap/kliniska-provningar/uppfoljning/"
GOALS, PLAN, NEW = f"{ROOT}mal/", f"{ROOT}plan/", f"{ROOT}mal/nytt/"
VAGUE = "Stärka samordningen och öka kapaciteten"


@pytest.fixture(autouse=True)
def swedish():
    """A page in English read before leaves its language behind."""
    with translation.override("sv"):
        yield


@pytest.fixture
def ground(db):
    made = Followed()
    for organisation in (made.region, made.company):
        made.joined(organisation)
    return made


def client_of(person):
    return world.let_in(Client(), person)


@pytest.fixture
def office(ground):
    return client_of(ground.founder)


@pytest.fixture
def officer(ground):
    return client_of(ground.officer)


@pytest.fixture
def draft(ground):
    group = ground.organ("Samordningsgruppen", "operative", "network")
    return StrategicPlan.objects.create(
        partnership=ground.partnership,
        organ=group,
        level=ground.levels["network"],
        title="Gruppens plan",
        starts_on=START,
        ends_on="2029-01-01",
        created_at=NOW,
    )


def page_of(goal):
    return f"{GOALS}{goal.pk}/"


def whole(ground, goal, code="b", **more):
    usual = {"unit": "%", "frequency": "quarter", "owner_role": "kansliet"}
    made = ground.indicator(code, code.title(), goal=goal, **{**usual, **more})
    ground.path(made, 40, "2026-12-31", 70, "2030-12-31")
    return made


def form(**more):
    return {
        "text": "Halvera tiden",
        "kind": "organ",
        "starts_on": "2026-02-01",
        "openness": "public",
        **more,
    }


# ---------------------------------------------------------------- the list


def test_the_headline_says_how_many_goals_can_be_measured(ground, client):
    for number in range(12):
        goal = ground.goal(f"Mål {number}", tier="deciding" if number < 5 else "operative", number=number)
        if number == 0 or 5 <= number < 11:
            whole(ground, goal, f"b{number}")
    seen = client.get(GOALS).text
    assert "<h1>7 av 12 mål går att mäta</h1>" in seen
    assert "58,3 %. Under 80 %: en del går inte att följa upp." in seen
    assert "1 av 5 mål går att mäta (20 %)" in seen
    assert "6 av 7 mål går att mäta (85,7 %)" in seen
    assert "Under 50 %: det mesta går inte att följa upp." in seen
    assert "Minst 80 %, som det ska vara." in seen
    assert "Nationell, beslutande" in seen
    assert "Saknas: minst en indikator." in seen
    assert "Nivåer utan mål" in seen
    assert "Forskningsområde" in seen


def test_a_goal_is_open_to_all_and_one_for_the_parties_is_not(ground, client, officer, office):
    ground.goal("Öppet mål")
    hidden = ground.goal("Parternas mål", openness="parties")
    seen = client.get(GOALS).text
    assert "Öppet mål" in seen
    assert "Parternas mål" not in seen
    assert "Här finns fler." in seen
    assert client.get(page_of(hidden)).status_code == 404
    for browser in (officer, office):
        assert "Parternas mål" in browser.get(GOALS).text
        assert browser.get(page_of(hidden)).status_code == 200


def test_a_draft_is_for_those_in_the_partnership(ground, draft, client, officer):
    goal = Goal.objects.create(
        plan=draft, level=draft.level, kind="organ", text="Gruppens mål", starts_on=START, created_at=NOW
    )
    for address in (page_of(goal), f"{GOALS}?plan={draft.pk}"):
        assert client.get(address).status_code == 404
        assert "Gruppens mål" in officer.get(address).text
    assert "Gruppens mål" not in client.get(GOALS).text
    assert "Gruppens plan" not in client.get(PLAN).text
    assert "Gruppens plan" in officer.get(PLAN).text
    assert client.get(f"{GOALS}?plan=x").status_code == 404


def test_nothing_to_show_says_what_to_do(ground, client, office):
    assert "Inga mål är fastställda än" in client.get(GOALS).text
    assert "Börja på en plan och skriv målen i den." in office.get(GOALS).text


def test_a_page_of_a_closed_partnership_is_not_found(ground, client, outsider_client):
    ground.partnership.openness = "parties"
    ground.partnership.save()
    for browser in (client, outsider_client):
        assert [browser.get(each).status_code for each in (GOALS, PLAN, page_of(ground.goal()))] == [404] * 3


@pytest.fixture
def outsider_client(ground):
    return client_of(ground.outsider)


# ---------------------------------------------------------------- one goal


def test_a_goal_lists_what_is_missing_and_what_to_do_about_it(ground, client):
    seen = client.get(page_of(ground.goal(VAGUE))).text
    assert "går inte att mäta än" in seen
    for said in (
        "Minst en indikator.",
        "Lägg till en indikator som visar om målet är nått.",
        "Det här kan inte prövas än: en enhet",
        "Texten säger en riktning men inte hur mycket.",
        "Texten kan vara två mål i ett.",
        "Bara råd: de hindrar inget, och du vet bäst.",
    ):
        assert said in seen
    assert "poäng" not in seen


def test_a_goal_with_a_whole_indicator_shows_how_it_is_measured(ground, client):
    goal = ground.goal("Nio av tio inom 120 dagar", owner_party=ground.region)
    whole(ground, goal)
    ground.indicator("hemlig", "Hemlig", goal=goal, openness="parties", unit="dagar")
    seen = client.get(page_of(goal)).text
    assert "Så mäts målet" in seen
    assert "40\xa0%, 2026-12-31" in seen
    assert "70\xa0%, 2030-12-31" in seen
    assert "En indikator som inte är öppen för dig" in seen
    assert "Hemlig" not in seen
    assert "Ett utgångsvärde med dag, eller varför det inte finns något." in seen


def test_the_figures_of_a_share_are_told_in_percent(ground, client):
    goal = ground.goal("Sex av tio blir en prövning", owner_party=ground.region)
    made = ground.indicator("andel", "Andel", goal=goal, aggregation="ratio", unit="%", frequency="quarter")
    ground.path(made, "0.418605", "2026-12-31", "0.6", "2030-12-31")
    seen = client.get(page_of(goal)).text
    assert "41,9\xa0%, 2026-12-31" in seen
    assert "60\xa0%, 2030-12-31" in seen


def test_the_office_goes_on_to_the_indicators_from_the_goal_and_others_do_not(ground, office, officer):
    goal = ground.goal(VAGUE)
    made = whole(ground, goal)
    ways = (f"{ROOT}indikatorer/ny/?mal={goal.pk}", f"{ROOT}indikatorer/{made.pk}/andra/")
    for way in ways:
        assert way in office.get(page_of(goal)).text
        assert way not in officer.get(page_of(goal)).text


def test_a_group_that_only_counts_its_meetings_is_told_so_on_its_goal(ground, office):
    goal = ground.goal("Gruppen ger svar inom en vecka", kind="organ", owner_organ=ground.organ("Gruppen", "operative"))
    whole(ground, goal, counts_meetings=True)
    seen = office.get(page_of(goal)).text
    assert "Något mer än hur ofta gruppen möts." in seen
    assert seen.index("Något mer än hur ofta") < seen.index("Indikatorer</h2>")


def test_names_of_parties_are_for_those_in_it_and_counts_for_all(ground, client, officer):
    goal = ground.goal()
    said = officer.post(page_of(goal), {"act": "say", "stance": "supports", "note": "Det behövs"}, follow=True).text
    assert "Det är antecknat. Ni kan ändra er." in said
    assert "1 part stödjer, 1 part har inte sagt något." in said
    assert "Det behövs" in said
    officer.post(page_of(goal), {"act": "say", "stance": "abstains"})
    assert "Tidigare:" in officer.get(page_of(goal)).text
    seen = client.get(page_of(goal)).text
    assert "1 part avstår, 1 part har inte sagt något." in seen
    assert "Nordkap Pharma AB" not in seen
    assert GoalConsent.objects.filter(goal=goal).count() == 2


def test_only_who_speaks_for_a_party_says_what_it_says(ground, client, outsider_client):
    goal = ground.goal()
    author = client_of(world.person("Eva Ek", organisation=ground.company, roles=("author",)))
    for browser in (client, outsider_client, author):
        assert "Säg vad ni tycker" not in browser.get(page_of(goal)).text
        assert browser.post(page_of(goal), {"act": "say", "stance": "supports"}).status_code == 400
    assert not GoalConsent.objects.exists()


def test_the_office_closes_a_goal_and_then_nothing_more_is_said(ground, office, officer):
    goal = ground.goal()
    assert officer.post(page_of(goal), {"act": "close", "on": "2026-08-02", "reason": "Nått"}).status_code == 400
    wrong = office.post(page_of(goal), {"act": "close", "on": "2026-08-02", "reason": ""})
    assert wrong.status_code == 422
    seen = office.post(page_of(goal), {"act": "close", "on": "2026-08-02", "reason": "Nått"}, follow=True).text
    assert "Målet gällde t.o.m. 2026-08-01. Nått" in seen
    assert "Säg vad ni tycker" not in officer.get(page_of(goal)).text
    assert "Avslutade mål" in office.get(GOALS).text


# ---------------------------------------------------------------- writing


def test_what_is_missing_is_told_by_a_button_and_nothing_is_saved(ground, draft, office):
    answer = office.post(NEW, {"act": "make", "check": "1", **form(text=VAGUE, owner_role="kanslichef")})
    assert answer.status_code == 200
    for said in ("Inget är sparat än.", "Minst en indikator.", "Texten kan vara två mål i ett.", VAGUE, "kanslichef"):
        assert said in answer.text
    assert not Goal.objects.exists()
    assert "Skriv dagen som" not in office.post(NEW, {"act": "make", "check": "1", "text": ""}).text


def test_while_one_types_the_list_alone_comes_back(ground, draft, office):
    answer = office.post(NEW, {"act": "make", **form(text=VAGUE)}, headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "Texten säger en riktning men inte hur mycket." in answer.text
    assert 'id="laget" hx-swap-oob' in answer.text
    assert not Goal.objects.exists()


def test_an_owner_that_is_typed_is_no_longer_missing_of_the_indicator(ground, office):
    goal = ground.goal(tier="deciding")
    whole(ground, goal, owner_role="")
    address = f"{page_of(goal)}andra/"
    typed = {"act": "change", "check": "1", **form(text=goal.text, kind="effect")}
    assert "Någon som ansvarar, och för vilken part." in office.get(address).text
    assert "Någon som ansvarar" in office.post(address, {**typed, "owner_role": "kanslichef"}).text
    both = office.post(address, {**typed, "owner_role": "kanslichef", "owner_party": str(ground.region.pk)})
    assert "Någon som ansvarar" not in both.text
    assert "Målet går att mäta. 3 saker är bra att lägga till." in both.text


def test_the_office_writes_a_goal_of_the_groups_own_and_comes_to_its_page(ground, draft, office):
    wrong = office.post(NEW, {"act": "make", **form(text="", starts_on="x")})
    assert wrong.status_code == 422
    assert "Skriv dagen som 2026-02-01." in wrong.text
    seen = office.post(NEW, {"act": "make", **form(owner_party=str(ground.region.pk))}, follow=True)
    goal = Goal.objects.get()
    assert seen.redirect_chain == [(page_of(goal), 302)]
    assert (goal.kind, goal.tier, goal.plan, goal.owner_party) == ("organ", "operative", draft, ground.region)
    assert "organets eget mål" in seen.text
    changed = office.post(f"{page_of(goal)}andra/", {"act": "change", **form(text="Halvera den")}, follow=True)
    assert "Målet är ändrat." in changed.text


def test_what_was_decided_with_the_plan_is_refused_at_its_field(ground, office):
    goal = ground.goal()
    sent = {"act": "change", **form(text="Annat", kind="effect", level=str(goal.level_id))}
    answer = office.post(f"{page_of(goal)}andra/", sent)
    assert answer.status_code == 422
    assert "Det här är fastställt i planen." in answer.text
    goal.refresh_from_db()
    assert goal.text == "Fler prövningar"


def test_without_a_draft_one_is_told_to_begin_one_and_with_two_to_choose(ground, draft, office):
    assert "Gruppens plan" in office.get(NEW).text
    StrategicPlan.objects.create(
        partnership=ground.partnership,
        version=2,
        level=ground.levels["national"],
        title="Nästa plan",
        starts_on=START,
        ends_on="2031-01-01",
        created_at=NOW,
    )
    assert "I vilken plan ska målet stå?" in office.get(NEW).text
    assert office.get(f"{NEW}?plan={ground.plan.pk}").status_code == 404
    StrategicPlan.objects.filter(status="draft").delete()
    assert "Börja på en plan först" in office.get(NEW).text


def test_others_write_nothing(ground, draft, client, officer, outsider_client):
    change = f"{page_of(ground.goal())}andra/"
    evaluator = world.person("Ewa Eval")
    Steward.objects.create(partnership=ground.partnership, person=evaluator, role="evaluator", since=START)
    for browser in (officer, outsider_client, client_of(evaluator)):
        assert [browser.get(each).status_code for each in (NEW, change)] == [403, 403]
        assert browser.post(PLAN, {"act": "begin"}).status_code == 403
    assert client.get(NEW).status_code == 302
    assert client.post(PLAN, {"act": "begin"}).status_code == 403


# ---------------------------------------------------------------- plans


def test_the_office_begins_adopts_and_follows_up_a_plan(ground, office, client):
    group = ground.organ("Samordningsgruppen", "operative", "network")
    begun = {
        "act": "begin",
        "organ": str(group.pk),
        "title": "Gruppens plan",
        "level": str(ground.levels["network"].pk),
        "starts_on": "2026-02-01",
        "ends_on": "2029-01-01",
        "openness": "public",
    }
    assert "Planen är påbörjad." in office.post(PLAN, begun, follow=True).text
    plan = group.plans.get()
    adopt = {"act": f"adopt-{plan.pk}", "organ": str(group.pk), "on": localdate().isoformat(), "text": "§ 4"}
    assert "Planen har inga mål. Skriv minst ett först." in office.post(PLAN, adopt).text
    office.post(NEW, {"act": "make", **form()})
    assert "Planen är fastställd." in office.post(PLAN, adopt, follow=True).text
    assert f"Samordningsgruppen {localdate()}, § 4" in client.get(PLAN).text
    assert "Halvera tiden" in client.get(GOALS).text
    assert "Nästa version är påbörjad" in office.post(PLAN, {"act": f"next-{plan.pk}"}, follow=True).text
    assert group.plans.count() == 2
    close = {"act": f"close-{ground.plan.pk}", "on": "2027-01-01", "reason": "Styrelsen 2026-11-01, § 2: läggs ned"}
    assert "Planen är avslutad" in office.post(PLAN, close, follow=True).text
    seen = client.get(PLAN).text
    assert "läggs ned" in seen
    assert "t.o.m. 2026-12-31" in seen


# ---------------------------------------------------------------- queries


def filled(ground, count):
    for number in range(count):
        goal = ground.goal(f"Mål {number}", number=number)
        whole(ground, goal, f"b{number}")
    return goal


@pytest.mark.parametrize("count", [3, 30])
def test_the_pages_ask_as_much_whatever_they_hold(ground, client, office, count, django_assert_num_queries):
    goal = filled(ground, count)
    for address, asked in ((GOALS, 7), (page_of(goal), 7), (PLAN, 2)):
        with django_assert_num_queries(asked):
            client.get(address)
    for address, asked in ((GOALS, 10), (page_of(goal), 10), (f"{page_of(goal)}andra/", 10), (PLAN, 7)):
        with django_assert_num_queries(asked):
            assert office.get(address).status_code == 200


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_code_is_said_and_has_something_to_do_about_it(lang):
    with translation.override(lang):
        codes = (*BLOCKING, *REMARKS)
        found = (*goal_words.lacks(codes), *goal_words.advised(goal_words.ADVICE))
        assert set(goal_words.WHAT_TO_DO) == set(codes)
        assert all(each.what and each.do for each in found)
        assert len({each.do for each in found}) == len(codes) + 3


def test_every_act_on_plans_and_goals_has_its_words_in_the_ledger():
    noted = set()
    for name in ("plans", "goals"):
        source = (Path(actions.__file__).parent / f"{name}.py").read_text()
        noted |= set(re.findall(r'"(followup\.[a-z._]+)"', source))
    assert noted == set(WORDS)
