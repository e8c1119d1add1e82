"""The list, the page of an organisation, its facts, ties and ledger."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from tests import world
from tests.world import let_in
from tillit.apps.audit.models import Act
from tillit.apps.parties.models import Invitation, Organisation

HERE = "/organisationer/"


def of(organisation, part=""):
    return f"{HERE}{organisation.pk}/{part}"


@pytest.mark.parametrize("address", [HERE, f"{HERE}ny/", "/franvaro/"])
def test_a_visitor_is_led_to_sign_in(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={address}")


def test_the_list_is_searched_filtered_and_kept_in_the_form(client, sara):
    world.company("Nordkap Pharma AB")
    let_in(client, sara)
    page = client.get(HERE, {"q": "nordkap", "slag": "company"})
    assert "Nordkap Pharma AB" in page.text
    assert "Region Fjällmark</a>" not in page.text
    assert 'value="nordkap"' in page.text
    assert '<option value="company" selected>' in page.text
    assert "Ingen organisation passar" in client.get(HERE, {"q": "finns inte"}).text


@pytest.mark.parametrize(
    "odd", [{"sida": "x"}, {"sida": "-1"}, {"sida": "9" * 30}, {"slag": "'"}, {"q": "\x00%"}, {"lan": "99"}]
)
def test_odd_questions_are_answered_with_a_page(client, sara, odd):
    assert let_in(client, sara).get(HERE, odd).status_code == 200


def test_a_long_list_is_turned_page_by_page_in_few_queries(client, sara, django_assert_max_num_queries):
    for n in range(60):
        world.company(f"Bolag {n:02}")
    let_in(client, sara)
    with django_assert_max_num_queries(8):
        first = client.get(HERE, {"slag": "company"})
    assert "Bolag 49" in first.text
    assert "Bolag 50" not in first.text
    assert "?slag=company&amp;sida=2" in first.text
    assert "Bolag 50" in client.get(HERE, {"slag": "company", "sida": 2}).text


def test_who_works_there_sees_its_people_and_nobody_else_does(client, care, sara, outsider):
    for person, sees in ((sara, True), (outsider, False)):
        page = let_in(client, person).get(of(care))
        assert page.status_code == 200
        assert ("sara@example.se" in page.text) is sees
        assert "Medicinkliniken" in page.text
        assert "Sköta organisationen" not in page.text


def test_an_administrator_finds_what_there_is_to_do(admin, care):
    page = admin.get(of(care)).text
    for part in ("personer/", "enheter/ny/", "upphandlingar/", "uppgifter/", "band/", "logg/"):
        assert f'href="{of(care, part)}"' in page


def test_an_organisation_that_is_not_there_is_not_found(admin):
    assert admin.get(f"{HERE}00000000-0000-0000-0000-000000000000/").status_code == 404


def test_other_names_owners_members_and_what_became_of_it_are_told(client, sara):
    small, large = world.company("Lilla AB"), world.company("Stora AB")
    large.parent = world.company("Koncernen AB")
    large.save()
    large.aliases.create(name="Mellan AB", valid_to=date(2025, 5, 1))
    large.memberships.create(association=world.organisation("Branschen", "trade_association"))
    Organisation.objects.filter(pk=small.pk).update(merged_into=large, merged_on=date(2026, 1, 1))
    page = let_in(client, sara).get(of(large)).text
    for told in ("Koncernen AB", "Mellan AB", "2025-05-01", "Branschen", "Lilla AB"):
        assert told in page
    assert "Uppgick 2026-01-01 i" in client.get(of(small)).text


# ---------------------------------------------------------------- added and changed


SAID = {"act": "add", "kind": "company", "name": "Nya AB", "branch": "pharma"}


def test_an_operator_adds_an_organisation(client, drift):
    let_in(client, drift)
    assert client.get(f"{HERE}ny/").status_code == 200
    answer = client.post(f"{HERE}ny/", SAID, follow=True)
    assert "Organisationen är tillagd." in answer.text
    assert Act.objects.get(action="parties.organisation_added").by == drift


def test_an_operator_asks_in_the_first_administrator(client, drift):
    new = let_in(client, drift).post(f"{HERE}ny/", SAID).url
    assert "Bjud in en administratör" in client.get(new).text
    client.post(new, {"act": "invite", "name": "Nina Ny", "email": "nina@example.se"})
    invitation = Invitation.objects.get()
    assert (invitation.organisation.name, invitation.roles) == ("Nya AB", ["administrator"])


def test_nobody_else_adds_one(client, anna):
    let_in(client, anna)
    assert client.get(f"{HERE}ny/").status_code == 403
    assert client.post(f"{HERE}ny/", SAID).status_code == 403
    assert not Organisation.objects.filter(name="Nya AB").exists()


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(client, drift):
    page = let_in(client, drift).post(f"{HERE}ny/", SAID | {"number": "900101-0017", "name": "Min firma"})
    assert page.status_code == 422
    assert '<a href="#add-number">' in page.text
    assert 'id="add-number_error">Numret är ett personnummer' in page.text
    assert 'aria-describedby="add-number_helptext add-number_error"' in page.text
    assert 'value="Min firma"' in page.text


def test_an_administrator_changes_the_facts_and_the_old_name_stays(admin, care):
    assert 'value="Region Fjällmark"' in admin.get(of(care, "uppgifter/")).text
    said = {"act": "change", "name": "Region Fjäll", "county_code": "23", "municipality_code": "2380"}
    assert "Sparat." in admin.post(of(care, "uppgifter/"), said, follow=True).text
    care.refresh_from_db()
    assert (care.name, care.municipality_code) == ("Region Fjäll", "2380")
    assert care.aliases.get().name == "Region Fjällmark"
    assert Act.objects.get().acting_for == str(care.pk)


@pytest.mark.parametrize("part", ["uppgifter/", "band/", "personer/", "enheter/ny/", "upphandlingar/", "logg/"])
def test_an_administrator_of_another_organisation_changes_nothing_here(client, care, outsider, sara, part):
    for person in (outsider, sara):
        let_in(client, person)
        assert client.get(of(care, part)).status_code == 403
        assert client.post(of(care, part), {"act": "add"}).status_code in (403, 405)


def test_a_form_that_the_page_does_not_have_is_no_request(admin, care):
    assert admin.post(of(care, "uppgifter/"), {"act": "merge"}).status_code == 400
    assert admin.post(of(care, "band/"), {"act": "parent", "parent": ""}).status_code == 400


# ---------------------------------------------------------------- ties


def test_a_company_joins_and_leaves_an_association(client, outsider):
    company = outsider.roles.get().organisation
    lif = world.organisation("Branschen", "trade_association")
    let_in(client, outsider)
    said = {"act": "join", "association": str(lif.pk), "since": "2026-01-01"}
    assert "Medlem från 2026-01-01" in client.post(of(company, "band/"), said, follow=True).text
    membership = company.memberships.get()
    ended = {"act": f"part-{membership.pk}", "until": localdate().isoformat()}
    assert "Medlemskapet är avslutat." in client.post(of(company, "band/"), ended, follow=True).text


def test_an_operator_says_who_owns_whom_and_who_has_become_one(client, drift):
    small, large = world.company("Lilla AB"), world.company("Stora AB")
    let_in(client, drift)
    client.post(of(small, "band/"), {"act": "parent", "parent": "stora ab"})
    small.refresh_from_db()
    assert small.parent == large
    wrong = client.post(of(small, "band/"), {"act": "merge", "into": "Okända AB", "on": "2026-13-01"})
    assert wrong.status_code == 422
    assert "Ingen eller flera organisationer heter så" in wrong.text
    assert "Skriv dagen som 2026-02-01." in wrong.text
    client.post(of(small, "band/"), {"act": "merge", "into": "Stora AB", "on": localdate().isoformat()})
    small.refresh_from_db()
    assert small.merged_into == large
    assert "inget mer att göra" in client.get(of(small, "band/")).text


def test_an_organisation_leaves_and_is_taken_in_again_by_an_operator(client, anna, care, drift):
    let_in(client, anna).post(of(care, "band/"), {"act": "leave", "on": localdate().isoformat()})
    care.refresh_from_db()
    assert care.left_on == localdate()
    assert client.get(of(care, "band/")).status_code == 403
    let_in(client, drift).post(of(care, "band/"), {"act": "back"})
    care.refresh_from_db()
    assert care.left_on is None


# ---------------------------------------------------------------- the ledger


def test_the_ledger_is_read_by_auditors_and_administrators_in_words(client, anna, care, sara):
    let_in(client, anna).post(of(care, "enheter/ny/"), {"act": "add", "name": "Ögonkliniken", "key": "9"})
    world.role(sara, care, "auditor")
    page = let_in(client, sara).get(of(care, "logg/")).text
    assert "Enhet tillagd" in page
    assert "Anna Admin" in page


def test_every_act_has_its_words():
    import ast
    from pathlib import Path

    import tillit
    from tillit.web.parties.log_words import WORDS

    noted = set()
    for path in Path(tillit.__file__).parent.joinpath("apps").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "note":
                noted |= {each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)}
    whole = {
        code
        for code in noted
        if isinstance(code, str) and code.startswith(("parties.", "documents.")) and code[-1] != "."
    }
    assert len(whole) > 20
    assert whole - set(WORDS) == set()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_are_there_in_both_languages(admin, care, prefix):
    for address in (
        HERE,
        of(care),
        of(care, "uppgifter/"),
        of(care, "band/"),
        of(care, "personer/"),
        of(care, "logg/"),
    ):
        page = admin.get(prefix + address)
        assert page.status_code == 200
        assert page.text.count("<h1>") == 1
