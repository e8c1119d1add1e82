"""Sending in a case file. No test here may use the database: pytest-django refuses every query."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.numbers import PERSONAL_NUMBER

LUNCH = Path(__file__).with_name("lunch.json").read_bytes()


def send(client, content, name="lunch.json", address="/prova/"):
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def test_a_case_file_gets_its_answer_at_once_and_leaves_nothing_behind(client):
    page = send(client, LUNCH)

    assert page.status_code == 200
    assert "<h1>Två saker behöver ändras</h1>" in page.text
    assert "Den som deltar på distans får inte bjudas på måltid." in page.text
    assert "Så blir det rätt:" in page.text
    assert not page.cookies


def test_the_answer_is_in_the_language_of_the_address(client):
    page = send(client, LUNCH, address="/en/prova/")

    assert '<html lang="en">' in page.text
    assert "<h1>Two things need to change</h1>" in page.text
    assert 'formaction="/prova/svar/"' in page.text, "the other language keeps the case"


@pytest.mark.parametrize("name", ["lunch.json", "lunch.xlsx"])
def test_the_empty_template_comes_back_as_something_to_fill_in_and_not_as_an_error_of_ours(client, name):
    template = client.get("/mall/tillit-mall.xlsx")
    assert template.status_code == 200
    assert "attachment" in template["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(template.content)).sheetnames

    page = send(client, template.content, name)
    assert page.status_code == 422


def test_every_problem_of_a_bad_file_is_told_with_its_place_and_what_to_do(client):
    case = json.loads(LUNCH)
    case["participant"][0]["mode"] = "teleported"
    case["meal"][0]["price_per_person"] = "-1.00"
    case["colaboration"] = {}

    page = send(client, json.dumps(case).encode(), "min fil.json")

    assert page.status_code == 422
    assert "Filen behöver rättas" in page.text
    assert "min fil.json" in page.text
    for told in ("teleported", "price_per_person", "colaboration"):
        assert told in page.text
    assert 'role="alert"' in page.text
    assert not page.cookies


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "tom.json"),
        (b"%PDF-1.7 not a case", "protokoll.pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bild.png"),
        (b"{", "halv.json"),
        (b"PK\x03\x04 broken", "trasig.xlsx"),
        (b"\xff\xfe\x00", "konstig.toml"),
    ],
)
def test_what_is_no_case_is_refused_with_words_and_not_with_a_fault(client, content, name):
    for address in ("/prova/", "/en/prova/"):
        page = send(client, content, name, address)
        assert page.status_code == 422
        assert 'role="alert"' in page.text


def test_no_file_and_too_large_a_file_are_told_at_the_field(client, settings):
    settings.UPLOAD_LIMIT = settings.MEGABYTE

    empty = client.post("/prova/")
    large = send(client, b" " * (settings.MEGABYTE + 1))

    assert (empty.status_code, large.status_code) == (422, 422)
    assert "Ingen fil är vald" in empty.text
    assert "får vara högst 1\u00a0MB" in large.text
    assert 'aria-invalid="true"' in large.text


def test_a_file_name_and_a_title_are_shown_as_text(client):
    case = json.loads(LUNCH)
    case["case"]["title"] = "<script>alert(1)</script> & {{ 7 }}"

    page = send(client, json.dumps(case).encode())
    refused = send(client, b"{", '"><img src=x>.json')

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 }}" in page.text
    assert "<img src=x" not in refused.text


def test_a_personal_number_is_refused_and_not_repeated(client):
    case = json.loads(LUNCH)
    case["case"]["title"] = f"Möte med {PERSONAL_NUMBER}"

    page = send(client, json.dumps(case).encode())

    assert page.status_code == 422
    assert "121212" not in page.text


def test_no_edition_in_force_is_told_like_any_other_problem(client):
    case = json.loads(LUNCH)
    case["case"] |= {"starts_on": "1999-01-01", "ends_on": "1999-01-01"}

    assert send(client, json.dumps(case).encode()).status_code == 422


def test_an_uploaded_case_travels_with_the_page_to_another_bearer_the_protocol_and_the_saved_file(client):
    sent = send(client, LUNCH).context["case_json"]

    care = client.post("/prova/svar/", {"case": sent, "som": "care"})
    protocol = client.post("/prova/protokoll.pdf", {"case": sent, "som": "all"})
    saved = client.post("/prova/fil.json", {"case": sent})

    assert care.status_code == 200
    assert care.context["som"] == "care"
    assert protocol.content.startswith(b"%PDF-")
    assert protocol["Content-Disposition"] == 'attachment; filename="protokoll-lunchseminarium-om-hjartsvikt.pdf"'
    assert send(client, saved.content, "fil.json").context["case_json"] == sent
    assert not care.cookies
    assert not protocol.cookies


@pytest.mark.parametrize("address", ["/prova/svar/", "/prova/protokoll.pdf", "/prova/fil.json"])
def test_a_hidden_case_that_was_tampered_with_is_refused(client, address):
    for sent in ({}, {"case": ""}, {"case": "{"}, {"case": '{"schema": "x"}'}):
        assert client.post(address, sent).status_code == 422


def test_an_answer_has_no_address_of_its_own(client):
    assert client.get("/prova/svar/")["Location"] == "/prova/"
    assert client.get("/en/prova/svar/")["Location"] == "/en/prova/"
    assert client.get("/prova/protokoll.pdf").status_code == 405
