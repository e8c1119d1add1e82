"""Models side by side, the five reference collaborations, and a partnership founded from a model."""

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from tests.partnering import model
from tests.web.partnerships.conftest import client_of
from tillit.apps.partnerships.models import Partnership
from tillit.apps.partnerships.references import CELLS, references
from tillit.apps.partnerships.templates import templates
from tillit.web.partnerships.models_told import side_by_side

CODES = [each.code for each in templates()]


@pytest.fixture(autouse=True)
def swedish():
    """A page in English read before leaves its language behind."""
    with translation.override("sv"):
        yield


@pytest.mark.django_db
def test_a_visitor_lays_two_models_side_by_side_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/partnerskap/modeller/", {"a": "forening", "b": "aktiebolag-svb"})
    for seen in ("Ideell förening", "svb", "förslag: R10", "Aktiebolagslagen (2005:551) 8 kap. 21–22 §§"):
        assert seen in page.text
    assert "Lägg upp ett partnerskap" not in page.text


@pytest.mark.django_db
def test_the_reports_own_question_is_what_is_shown_first_and_what_is_no_model_is_passed_over(client):
    page = client.get("/partnerskap/modeller/", {"a": "inget"}).text
    assert '<option value="huvudoverenskommelse" selected>' in page
    assert '<option value="konsortialavtal" selected>' in page
    assert "DESCA Horizon Europe" in page


@pytest.mark.django_db
def test_every_model_answers_every_question_in_both_languages(client):
    for lang in ("sv", "en"):
        rows = side_by_side(tuple(model(code) for code in CODES), lang)
        assert len(rows) == 15
        for row in rows:
            assert len(row.cells) == 6
            if row.question != "Andra organ":
                assert all(row.cells), row.question
    assert "Main agreement" in client.get("/en/partnerskap/modeller/").text


def test_what_differs_is_said_and_what_is_alike_too():
    same = side_by_side((model("forening"), model("forening")), "sv")
    assert not any(row.differs for row in same)
    two = {row.question: row for row in side_by_side((model("forening"), model("konsortialavtal")), "sv")}
    assert two["Form"].differs
    assert two["Åtaganden på beslutande nivå"].cells[0][0].text == "3 åtaganden"


@pytest.mark.django_db
def test_the_five_are_shown_with_aliases_and_marks_and_what_is_not_known(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/partnerskap/jamforelse/").text
    for seen in (
        "ATMP Sverige",
        "Biobank Sverige",
        "Har inte startat.",
        "vår läsning",
        "anslutningsavtal",
        "Samarbetsavtal mellan de 7",
    ):
        assert seen in page
    assert page.count('<th scope="col" id=') == 5
    assert "Uppföljning och måluppfyllnad" in page
    assert "Här visas också området Uppföljning." in page


def test_reference_data_names_a_source_for_every_public_claim_and_no_cell_is_filled_by_guess():
    found = references()
    assert [each.code for each in found.cases] == ["atmp", "biobank", "medtech4health", "swelife", "interoperabilitet"]
    assert all(line.source.startswith("http") for case in found.cases for line in case.lines if line.mark == "P")
    assert [len(found.lessons), len({each.area for each in found.lessons})] == [5, 5]
    council = found.cases[-1]
    assert "E-hälsomyndigheten" not in council.aliases
    assert [line.not_started for line in council.said("follow_up")] == [True]
    assert all(case.said(cell) for case in found.cases for cell in CELLS)


def said(**more):
    day = localdate().isoformat()
    return {"act": "found", "name": "Nytt", "starts_on": day, "openness": "public", **more}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["huvudoverenskommelse", "aktiebolag-svb"])
def test_a_partnership_is_founded_from_a_model_on_the_page(ground, officer, code):
    assert f'<option value="{code}" selected>' in officer.get("/partnerskap/ny/", {"modell": code}).text
    officer.post("/partnerskap/ny/", said(template=code))
    made = Partnership.objects.get(name="Nytt")
    assert (made.template, made.legal_form) == (code, model(code).legal_form)
    assert made.organs.count() == len(model(code).organs)


@pytest.mark.django_db
def test_without_a_model_the_form_must_be_said(ground, officer):
    page = officer.post("/partnerskap/ny/", said(template=""))
    assert page.status_code == 422
    assert not Partnership.objects.filter(name="Nytt").exists()
    assert officer.post("/partnerskap/ny/", said(template="inget")).status_code == 422


@pytest.mark.django_db
def test_one_who_may_found_is_led_on_from_the_comparison(ground):
    page = client_of(ground.officer).get("/partnerskap/modeller/").text
    assert "/partnerskap/ny/?modell=konsortialavtal" in page


@pytest.mark.django_db
def test_a_prospect_of_a_founded_model_signs_what_the_model_says(ground, officer, client):
    officer.post("/partnerskap/ny/", said(template="huvudoverenskommelse"))
    address = f"/partnerskap/{Partnership.objects.get(name='Nytt').slug}/bli-aktor/"
    company = client.get(address, {"slag": "company", "roll": "acceded"}).context["told"]
    tables = {each.key: [row[0].value for row in each.rows] for each in company.tables}
    assert tables["skriva-under"] == ["Anslutningsavtal", "Områdesavtal för ett forskningsområde"]
    assert tables["platser"] == ["Styrelsen", "Områdesgruppen"]
    assert any(text.startswith("Berätta om planerade prövningar") for text in tables["ataganden"])
    patients = client.get(address, {"slag": "patient_association", "roll": "observer"}).context["told"]
    tables = {each.key: [row[0].value for row in each.rows] for each in patients.tables}
    assert tables["skriva-under"] == tables["platser"] == []
    assert [text[:29] for text in tables["ataganden"]] == ["Bidra med patienters erfarenh"]
