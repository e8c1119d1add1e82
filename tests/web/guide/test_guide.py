"""The guided check through the pages. No test here may use the database: pytest-django refuses every query."""

import json
import re
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.numbers import PERSONAL_NUMBER
from tests.web.guide.form import as_it_stands

LUNCH = (Path(__file__).resolve().parents[1] / "check" / "lunch.json").read_text()
STEPS = ("vad", "vilka", "var", "betalt", "handlingar")
BEGIN = {
    "from": "start",
    "go": "next",
    "case.title": "Lunch om hjärtat",
    "case.phase": "planned",
    "case.starts_on": "2026-03-12",
    "case.ends_on": "",
    "q.kind": "educational_meeting",
}


def step(client, to, prefix="", **fields):
    return client.post(f"{prefix}/prova/steg/{to}/", {key.replace("__", "."): said for key, said in fields.items()})


def begin(client, prefix="", **changed):
    return client.post(f"{prefix}/prova/steg/vad/", {**BEGIN, **changed})


def case_in(page):
    return json.loads(page.context["case_json"])


def test_the_first_page_asks_what_it_is_and_takes_a_file_and_shows_examples(client):
    page = client.get("/prova/")
    assert page.status_code == 200
    for told in ("Vad heter samverkan?", "Vilket slags samverkan gäller det?", "Har du en fil?", "/exempel/"):
        assert told in page.text
    assert not page.cookies


def test_the_first_page_leads_to_the_first_questions(client):
    page = begin(client)
    assert page.status_code == 200
    assert "I vilken bransch verkar företaget?" in page.text
    assert "frågor kvar" in page.text
    assert case_in(page)["case"]["starts_on"] == "2026-03-12"
    assert not page.cookies


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("case.title", "", "Svaret saknas"),
        ("case.title", f"Möte med {PERSONAL_NUMBER}", "personnummer"),
        ("case.starts_on", "i vår", "datum"),
        ("case.starts_on", "2026-02-31", "finns inte"),
        ("case.starts_on", "1999-01-01", "utgåva"),
        ("case.ends_on", "2026-03-11", "före första dagen"),
        ("case.phase", "någon gång", "inget av valen"),
        ("q.kind", "kalas", "inget av valen"),
    ],
)
def test_what_is_wrong_on_the_first_page_is_told_at_the_field_and_what_was_typed_stays(client, field, typed, says):
    page = begin(client, **{field: typed})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert says.casefold() in page.text.casefold()
    assert f'href="#{field.replace(".", "-")}"' in page.text
    assert 'value="Lunch om hjärtat"' in page.text or field == "case.title"
    if not field.startswith("q."):
        assert typed in page.text


def test_answers_are_saved_on_the_way_to_any_step_and_stand_there_when_one_comes_back(client):
    what = begin(client)
    where = step(
        client,
        "var",
        case=what.context["case_json"],
        **{"from": "what", "q.arranger": "joint", "q.open_procurement": ""},
    )
    back = step(client, "vad", case=where.context["case_json"], **{"from": "where"})
    assert case_in(back)["collaboration"] == {"kind": "educational_meeting", "arranger": "joint"}
    assert re.search(r'id="q-arranger-joint" value="joint" checked', back.text)
    first = step(client, "borja", case=back.context["case_json"], **{"from": "what"})
    assert 'value="Lunch om hjärtat"' in first.text


def test_an_answer_can_be_taken_back_to_not_known(client):
    what = step(client, "vilka", case=begin(client).context["case_json"], **{"from": "what", "q.arranger": "joint"})
    again = step(client, "vilka", case=what.context["case_json"], **{"from": "what", "q.arranger": ""})
    assert "arranger" not in case_in(again)["collaboration"]


def test_not_known_everywhere_leads_to_an_honest_answer(client):
    page = begin(client, **{"q.kind": ""})
    for here, there in zip(("what", "who", "where", "paid", "papers"), (*STEPS[1:], None), strict=True):
        fields = {"from": here, "case": page.context["case_json"]}
        page = client.post(f"/prova/steg/{there}/" if there else "/prova/svar/", fields)
        assert page.status_code == 200
    assert page.context["summary"].outcome == "undecided"
    assert "Går inte att avgöra än" in page.text


def lunch_at(client, to="vilka", origin="what", prefix="", **fields):
    return client.post(f"{prefix}/prova/steg/{to}/", {"case": LUNCH, "from": origin, **fields})


def test_a_wrong_number_stays_in_its_field_and_the_step_comes_back(client):
    page = begin(client)
    refused = step(
        client,
        "var",
        case=page.context["case_json"],
        **{
            "from": "who",
            "q.expected_participants": "ett tjog",
            "r.participant.here": "1",
            "r.participant.gate": "all",
        },
        r__participant__0__id="läkare-1",
        r__participant__0__works_in="Atlantis",
    )
    assert refused.status_code == 422
    for told in ('value="ett tjog"', 'value="Atlantis"', 'value="läkare-1"', 'href="#r-participant-0-works_in"'):
        assert told in refused.text
    assert "Rad 1, I vilket land arbetar personen?" in refused.text
    assert "<h1>Vilka deltar?</h1>" in refused.text


def test_rows_are_added_and_removed_by_buttons(client):
    fields = {"from": "who", "case": begin(client).context["case_json"], "r.participant.here": "1"}
    fields |= {"r.participant.gate": "more", "r.participant.0.id": "a", "r.participant.0.side": "care"}
    added = client.post("/prova/steg/vilka/", {**fields, "do": "add:participant"})
    assert 'name="r.participant.1.id"' in added.text
    fields |= {"case": added.context["case_json"], "r.participant.0.was": "a", "r.participant.1.id": "b"}
    both = client.post("/prova/steg/vilka/", {**fields, "do": "add:participant"})
    assert [each["id"] for each in case_in(both)["participant"]] == ["a", "b"]
    fields |= {"case": both.context["case_json"], "r.participant.1.was": "b"}
    less = client.post("/prova/steg/vilka/", {**fields, "do": "remove:participant.0"})
    assert [each["id"] for each in case_in(less)["participant"]] == ["b"]


def test_a_pasted_block_of_twenty_is_understood_or_refused_with_the_row_named_and_kept(client):
    fields = {"from": "who", "case": begin(client).context["case_json"], "r.participant.here": "1"}
    fields |= {"r.participant.gate": "all", "r.participant.order": "id,side,mode", "do": "paste:participant"}
    block = "\n".join(f"läkare-{number}\tvården\tpå distans" for number in range(1, 21))

    read = client.post("/prova/steg/vilka/", {**fields, "r.participant.paste": block})
    refused = client.post(
        "/prova/steg/vilka/",
        {**fields, "r.participant.paste": block.replace("läkare-7\tvården", "läkare-7\tvårdcentralen")},
    )

    assert read.status_code == 200
    assert len(case_in(read)["participant"]) == 20
    assert "20 rader lästes in" in read.text
    assert refused.status_code == 422
    assert "Rad 7, Vilken sida hör personen till?" in refused.text
    assert "läkare-20\tvården\tpå distans" in refused.text
    assert "participant" not in case_in(refused)


def test_the_rest_of_the_lists_can_be_answered_with_none_in_one_go(client):
    fields = {"from": "paid", "case": begin(client).context["case_json"], "do": "rest"}
    fields |= {f"r.{kind}.here": "1" for kind in ("leg", "meal", "transfer")}
    fields |= {"r.leg.gate": "unknown", "r.meal.gate": "more", "r.transfer.gate": "unknown"}
    page = client.post("/prova/steg/betalt/", fields)
    assert case_in(page)["records"] == {
        "leg": {"complete": True},
        "meal": {"complete": False},
        "transfer": {"complete": True},
    }


def test_the_unfinished_check_is_taken_home_at_any_step_and_continued(client):
    page = begin(client)
    saved = client.post(
        "/prova/steg/vad/", {"from": "what", "case": page.context["case_json"], "do": "file", "q.arranger": "joint"}
    )
    assert saved["Content-Disposition"] == 'attachment; filename="lunch-om-hjartat.json"'
    answer = client.post("/prova/", {"file": SimpleUploadedFile("sparad.json", saved.content)})
    again = step(client, "vad", case=answer.context["case_json"], **{"from": "answer"})
    assert re.search(r'id="q-arranger-joint" value="joint" checked', again.text)


@pytest.mark.parametrize("form", ["json", "toml", "xlsx"])
def test_the_case_of_an_answer_is_taken_home_in_three_forms_that_can_all_be_sent_in_again(client, form):
    answer = client.post("/prova/svar/", {"case": LUNCH})
    saved = client.post(f"/prova/fil.{form}", {"case": answer.context["case_json"]})
    again = client.post("/prova/", {"file": SimpleUploadedFile(f"fil.{form}", saved.content)})
    assert again.context["case_json"] == answer.context["case_json"]
    if form == "xlsx":
        assert openpyxl.load_workbook(saved.content and __import__("io").BytesIO(saved.content)).sheetnames


@pytest.mark.parametrize("to", [*(f"/prova/steg/{slug}/" for slug in ("borja", *STEPS)), "/prova/svar/"])
@pytest.mark.parametrize(
    "case",
    [
        "",
        "{",
        "[]",
        '{"schema": "x"}',
        json.dumps({**json.loads(LUNCH), "hemlig": 1}),
        LUNCH.replace("planned", "someday"),
        '{"schema":"tillit.case/1","case":{"title":"a","phase":"planned","starts_on":"1999-01-01"}}',
    ],
)
def test_a_case_that_was_tampered_with_gets_a_clear_page_and_never_a_fault(client, to, case):
    for fields in ({"case": case}, {"case": case, "from": "who"}, {"case": case, "from": "answer"}):
        page = client.post(to, fields)
        assert page.status_code == 422
        assert 'role="alert"' in page.text


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "remove:participant.99"},
        {"do": "remove:"},
        {"do": "add:"},
        {"do": "add:nothing"},
        {"do": "unjudge:1.2.x"},
        {"from": "nowhere"},
        {"r.participant.here": "1", "r.participant.0.was": "nobody", "r.participant.0.id": "nobody"},
        {"r.leg.here": "1", "r.leg.0.traveller": "nobody", "r.leg.0.id": "a"},
        {"r.meal.here": "1", "r.meal.gate": "perhaps"},
        {"r.meal.here": "1", "r.meal.order": "id,x", "r.meal.paste": "a\tb"},
        {"r.meal.here": "1", "r.meal.0.id": "a:b"},
        {"r.meal.here": "1", "r.meal.0.id": "lunch", "r.meal.1.id": "lunch"},
        {"r.offer.here": "1", "r.offer.0.id": "o", "r.offer.0.concerns": "meal:nothing"},
        {"q.kind": "\x00"},
        {"q.expected_participants": "9" * 5000},
    ],
)
def test_fields_that_no_page_of_ours_sends_are_refused_or_ignored_and_never_a_fault(client, fields):
    for origin in ("what", "who", "paid", "answer"):
        for headers in ({}, {"HX-Request": "true"}):
            page = client.post("/prova/steg/vilka/", {"case": LUNCH, "from": origin, **fields}, headers=headers)
            assert page.status_code in (200, 204, 422)


def test_a_step_has_no_address_of_its_own(client):
    assert client.get("/prova/steg/vilka/")["Location"] == "/prova/"
    assert client.get("/prova/steg/svar/").status_code == 404
    assert client.get("/prova/steg/x/").status_code == 404


def test_too_much_is_refused_before_it_is_read(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert client.post("/prova/steg/vilka/", {"case": " " * 2000, "from": "what"}).status_code in (400, 413)


def test_the_page_can_be_read_in_the_other_language_with_the_answers_saved(client):
    page = begin(client)
    assert 'formaction="/en/prova/steg/vad/"' in page.text
    english = client.post(
        "/en/prova/steg/vad/", {"from": "what", "case": page.context["case_json"], "q.arranger": "care"}
    )
    assert '<html lang="en">' in english.text
    assert re.search(r'id="q-arranger-care" value="care" checked', english.text)


# ---- while the page is being filled in


def live(client, **fields):
    page = begin(client)
    sent = {"case": page.context["case_json"], "from": "paid", **fields}
    return client.post("/prova/steg/betalt/", sent, headers={"HX-Request": "true"})


def test_an_answer_on_the_page_changes_the_tally_and_the_questions_at_once(client):
    part = live(client, **{"q.industry_offers_meal": "no", "q.industry_sponsors": "", "r.meal.here": "1"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "Svaret så här långt" in part.text
    assert '<div id="slot-r-meal" hx-swap-oob="innerHTML"></div>' in part.text


def test_what_cannot_be_read_yet_is_passed_over_in_silence_while_the_page_is_filled_in(client):
    part = live(client, **{"q.industry_offers_meal": "kanske", "r.meal.here": "1", "r.meal.total": "många"})
    assert part.status_code == 200
    assert "alert" not in part.text


# ---- judging on the answer's page

WHO = {"j.by": "verksamhetschef", "j.on": "2026-03-01"}


def answer(client, **fields):
    return client.post("/prova/svar/", {"case": LUNCH, "from": "answer", **fields})


def test_questions_for_a_person_are_judged_right_there_and_tried_at_once(client):
    before = answer(client)
    key = before.context["asked"][0].same.key
    page = answer(client, **WHO, **{f"j.v.{key}": "yes", f"j.w.{key}": "Det räcker med en smörgås."})
    assert page.status_code == 200
    assert len(page.context["asked"]) < len(before.context["asked"])
    assert "Det räcker med en smörgås." in page.text
    assert "verksamhetschef" in page.text


def test_a_judgement_that_is_no_shows_as_a_breach_with_who_and_why(client):
    lunch = client.get("/exempel/lunchseminarium/").context["case_json"]
    key = "meal.moderate_assessed"
    page = answer(client, **WHO, case=lunch, **{f"j.v.{key}": "no", f"j.w.{key}": "Hummer och champagne."})
    breach = next(group for group in page.context["summary"].groups if group.outcome == "breach")
    assert any(made.why == "Hummer och champagne." for card in breach.cards for made in card.judgements)


def test_a_judgement_without_reasons_comes_back_with_what_was_typed(client):
    key = answer(client).context["asked"][0].same.key
    page = answer(client, **{"j.by": "verksamhetschef", "j.on": "igår", f"j.v.{key}": "yes", f"j.w.{key}": ""})
    assert page.status_code == 422
    assert 'value="igår"' in page.text
    assert 'value="verksamhetschef"' in page.text
    assert "saknar skäl" in page.text


def test_judgements_are_saved_on_the_way_to_a_step_and_can_be_removed(client):
    key = answer(client).context["asked"][0].same.key
    typed = {**WHO, f"j.v.{key}": "yes", f"j.w.{key}": "Prövat och funnet gott."}
    changed = lunch_at(client, "betalt", "answer", **typed)
    assert "Prövat och funnet gott." in changed.context["case_json"]
    page = client.post("/prova/svar/", {"case": changed.context["case_json"], "from": "paid"})
    numbers = next(each.numbers for each in page.context["made"] if each.why == "Prövat och funnet gott.")
    gone = client.post(
        "/prova/svar/", {"case": page.context["case_json"], "from": "answer", "do": f"unjudge:{numbers}"}
    )
    again = client.post(
        "/prova/svar/", {"case": page.context["case_json"], "from": "answer", "do": f"rejudge:{numbers}"}
    )
    assert "Prövat och funnet gott." not in gone.text
    assert "Prövat och funnet gott." in again.text
    assert any(each.same.key == key for each in again.context["asked"])


def test_every_finding_that_can_be_changed_leads_to_the_step_that_answers_it(client):
    page = answer(client)
    assert 'formaction="/prova/steg/betalt/#' in page.text
    assert "Ändra i steget" in page.text


def test_an_example_can_be_changed_from_its_page(client):
    page = client.get("/exempel/lunchseminarium/")
    assert "Ändra planen" in page.text
    started = step(client, "vad", case=page.context["case_json"], **{"from": "answer"})
    assert started.status_code == 200


def test_not_knowing_anything_leads_through_every_step_to_an_honest_answer(client):
    page, shown = begin(client), []
    while "summary" not in page.context:
        form = as_it_stands(page.text)
        shown.append(form.fields["from"])
        assert len(shown) <= len(STEPS), f"a step that nobody answered holds one back: {shown}"
        page = client.post(form.goes_on_to, form.fields | {"go": "next"})
    assert shown == ["what", "who", "where", "paid", "papers"]
    assert page.context["summary"].outcome == "undecided"
