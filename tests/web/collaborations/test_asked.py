"""What the questions ask in a collaboration, what is told by name, and what waits for employers only."""

import pytest

from tests.collaborating import NOW, Sides, approved, begun, changed, fresh, judge_all, plan, submitted, waiting, yes
from tests.world import let_in
from tillit.apps.collaborations import gates
from tillit.apps.collaborations.actions import partaking
from tillit.apps.collaborations.assessing import tried
from tillit.apps.collaborations.models import Collaboration, Judgement
from tillit.apps.collaborations.whole import whole_of
from tillit.apps.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return Sides()


def without_kind(sides):
    content = plan(sides)
    del content["collaboration"]["kind"]
    return content


def test_what_kind_it_is_can_be_said_and_is_kept(client, sides):
    made = begun(sides, without_kind(sides))
    address = f"/samverkan/{made.public_id}/fragor/vad/"
    assert "q.kind" in let_in(client, sides.author).get(address).content.decode()
    client.post(address, {"revision": made.revision, "go": "next", "q.kind": "educational_meeting"})
    assert fresh(made).draft["collaboration"]["kind"] == "educational_meeting"


def test_what_the_record_knows_is_not_asked(client, sides):
    made = begun(sides, plan(sides))
    let_in(client, sides.author)
    what = client.get(f"/samverkan/{made.public_id}/fragor/vad/").content.decode()
    assert "q.company_branch" not in what
    assert "q.care_provider" not in what
    who = client.get(f"/samverkan/{made.public_id}/fragor/vilka/").content.decode()
    assert "employer_approval" not in who
    assert 'value="p1">' in who  # which row it is
    assert "Eli Sund" in who
    assert "r.participant.0.id" not in who


def test_a_step_is_left_for_another_and_what_was_typed_is_kept(client, sides):
    made = begun(sides, plan(sides))
    address = f"/samverkan/{made.public_id}/fragor/vilka/"
    sent = {"revision": made.revision, "to": "paid", "q.companions_allowed": "no", "q.expected_participants": "12"}
    answered = let_in(client, sides.author).post(address, sent)
    assert answered["Location"].endswith("/fragor/betalt/")
    assert fresh(made).draft["collaboration"]["expected_participants"] == 12


def test_the_last_step_leads_on_though_documents_are_not_asked_for_there(client, sides):
    made = begun(sides, plan(sides))
    sent = {"revision": made.revision, "go": "next", "q.information_withheld": "no", "q.review_refused": "no"}
    answered = let_in(client, sides.author).post(f"/samverkan/{made.public_id}/fragor/handlingar/", sent)
    assert answered["Location"].endswith(f"/samverkan/{made.public_id}/")


def test_who_travels_is_chosen_by_name(client, sides):
    content = plan(sides)
    content["leg"] = [{"id": "l1", "traveller": "p1", "flight": False}]
    made = begun(sides, content)
    page = let_in(client, sides.author).get(f"/samverkan/{made.public_id}/fragor/betalt/").content.decode()
    assert '<option value="p1" selected>Eli Sund</option>' in page


def test_whether_all_participants_are_there_is_said_where_they_are_written(client, sides):
    made = begun(sides, plan(sides))
    address = f"/samverkan/{made.public_id}/deltagare/"
    let_in(client, sides.author)
    for said, kept in (("more", False), ("all", True), ("unknown", None)):
        client.post(address, {"revision": fresh(made).revision, "r.1.name": "en läkare", "whole": said})
        assert fresh(made).draft["records"]["participant"].get("complete") is kept
    assert 'name="whole" value="unknown" checked' in client.get(address).content.decode()


def test_a_contact_is_somebody_who_works_with_it_there(client, sides):
    made = begun(sides, plan(sides))
    party = made.parties.get(organisation=sides.region)
    act = {"collaboration": made, "party": party, "unit": None, "by": sides.author, "acting_for": sides.company}
    with pytest.raises(Refused, match="arbetar inte med samverkan där"):
        partaking.place_party(**act, at=NOW, contact=sides.officer)
    address = f"/samverkan/{made.public_id}/parter/"
    sent = {"act": "place", "party": party.pk, "unit": str(sides.clinic.pk), "contact": str(sides.head.pk)}
    assert let_in(client, sides.author).post(address, sent).status_code == 302
    assert made.parties.get(pk=party.pk).contact == sides.head
    assert client.post(address, sent | {"contact": str(sides.officer.pk)}).status_code == 422
    assert made.parties.get(pk=party.pk).contact == sides.head


def test_what_only_waits_for_an_employer_is_not_told_as_lacking(client, sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    result = tried(whole_of(fresh(made)), today=NOW.date())
    assert gates.only("undecided", gates.hindrances(result.check))
    assert not gates.only("undecided", gates.hindrances(result.settled))
    assert result.outcome == "meets"
    assert fresh(made).outcome == "meets"
    text = let_in(client, sides.contact).get(f"/samverkan/{made.public_id}/").content.decode()
    assert "Uppgift saknas" not in text


def test_what_an_employer_has_said_counts(sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    from tillit.apps.collaborations.actions import answering

    answering.answer(
        approval=waiting(made)[0], answer="declined", seen_version=1, by=sides.head, at=NOW, reason="Bemanning."
    )
    assert tried(whole_of(fresh(made)), today=NOW.date()).outcome == "breach"


def test_judgements_tell_what_was_judged_and_the_log_is_in_words(client, sides):
    made = approved(sides, plan(sides))
    text = let_in(client, sides.officer).get(f"/samverkan/{made.public_id}/").content.decode()
    assert "Är samverkan som helhet rimlig? Ja" in " ".join(text.split())
    assert "Godkänd av alla som ska svara" in text
    assert "collaborations.now_" not in text
    assert "collaborations.answered_" not in text


def test_a_change_tells_what_came_and_about_whom_and_what_it_replaced(client, sides):
    made = approved(sides, plan(sides))
    leg = {"id": "tåget", "traveller": "p1", "flight": False}
    changed(made, sides, lambda draft: draft.update(leg=[leg]))
    (question,) = [each for each in waiting(made) if each.kind == "employer"]
    text = let_in(client, sides.head).get(f"/godkanna/{question.pk}/").content.decode()
    assert "Resa tåget" in text
    assert "Eli Sund" in text.partition("nu: tillagd; ")[2][:300]
    page = client.get(f"/samverkan/{made.public_id}/").content.decode()
    assert page.count("Ersatt av en ny fråga.") == 2


def test_a_question_leads_to_what_must_be_judged_for_those_who_judge(client, sides):
    made = submitted(sides, plan(sides))
    address = f"/godkanna/{waiting(made)[0].pk}/"
    assert f"/samverkan/{made.public_id}/bedom/" in let_in(client, sides.officer).get(address).content.decode()


def test_one_reason_is_kept_for_every_judgement_that_has_none_of_its_own(client, sides):
    made = submitted(sides, plan(sides))
    address = f"/samverkan/{made.public_id}/bedom/"
    asked = let_in(client, sides.contact).get(address).context["asked"]
    sent = {f"j.v.{each.same.key}": "yes" for each in asked}
    refused = client.post(address, {**sent, "j.why": "  "})
    assert refused.status_code == 422
    own = f"j.w.{asked[0].same.key}"
    assert client.post(address, {**sent, "j.why": "Prövat tillsammans.", own: "Eget skäl."}).status_code == 302
    assert set(Judgement.objects.values_list("why", flat=True)) == {"Prövat tillsammans.", "Eget skäl."}


def test_our_own_reasons_of_versions_are_told_in_the_language_of_the_reader(client, sides):
    made = submitted(sides, plan(sides))
    let_in(client, sides.contact)
    for prefix, word in (("", "Inlämnad"), ("/en", "Handed in")):
        assert word in client.get(f"{prefix}/samverkan/{made.public_id}/").content.decode()
        assert word in client.get(f"{prefix}/samverkan/{made.public_id}/version/1/").content.decode()


def test_a_plan_that_all_have_answered_and_something_new_stops_says_so(client, sides):
    made = approved(sides, plan(sides))
    Collaboration.objects.filter(pk=made.pk).update(state="care_reviewed")
    page = let_in(client, sides.author).get(f"/samverkan/{made.public_id}/").content.decode()
    assert "Alla tillfrågade har svarat, men något nytt hejdar" in page
    assert "Väntar på deltagarnas arbetsgivare." not in page


@pytest.mark.parametrize("act", ["carry_out", "reopen"])
def test_what_was_read_before_a_change_is_neither_carried_out_nor_sent_back(client, sides, act):
    made = approved(sides, plan(sides))
    state = {"carry_out": "approved", "reopen": "reported"}[act]
    Collaboration.objects.filter(pk=made.pk).update(state=state, starts_on=NOW.date(), ends_on=NOW.date())
    let_in(client, sides.author if act == "carry_out" else sides.contact)
    stale = {"act": act, "revision": made.revision - 1, "reason": "Fel antal."}
    assert client.post(f"/samverkan/{made.public_id}/utfall/", stale).status_code == 422
    assert fresh(made).state == state
    assert client.post(f"/samverkan/{made.public_id}/utfall/", {**stale, "revision": made.revision}).status_code == 302
