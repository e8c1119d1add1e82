"""Units, people, roles, invitations, procurements and absences, on their pages."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate

from tests import world
from tests.world import let_in
from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Delegation, Invitation, Procurement, Role, Unit


def of(organisation, part=""):
    return f"/organisationer/{organisation.pk}/{part}"


TODAY = localdate


# ---------------------------------------------------------------- units


def test_a_unit_is_added_given_a_head_changed_and_closed(admin, care, clinic, sara):
    said = {"act": "add", "name": "Avdelning 3", "key": "K103", "parent": str(clinic.pk)}
    assert "Enheten är tillagd." in admin.post(of(care, "enheter/ny/"), said, follow=True).text
    ward = Unit.objects.get(key="K103")
    page = of(care, f"enheter/{ward.pk}/")
    assert "Sara Ek" in admin.get(page).text
    admin.post(page, {"act": "head", "head": str(sara.pk)})
    admin.post(page, {"act": "change", "name": "Avdelning III", "key": "K103", "parent": ""})
    ward.refresh_from_db()
    assert (ward.head, ward.name, ward.parent) == (sara, "Avdelning III", None)
    admin.post(page, {"act": "close", "on": TODAY().isoformat()})
    ward.refresh_from_db()
    assert ward.closed_on == TODAY()
    assert "stängd sedan" in admin.get(page).text
    assert admin.post(page, {"act": "head", "head": ""}).status_code == 400


def test_a_key_that_is_taken_is_told_at_its_field(admin, care, clinic):
    page = admin.post(of(care, "enheter/ny/"), {"act": "add", "name": "En till", "key": "K100"})
    assert page.status_code == 422
    assert 'id="add-key_error">Medicinkliniken har redan den nyckeln' in page.text


def test_another_organisations_unit_is_not_found_here(admin, care):
    assert admin.get(of(care, f"enheter/{world.unit(world.company()).pk}/")).status_code == 404


def test_another_organisations_person_is_no_head_here(admin, care, clinic, outsider):
    page = admin.post(of(care, f"enheter/{clinic.pk}/"), {"act": "head", "head": str(outsider.pk)})
    assert page.status_code == 422


# ---------------------------------------------------------------- people


def test_somebody_without_an_account_is_added_and_then_once_more_refused(admin, care, clinic):
    said = {"act": "employ", "name": "Berit Chef", "email": "berit@example.se", "unit": str(clinic.pk), "title": "chef"}
    assert "berit@example.se" in admin.post(of(care, "personer/"), said, follow=True).text
    again = admin.post(of(care, "personer/"), said)
    assert again.status_code == 422
    assert "Berit Chef arbetar redan där." in again.text
    assert Person.objects.filter(email="berit@example.se").count() == 1


def test_somebody_who_is_here_already_keeps_their_name(admin, care, outsider):
    said = {"act": "employ", "name": "Fel Namn", "email": outsider.email.upper()}
    admin.post(of(care, "personer/"), said)
    outsider.refresh_from_db()
    assert outsider.name == "Olle Annan"
    assert outsider.employments.filter(organisation=care).exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "Sara 900101-0017", "email": "s@example.se"}, "name"),
        ({"name": "Sara", "email": ""}, "email"),
        ({"name": "Sara", "email": "inte en adress"}, "email"),
        ({"name": "Sara", "email": "s@example.se", "since": "1/2"}, "since"),
    ],
)
def test_a_person_that_cannot_be_is_told_at_the_field(admin, care, said, field):
    page = admin.post(of(care, "personer/"), {"act": "employ"} | said)
    assert page.status_code == 422
    assert f'id="employ-{field}_error"' in page.text
    assert f'href="#employ-{field}"' in page.text


def test_roles_are_given_and_taken_and_work_ends(admin, care, sara):
    page = of(care, f"personer/{sara.pk}/")
    assert "handläggare" in admin.get(page).text
    admin.post(page, {"act": "give", "role": "auditor", "unit": ""})
    auditor = sara.roles.get(role="auditor")
    admin.post(page, {"act": f"take-{auditor.pk}"})
    auditor.refresh_from_db()
    assert auditor.until == TODAY()
    assert admin.post(page, {"act": f"take-{auditor.pk}"}).status_code == 400
    job = sara.employments.get()
    admin.post(page, {"act": f"end-{job.pk}", "until": TODAY().isoformat()})
    assert not Role.objects.filter(person=sara, until__isnull=True).exists()
    assert "Ingen anställning i dag." in admin.get(page).text


def test_the_last_administrator_is_told_why_the_role_stays(admin, care, anna):
    page = admin.post(of(care, f"personer/{anna.pk}/"), {"act": f"take-{anna.roles.get().pk}"})
    assert page.status_code == 422
    assert "Anna Admin är den sista administratören." in page.text


def test_a_person_of_another_organisation_is_not_found_here(admin, care, outsider):
    assert admin.get(of(care, f"personer/{outsider.pk}/")).status_code == 404


def test_somebody_is_invited_and_the_invitation_taken_back(admin, care, anna):
    said = {"act": "invite", "name": "Nils Ny", "email": "nils@example.se", "roles": ["author", "auditor"], "unit": ""}
    page = admin.post(of(care, "personer/"), said, follow=True).text
    assert "Nils Ny" in page
    invitation = Invitation.objects.get()
    assert (invitation.roles, invitation.invited_by) == (["author", "auditor"], anna)
    admin.post(of(care, "personer/"), {"act": f"withdraw-{invitation.pk}"})
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert mail.outbox == []  # written, and sent by the outbox


def test_an_invitation_without_a_role_is_told_so(admin, care):
    page = admin.post(of(care, "personer/"), {"act": "invite", "name": "Nils", "email": "nils@example.se"})
    assert page.status_code == 422
    assert "Välj minst en roll." in page.text


def test_the_people_of_an_organisation_are_read_in_as_many_queries_however_many_they_are(
    admin, care, django_assert_max_num_queries
):
    for n in range(30):
        world.person(f"Person {n}", organisation=care, roles=["participant"])
    with django_assert_max_num_queries(15):
        assert "Person 29" in admin.get(of(care, "personer/")).text


# ---------------------------------------------------------------- procurements


def test_a_procurement_is_recorded_its_bidders_changed_and_closed(admin, care):
    world.company("Nordkap Pharma AB", number=world.number(5))
    world.company("Ängsblom AB")
    said = {"act": "record", "subject": "Infusionspumpar", "opened_on": "2026-02-01", "bidders": "ängsblom ab\n"}
    page = admin.post(of(care, "upphandlingar/"), said, follow=True).text
    assert "Ängsblom AB" in page
    assert "Pågår" in page
    bought = Procurement.objects.get()
    one = of(care, f"upphandlingar/{bought.pk}/")
    admin.post(one, {"act": "bidders", "bidders": f"Ängsblom AB\n\n{world.number(5)}"})
    assert bought.bidders.count() == 2
    wrong = admin.post(one, {"act": "bidders", "bidders": "Okänt AB"})
    assert wrong.status_code == 422
    assert "heter Okänt AB" in wrong.text
    admin.post(one, {"act": "close", "on": TODAY().isoformat()})
    bought.refresh_from_db()
    assert bought.closed_on == TODAY()
    assert admin.post(one, {"act": "close", "on": TODAY().isoformat()}).status_code == 400


def test_a_company_has_no_page_of_procurements(client, outsider):
    company = outsider.roles.get().organisation
    assert let_in(client, outsider).get(of(company, "upphandlingar/")).status_code == 404


# ---------------------------------------------------------------- away


def test_anybody_says_who_answers_while_they_are_away_and_ends_it(client, care, sara, anna):
    let_in(client, sara)
    assert "Anna Admin" in client.get("/franvaro/").text
    days = {"starts_on": TODAY().isoformat(), "ends_on": (TODAY() + timedelta(days=7)).isoformat()}
    page = client.post("/franvaro/", {"act": "away", "taker": f"{care.pk}.{anna.pk}"} | days, follow=True).text
    assert "Anna Admin svarar åt dig" in page
    absence = Delegation.objects.get()
    assert (absence.giver, absence.taker, absence.organisation) == (sara, anna, care)
    assert "Sara Ek" in let_in(client, anna).get("/franvaro/").text
    assert client.post("/franvaro/", {"act": f"end-{absence.pk}"}).status_code == 400  # not Anna's to end
    let_in(client, sara).post("/franvaro/", {"act": f"end-{absence.pk}"})
    absence.refresh_from_db()
    assert absence.ended_at


def test_a_head_without_any_role_may_be_away_too(client, care, anna):
    boss = world.person("Berit Chef", "berit@example.se", organisation=care)
    assert "Anna Admin" in let_in(client, boss).get("/franvaro/").text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"taker": ""}, "taker"),
        ({"taker": "x.y"}, "taker"),
        ({"starts_on": "2020-01-01"}, "starts_on"),
        ({"ends_on": ""}, "ends_on"),
    ],
)
def test_an_absence_that_cannot_be_is_told_at_its_field(client, care, sara, anna, change, field):
    said = {"act": "away", "taker": f"{care.pk}.{anna.pk}", "starts_on": str(TODAY()), "ends_on": str(TODAY())} | change
    page = let_in(client, sara).post("/franvaro/", said)
    assert page.status_code == 422
    assert f'id="away-{field}_error"' in page.text
    assert not Delegation.objects.exists()


def test_one_who_is_alone_is_told_whom_to_ask(client, db):
    alone = world.person("Ensam", organisation=world.company(), roles=["author"])
    assert "ingen att välja" in let_in(client, alone).get("/franvaro/").text
