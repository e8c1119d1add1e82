"""The pages of a collaboration: who sees it, what they may do, and what each page says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import world
from tests.collaborating import NOW, Sides, approved, begun, changed, fresh, judge_all, plan, submitted, waiting
from tests.world import let_in
from tillit.apps.collaborations.actions import drafting
from tillit.apps.collaborations.models import Judgement

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return Sides()


def test_a_draft_is_the_proposer_s_and_what_is_handed_in_is_both_sides_(client, sides):
    made = begun(sides, plan(sides))
    address = f"/samverkan/{made.public_id}/"
    assert let_in(client, sides.author).get(address).status_code == 200
    assert let_in(client, sides.contact).get(address).status_code == 404
    assert "Lunch om hjärtsvikt" not in client.get("/samverkan/").content.decode()

    assert let_in(client, sides.author).post(f"{address}lamna-in/", {"revision": made.revision}).status_code == 302

    assert fresh(made).state == "submitted"
    assert let_in(client, sides.contact).get(address).status_code == 200
    assert "Lunch om hjärtsvikt" in client.get("/samverkan/").content.decode()


def test_others_know_nothing_of_it_and_nobody_reads_signed_out(client, sides):
    made = submitted(sides, plan(sides))
    stranger = world.person("Ola Vik", organisation=world.company("Annat AB"), roles=("compliance_officer",))
    assert let_in(client, stranger).get(f"/samverkan/{made.public_id}/").status_code == 404
    assert client.get("/samverkan/S-NOSUCH/").status_code == 404
    client.logout()
    assert client.get(f"/samverkan/{made.public_id}/").status_code == 302


def test_the_page_tells_what_it_waits_for_and_how_the_rules_stand(client, sides):
    made = submitted(sides, plan(sides))
    text = let_in(client, sides.contact).get(f"/samverkan/{made.public_id}/").content.decode()
    for said in ("Väntar på företagets kontroll", "Eli Sund", "500,00", "inte sagt", "Version 1", "Öppenhet"):
        assert said in text


def test_a_draft_that_was_changed_after_it_was_read_is_not_handed_in(client, sides):
    made = begun(sides, plan(sides))
    refused = let_in(client, sides.author).post(f"/samverkan/{made.public_id}/lamna-in/", {"revision": 99})
    assert refused.status_code == 422
    assert "Läs igenom igen" in refused.content.decode()
    assert fresh(made).state == "draft"


def test_a_stop_is_told_with_its_way_out(client, sides):
    content = plan(sides)
    content["collaboration"]["companions_allowed"] = True
    made = begun(sides, content)
    refused = let_in(client, sides.author).post(f"/samverkan/{made.public_id}/lamna-in/", {"revision": made.revision})
    assert refused.status_code == 422
    assert "bryter mot reglerna" in refused.content.decode()


def test_a_change_shows_what_it_reopens_before_it_is_handed_in(client, sides):
    made = approved(sides, plan(sides))
    draft = made.draft
    draft["leg"] = [{"id": "l1", "traveller": "p1", "flight": False, "gap_hours": "2.0"}]
    drafting.save_draft(
        collaboration=made, content=draft, revision=made.revision, by=sides.author, acting_for=sides.company, at=NOW
    )
    address = f"/samverkan/{made.public_id}/lamna-in/"
    text = let_in(client, sides.author).get(address).content.decode()
    assert "företagets kontroll: Nordkap Pharma AB" in text
    assert "arbetsgivarens godkännande: Eli Sund" in text
    assert "Fia Dahl" not in text
    sent = {"revision": fresh(made).revision, "reason": "Tåg i stället."}
    assert client.post(address, sent).status_code == 302
    assert len(waiting(made)) == 2
    assert "Tåg i stället." in client.get(f"/samverkan/{made.public_id}/version/2/").content.decode()


def test_what_a_person_must_judge_is_judged_on_its_page(client, sides):
    made = submitted(sides, plan(sides))
    address = f"/samverkan/{made.public_id}/bedom/"
    page = let_in(client, sides.contact).get(address)
    asked = page.context["asked"]
    assert len(asked) > 5
    unsaid = client.post(address, {f"j.v.{asked[0].same.key}": "yes"})
    assert unsaid.status_code == 422
    assert not Judgement.objects.exists()
    sent = {f"j.v.{each.same.key}": "yes" for each in asked} | {f"j.w.{each.same.key}": "Prövat." for each in asked}
    assert client.post(address, sent).status_code == 302
    assert {each.by for each in Judgement.objects.all()} == {sides.contact}


def test_an_author_may_not_judge_and_an_auditor_may_not_write(client, sides):
    made = submitted(sides, plan(sides))
    assert let_in(client, sides.author).get(f"/samverkan/{made.public_id}/bedom/").status_code == 403
    auditor = world.person("Ulf Ros", organisation=sides.company, roles=("auditor",))
    assert let_in(client, auditor).get(f"/samverkan/{made.public_id}/").status_code == 200
    assert client.post(f"/samverkan/{made.public_id}/avsluta/", {"act": "cancel", "reason": "x"}).status_code == 403


def test_a_document_is_put_on_file_and_comes_back_as_it_was(client, sides, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = submitted(sides, plan(sides))
    address = f"/samverkan/{made.public_id}/handlingar/"
    let_in(client, sides.contact)
    assert client.post(address, {"sort": "agreement", "title": "Avtal"}).status_code == 422
    file = SimpleUploadedFile("avtal.txt", "Vi är överens.".encode())
    assert client.post(address, {"sort": "agreement", "title": "Avtal", "file": file}).status_code == 302
    paper = made.papers.get()
    key = paper.document.versions.get().pk
    assert client.get(f"{address}{key}/").content.decode() == "Vi är överens."


def test_it_is_called_off_with_a_reason_and_not_without(client, sides):
    made = submitted(sides, plan(sides))
    address = f"/samverkan/{made.public_id}/avsluta/"
    assert let_in(client, sides.author).post(address, {"act": "cancel", "reason": " "}).status_code == 422
    assert client.post(address, {"act": "cancel", "reason": "Sjukdom."}).status_code == 302
    assert (fresh(made).state, fresh(made).state_reason) == ("cancelled", "Sjukdom.")


def test_the_list_is_searched_and_sifted_and_takes_few_queries(client, sides, django_assert_max_num_queries):
    made = submitted(sides, plan(sides))
    changed(made, sides, lambda draft: draft["about"].update(title="Möte om Åldrande"))
    let_in(client, sides.author)
    client.get("/samverkan/")
    with django_assert_max_num_queries(8):
        assert "Möte om Åldrande" in client.get("/samverkan/?q=åldrande").content.decode()
    assert "Möte om Åldrande" not in client.get("/samverkan/?lage=closed").content.decode()
    assert "Möte om Åldrande" in client.get("/samverkan/?ar=2026&lage=submitted").content.decode()
    assert client.get("/samverkan/?ar=x&efter=nonsens").status_code == 200


def test_the_page_takes_as_many_queries_with_many_as_with_few(client, sides, django_assert_max_num_queries):
    made = approved(sides, plan(sides))
    let_in(client, sides.officer)
    with django_assert_max_num_queries(24):
        client.get(f"/samverkan/{made.public_id}/")
    judge_all(made, sides)
