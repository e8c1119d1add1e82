"""The pages of effect logic: who sees and does what, the worked example, and that picture and table say the same."""

import re
from pathlib import Path

import pytest

import tillit.apps.followup.actions as acts
from tests import world
from tests.apps.followup.worked_logic import adopt, asked, begun, link, step, whole, worked
from tests.following import Followed
from tests.partnering import NOW, START
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.actions.logic import next_draft
from tillit.apps.followup.actions.logic_assumptions import add_assumption
from tillit.apps.followup.actions.logic_steps import remove_node
from tillit.apps.followup.models import Assumption, AssumptionCheck, EffectEdge, EffectLogic, EffectNode
from tillit.apps.partnerships.models import Appointment
from tillit.web.followup.logic_log_words import WORDS

HERE = "/partnerskap/kliniska-provningar/uppfoljning/effektlogik/"


@pytest.fixture
def ground(db):
    return Followed()


@pytest.fixture
def office(ground):
    return client_of(ground.founder)


@pytest.fixture
def party(ground):
    ground.joined(ground.company)
    return client_of(ground.officer)


@pytest.fixture
def network(ground):
    return ground.organ("Hjärtnätverket", level="network", seats=1)


@pytest.fixture
def seated(ground, network):
    """Return a browser of somebody who sits in the network, and for whose party nobody speaks."""
    person = world.person("Eva Ek", organisation=ground.university)
    Appointment.objects.create(
        seat=network.seats.first(), person=person, organisation=ground.university, starts_on=START, recorded_at=NOW
    )
    return client_of(person)


def of(logic, tail=""):
    return f"{HERE}{logic.pk}/{tail}"


def codes(browser, *addresses):
    return [browser.get(address).status_code for address in addresses]


# ---- who


def test_what_is_adopted_is_for_anybody_and_a_draft_for_those_who_are_in_it(ground, client, office, party):
    outsider = client_of(ground.outsider)
    logic, _nodes = whole(ground)
    assert [each.get(of(logic)).status_code for each in (client, outsider, party, office)] == [404, 404, 200, 200]
    assert "Från förfrågan" not in client.get(HERE).text
    adopt(ground, logic)
    assert [each.get(of(logic)).status_code for each in (client, outsider, party, office)] == [200] * 4
    assert "Kedjan håller" in client.get(HERE).text
    assert [each.get(of(logic, "skota/")).status_code for each in (client, outsider, party, office)] == [
        302,
        403,
        403,
        200,
    ]


def test_a_branch_is_worked_on_by_those_who_sit_in_its_organ_and_the_national_by_the_office(
    ground, network, office, party, seated
):
    national, _nodes = whole(ground)
    branch = begun(ground, network)
    other = begun(ground, ground.organ("Cancernätverket", level="network"))
    assert codes(seated, *(of(each, "skota/") for each in (national, branch, other))) == [403, 200, 403]
    assert codes(office, *(of(each, "skota/") for each in (national, branch, other))) == [200] * 3
    assert codes(party, of(branch), of(branch, "skota/")) == [200, 403]
    said = {"act": "adopt", "decision": "Nätverket, § 1", "adopted_on": "2026-07-30"}
    assert seated.post(of(branch), said).status_code == 403
    assert party.post(of(national), said).status_code == 403


def test_a_branch_for_its_organ_alone_is_not_found_by_other_parties(ground, network, party, seated, office):
    branch = begun(ground, network, openness="organ", title="Hemlig gren")
    assert codes(party, of(branch)) == [404]
    assert "Hemlig gren" not in party.get(HERE).text
    assert codes(seated, of(branch)) == codes(office, of(branch)) == [200]


def test_a_version_of_another_partnership_and_a_step_that_is_not_there_are_not_found(ground, office):
    logic, _nodes = whole(ground)
    assert codes(office, f"{HERE}00000000-0000-0000-0000-000000000000/") == [404]
    wrong = [of(logic, f"skota/?{each}") for each in ("steg=Z9", "koppling=x", f"koppling={logic.pk}")]
    assert codes(office, *wrong) == [404] * 3


# ---- the worked example on the page


def test_the_worked_logic_is_told_with_what_blocks_apart_from_what_warns(ground, office):
    logic, nodes = worked(ground)
    page = office.get(of(logic)).text
    assert "2 saker hindrar att utkastet fastställs" in page
    assert "Gör ett nytt utkast av den här versionen" not in page
    for share in ("2 av 3 aktiviteter", "2 av 3 effekter", "1 av 2 nyttor"):
        assert share in page
    blocks, warns = page.split('id="se-over"')[0].split('id="hindrar"')[1], page.split('id="se-over"')[1]
    for code in ("X1", "L2"):
        assert f"Ingen aktivitet leder till {code} Steget {code}." in blocks
    assert "Mellan P2 Steget P2 och L1 Steget L1 saknas ett led." in warns
    assert "A3 Steget A3 leder inte till någon effekt eller nytta." in warns
    for code in ("A3", "X1", "L2"):
        assert f"{code} Steget {code} står för sig" in warns
    back = link(ground, nodes["L1"], nodes["A1"])
    page = office.get(of(logic)).text
    assert "Kedjan går runt: A1 → P1 → K1 → M1 → L1 → A1." in page
    assert "Kopplingen från L1 Steget L1 till A1 Steget A1 går bakåt." in page
    EffectEdge.objects.filter(pk=back.pk).update(is_feedback=True)
    page = office.get(of(logic)).text
    assert "Kedjan går runt" not in page
    assert 'class="returns"' in page


def test_the_outline_comes_before_the_picture_and_each_step_is_written_out_once(ground, office):
    logic, nodes = worked(ground)
    link(ground, nodes["A2"], nodes["P1"])
    page = office.get(of(logic)).text
    assert page.index('id="disposition"') < page.index('class="logic"')
    for code in nodes:
        assert page.count(f'id="steg-{code}"') == 1
    outline = page.split('id="disposition"')[1].split("</section>")[0]
    assert outline.count("<ul") == outline.count("</ul>")
    assert outline.count("<li>") == outline.count("</li>") == len(nodes) + 2  # L1 and P1 are named again
    assert "(står på ett annat ställe)" in outline


def test_picture_and_table_hold_the_same_steps_and_edges(ground, office):
    logic, nodes = worked(ground)
    link(ground, nodes["L1"], nodes["A1"], is_feedback=True)
    link(ground, nodes["A1"], nodes["P1"], polarity=-1)
    page = office.get(of(logic)).text
    picture, table = page.split('<svg class="logic"')[1].split("</svg>")[0], page.split("</svg>")[-1]
    table = page.split("Bilden som tabell</caption>")[1].split("</table>")[0]
    drawn, told = (sorted(re.findall(r'data-edge="([^"]+)"', part)) for part in (picture, table))
    assert drawn == told
    assert len(drawn) == 9
    steps = set(re.findall(r'data-step="([^"]+)"', picture))
    ends = {code for edge in told for code in re.split(r" [+-] ", edge)}
    assert steps == ends | set(re.findall(r'data-step="([^"]+)"', table)) == set(nodes)


def test_the_picture_has_a_name_and_words_and_can_be_scrolled_by_keyboard(ground, office):
    logic, _nodes = whole(ground)
    page = office.get(of(logic)).text
    assert 'role="img" aria-labelledby="bild-namn bild-sagt"' in page
    assert '<title id="bild-namn">Från förfrågan till patientnytta</title>' in page
    assert re.search(r'<div class="scroll" role="group" aria-labelledby="bilden" tabindex="0">\s*<svg', page)
    assert "4 steg från vänster till höger. 3 kopplingar mellan dem." in page


def test_gaps_in_the_picture_have_a_shape_and_a_word(ground, office):
    logic, _nodes = worked(ground)
    picture = office.get(of(logic)).text.split('<svg class="logic"')[1].split("</svg>")[0]
    box = picture.split('data-step="L2"')[1].split("</g>")[0]
    assert "#mark-breach" in box
    assert "hindrar: G1, G2" in box
    edge = picture.split('data-edge="P2 + L1"')[1].split("</g>")[0]
    assert "#mark-judge" in edge
    assert "se över: G4" in edge


def test_the_earliest_day_of_the_lag_example_is_on_the_page(ground, client):
    logic, _nodes = whole(ground)
    adopt(ground, logic)
    assert "kan synas tidigast 2030-01-01" in client.get(of(logic)).text


# ---- openness of what it names


def test_a_goal_that_one_may_not_know_of_is_not_named(ground, client, office):
    goal = ground.goal("Hemligt mål", kind="organ", openness="parties")
    logic, nodes = whole(ground)
    EffectNode.objects.filter(pk=nodes["K1"].pk).update(goal=goal)
    ground.indicator("secret", "Hemlig indikator", openness="parties")
    adopt(ground, logic)
    assert "Hemlig" not in client.get(of(logic)).text
    assert "som inte är öppen för dig" in client.get(of(logic)).text
    assert "Hemlig indikator" in office.get(of(logic)).text


# ---- branches


def test_the_national_page_tells_which_branches_serve_each_step_and_which_have_none(ground, network, client, party):
    national, _nodes = whole(ground)
    adopt(ground, national)
    branch, _steps = whole(ground, organ=network, letters=("A2", "P2", "K2", "L2"))
    step(ground, branch, "activity", "A3", serves="A1")
    page = client.get(of(national)).text
    assert "Hjärtnätverket" not in page
    assert "Hjärtnätverket (utkast)" in party.get(of(national)).text
    link(ground, branch.nodes.get(code="A3"), branch.nodes.get(code="P2"))
    adopt(ground, branch)
    page = client.get(of(national)).text
    served, unserved = page.split('id="grenar"')
    assert "Hjärtnätverket</a>" in served
    assert "A1 Steget A1" not in unserved.split("</section>")[0]
    assert "P1 Steget P1" in unserved.split("</section>")[0]


def test_a_branch_is_told_when_the_step_it_serves_is_gone(ground, network, party):
    national, _nodes = whole(ground)
    adopt(ground, national)
    branch = begun(ground, network)
    step(ground, branch, "activity", serves="K1")
    assert "bidrar till K1 Steget K1" in party.get(of(branch)).text
    later = next_draft(logic=national, **asked(ground))
    remove_node(node=later.nodes.get(code="K1"), **asked(ground))
    link(ground, later.nodes.get(code="P1"), later.nodes.get(code="L1"))
    assert "A2 Steget activity bidrar till K1" in party.get(of(later)).text
    adopt(ground, later)
    assert "K1 finns inte längre i den nationella" in party.get(of(branch)).text


# ---- written, step by step, without scripts


def about_step(**said):
    return {"act": "add", "kind": "activity", "text": "Svara på förfrågningar", **said}


def test_a_logic_is_begun_written_closed_and_adopted_on_the_pages(ground, office):
    goal = ground.goal("Fler startade prövningar")
    begin = {"act": "begin", "organ": "national", "title": "Ny logik", "plan": ground.plan.pk, "openness": "public"}
    assert office.post(HERE, begin).status_code == 302
    logic = EffectLogic.objects.get()
    write = of(logic, "skota/")
    assert office.post(f"{write}?nytt", about_step(area="hjärta", owner_role="kanslichef")).status_code == 302
    under = {
        "act": "under",
        "kind": "output",
        "text": "Fler svar i tid",
        "mechanism": "Någon svarar",
        "lag_months": "6",
    }
    assert office.post(f"{write}?steg=A1", under).status_code == 302
    under = {"act": "under", "kind": "benefit", "text": "Patienter får ny vård", "goal": goal.pk}
    assert office.post(f"{write}?steg=P1", under).status_code == 302
    assert [(each.src.code, each.dst.code, each.lag_months) for each in logic.edges.all()] == [
        ("A1", "P1", 6),
        ("P1", "L1", None),
    ]
    lone = office.post(f"{write}?nytt", about_step(kind="short_effect", text="Snabbare start"))
    assert lone.status_code == 302
    said = {"act": "adopt", "decision": "Styrelsen, § 5", "adopted_on": "2026-07-30"}
    refused = office.post(of(logic), said)
    assert refused.status_code == 422
    assert "Ingen aktivitet leder till K1 Snabbare start." in refused.text
    lead = {"act": "lead", "dst": "K1", "evidence": "supported", "contribution": "necessary", "polarity": "1"}
    assert office.post(f"{write}?steg=P1", lead).status_code == 302
    assert office.post(of(logic), said).status_code == 302
    logic.refresh_from_db()
    assert (logic.status, logic.decision) == ("adopted", "Styrelsen, § 5")


def test_a_step_is_changed_and_taken_away_on_its_page(ground, office):
    logic, nodes = whole(ground)
    write = of(logic, "skota/")
    page = office.get(f"{write}?steg=P1").text
    assert 'value="Steget P1"' in page
    changed = {"act": "change", "kind": "output", "text": "Ny text", "owner_role": "kanslichef"}
    assert office.post(f"{write}?steg=P1", changed).status_code == 302
    assert EffectNode.objects.get(pk=nodes["P1"].pk).text == "Ny text"
    gone = office.post(f"{write}?steg=P1", {"act": "remove"})
    assert (gone.status_code, gone["Location"]) == (302, write)
    assert not EffectNode.objects.filter(pk=nodes["P1"].pk).exists()


def test_an_edge_is_changed_with_its_assumptions_and_taken_away_on_its_page(ground, office):
    logic, nodes = whole(ground)
    ground.indicator("replies", "Svar i tid")
    edge = EffectEdge.objects.get(src=nodes["A1"])
    here = of(logic, f"skota/?koppling={edge.pk}")
    said = {
        "act": "edge",
        "mechanism": "Därför att",
        "lag_months": "3",
        "evidence": "mixed",
        "evidence_source": "Rapport",
        "contribution": "necessary",
        "polarity": "-1",
        "is_feedback": ["yes"],
    }
    assert office.post(here, said).status_code == 302
    edge.refresh_from_db()
    assert (edge.mechanism, edge.lag_months, edge.evidence, edge.polarity, edge.is_feedback) == (
        "Därför att",
        3,
        "mixed",
        -1,
        True,
    )
    assume = {"act": "assume", "kind": "external_factor", "text": "Lagen gäller", "indicator_code": "replies"}
    assert office.post(here, assume).status_code == 302
    row = Assumption.objects.get()
    check = {"act": "check", "assumption": row.pk, "verdict": "uncertain", "said_on": "2026-07-01", "note": "Oklart"}
    assert office.post(of(logic), check).status_code == 302
    assert "osäkert" in office.get(of(logic)).text
    assert office.post(here, {"act": "unassume", "assumption": row.pk}).status_code == 302
    assert not AssumptionCheck.objects.exists()
    assert office.post(here, {"act": "remove_edge"})["Location"] == of(logic, "skota/")
    assert logic.edges.count() == 2


def test_what_is_refused_is_said_with_all_that_was_typed(ground, office):
    logic, _nodes = whole(ground)
    answer = office.post(of(logic, "skota/?nytt"), about_step(text="Ring 19121212-1212", area="hjärta"))
    assert answer.status_code == 422
    assert "personnummer" in answer.text
    assert 'value="hjärta"' in answer.text


def test_what_is_adopted_is_not_written_on_its_page(ground, office):
    logic, _nodes = whole(ground)
    adopt(ground, logic)
    page = office.get(of(logic, "skota/"))
    assert "ändras inte" in page.text
    assert "Gör ett nytt utkast av den här versionen" in office.get(of(logic)).text
    answer = office.post(of(logic, "skota/?nytt"), about_step())
    assert answer.status_code == 422
    assert "Börja på ett nytt utkast" in answer.text
    copied = office.post(of(logic), {"act": "redraft"})
    assert (copied.status_code, copied["Location"]) == (302, HERE)
    assert EffectLogic.objects.filter(status="draft", version=2, based_on=logic).exists()


def test_one_seated_begins_a_branch_of_their_organ_and_no_other(ground, network, seated):
    other = ground.organ("Cancernätverket", level="network")
    page = seated.get(HERE).text
    assert str(network.pk) in page
    assert f'value="{other.pk}"' not in page
    begin = {"act": "begin", "organ": network.pk, "title": "Vår gren", "openness": "public"}
    assert seated.post(HERE, begin).status_code == 302
    assert EffectLogic.objects.get().organ == network


def test_a_visitor_and_a_party_begin_nothing(ground, client, party):
    begin = {"act": "begin", "organ": "national", "title": "Ny logik", "openness": "public"}
    assert client.post(HERE, begin).status_code == party.post(HERE, begin).status_code == 403
    assert not EffectLogic.objects.exists()


def test_what_is_said_of_the_whole_is_changed_on_its_page(ground, office):
    logic = begun(ground)
    said = {"act": "about", "title": "Ny rubrik", "plan": "", "openness": "parties"}
    assert office.post(of(logic, "skota/?om"), said).status_code == 302
    logic.refresh_from_db()
    assert (logic.title, logic.plan, logic.openness) == ("Ny rubrik", None, "parties")


def test_empty_pages_say_what_to_do(ground, office, client):
    assert "Ingen effektlogik finns än" in client.get(HERE).text
    assert "Börja ett utkast här under" in office.get(HERE).text
    logic = begun(ground)
    assert "Börja med en aktivitet" in office.get(of(logic)).text


def test_every_act_on_a_logic_has_its_words_in_the_ledger():
    found = set()
    for path in Path(acts.__path__[0]).glob("logic*.py"):
        found |= set(re.findall(r'"(followup\.[a-z.]+)"', path.read_text()))
    assert found == set(WORDS)


# ---- queries


@pytest.mark.parametrize("count", [3, 30])
def test_the_pages_ask_as_much_whatever_they_hold(ground, network, office, count, django_assert_num_queries):
    logic = begun(ground)
    former = None
    for number in range(count):
        goal = ground.goal(f"Mål {number}")
        made = step(ground, logic, "output" if former else "activity", goal=goal, owner_organ=network)
        if former:
            edge = link(ground, former, made)
            add_assumption(edge=edge, kind="risk", text="Något", **asked(ground))
        former = made
        ground.indicator(f"i{number}", node=made.code)
    begun(ground, network)
    first = EffectEdge.objects.filter(logic=logic).first()
    assert first is not None
    for address, queries in (
        (HERE, 10),
        (of(logic), 10),
        (of(logic, "skota/"), 10),
        (of(logic, "skota/?nytt"), 10),
        (of(logic, "skota/?om"), 9),
        (of(logic, "skota/?steg=A1"), 10),
        (of(logic, f"skota/?koppling={first.pk}"), 10),
    ):
        with django_assert_num_queries(queries):
            assert office.get(address).status_code == 200
