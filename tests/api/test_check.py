"""Trying a case over HTTP gives what the command gives, and refuses what the command refuses."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tests.exchange.template_files import FIRST, Filled
from tests.numbers import PERSONAL_NUMBER
from tillit.cli import main
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import examples

FOLDER = Path(str(files("tillit") / "exempel"))
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {".json": "application/json", ".toml": "application/toml"}
SMALL = {
    "schema": "tillit.case/1",
    "case": {"title": "Demonstration av en vagga", "phase": "planned", "starts_on": "2026-11-03"},
    "collaboration": {"company_branch": "medtech", "care_provider": "region", "companions_allowed": True},
}


def small(**more):
    return {**SMALL, **more}


@pytest.mark.parametrize("slug", examples.index())
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_example_is_answered_as_the_command_answers_it(send, capsys, slug, lang):
    file = FOLDER / examples.index()[slug].file
    main(["check", str(file), "--on", "2026-11-20", "--lang", lang, "--as", "company", "--all", "--format", "json"])
    command = json.loads(capsys.readouterr().out)

    query = f"?on=2026-11-20&lang={lang}&as=company&all=true"
    assert send(file.read_bytes(), kind=KINDS[file.suffix], query=query) == command
    assert send(dump_case(examples.case_of(slug)), query=query) == command


def test_without_words_after_the_question_mark_the_answer_is_in_swedish_for_all_as_of_today(send):
    found = send(SMALL)
    assert found["asked"] == "all"
    assert [finding["rule"] for finding in found["findings"] if finding["outcome"] == "breach"] == [
        "medfoljande.arrangemanget"
    ]


def test_the_language_comes_from_the_address_or_the_header(send):
    swedish, english = send(SMALL)["findings"], send(SMALL, query="?lang=en")["findings"]
    assert swedish != english
    assert send(SMALL, **{"Accept-Language": "en-GB,en;q=0.9,sv;q=0.5"})["findings"] == english
    assert send(SMALL, **{"Accept-Language": "de, fr;q=0.5"})["findings"] == swedish
    assert send(SMALL, query="?lang=sv", **{"Accept-Language": "en"})["findings"] == swedish


def test_an_edition_can_be_named(send):
    assert send(SMALL, query="?edition=samverkansregler/2.0")["edition"] == "samverkansregler/2.0"


def test_a_filled_in_template_is_read(send):
    filled = Filled("sv")
    assert send(filled.bytes(), kind=EXCEL, query="?on=2026-03-01")["title"] == "Lunchseminarium om hjärtsvikt"


def test_the_answer_is_not_kept_by_anybody_on_the_way(client):
    answer = client.post("/api/v1/check", json.dumps(SMALL), content_type="application/json")
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer
    assert answer["Content-Language"] == "sv"


REFUSED = [
    (b"{", "application/json", 400, "unreadable", "json.name"),
    (b'{"schema": "tillit.case/1", "participant": [null]}', "application/json", 400, "unreadable", "json.null"),
    (b"[]", "application/json", 400, "unreadable", "json.not_an_object"),
    (b" ", "application/json", 400, "unreadable", "file.empty"),
    (b"\xff\xfe{", "application/json", 400, "unreadable", "file.not_utf8"),
    (b"[case", "application/toml", 400, "unreadable", "toml.bracket"),
    (b"not a workbook", EXCEL, 400, "unreadable", "excel.not_excel"),
    (b"PK\x03\x04 half of one", EXCEL, 400, "unreadable", "excel.damaged"),
    (json.dumps(small(x=1)).encode(), "application/json", 422, "refused", "case.unknown_key"),
    (
        json.dumps(small(case={**SMALL["case"], "starts_on": "1999-01-01"})).encode(),  # type: ignore[dict-item]
        "application/json",
        422,
        "refused",
        "edition.none_in_force",
    ),
]


@pytest.mark.parametrize(("body", "kind", "status", "name", "code"), REFUSED)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_cannot_be_used_is_refused_with_its_place_and_its_remedy(send, body, kind, status, name, code, lang):
    found = send(body, status, kind, f"?lang={lang}")
    assert found["type"] == f"https://tillit.example/problem/{name}"
    assert (found["status"], found["instance"]) == (status, "/api/v1/check")
    assert code in [row["code"] for row in found["problems"]]
    assert all(row[part].endswith((".", "?")) for row in found["problems"] for part in ("problem", "remedy"))


def test_a_refusal_is_the_commands(send, tmp_path, capsys):
    file = tmp_path / "x.json"
    file.write_text(json.dumps(small(x=1, participant=[{"mode": "flying"}])))
    assert main(["check", str(file), "--format", "json"]) == 2
    assert send(file.read_bytes(), 422)["problems"] == json.loads(capsys.readouterr().out)["problems"]


def test_a_personal_number_is_refused_and_not_repeated(send):
    number = PERSONAL_NUMBER
    found = send(small(case={**SMALL["case"], "title": number}), 422)  # type: ignore[dict-item]
    assert [row["code"] for row in found["problems"]] == ["case.personal_number"]
    assert number not in json.dumps(found)
    found = send(small(**{number: 1}), 422, query=f"?{number}=1")
    assert number not in json.dumps(found)


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("text/plain", {}),
        ("application/x-www-form-urlencoded", {}),
        ("multipart/form-data; boundary=x", {}),
        ("", {}),
        ("application/json; charset=latin-1", {}),
        ("application/json", {"Content-Encoding": "gzip"}),
    ],
)
def test_another_kind_of_content_is_told_what_to_say_instead(send, kind, headers):
    found = send(SMALL, 415, kind, **headers)
    assert "application/json" in found["detail"]


def test_more_than_the_site_takes_is_refused_before_it_is_read(send, settings):
    settings.UPLOAD_LIMIT = 100
    assert send(SMALL, 413)["type"].endswith("/too-large")
    assert send(b" " * 101, 413)["type"].endswith("/too-large")


def test_a_case_of_more_records_than_any_meeting_has_is_refused(send, monkeypatch):
    monkeypatch.setattr("tillit.exchange.casefile.MOST_RECORDS", 3)
    assert send(small(participant=[{}, {}, {}], meal=[{}]))["schema"] == "tillit.answer/1"
    found = send(small(participant=[{}, {}], meal=[{}, {}, {}, {}]), 413, query="?lang=en")
    assert found["type"].endswith("/too-many-records")
    assert "at most 3 records of each kind" in found["detail"]
    assert [(row["code"], row["place"]) for row in found["problems"]] == [("file.too_many_records", "meal no. 4")]


def test_a_sheet_of_too_many_rows_is_the_same_problem(send, monkeypatch):
    monkeypatch.setattr("tillit.exchange.excel_table.MOST_RECORDS", 1)
    filled = Filled("sv")
    for row in (FIRST, FIRST + 1):
        filled.put("participant", "id", f"p{row}", row=row)
    found = send(filled.bytes(), 413, EXCEL)
    assert found["type"].endswith("/too-many-records")


@pytest.mark.parametrize(
    ("query", "place", "code"),
    [
        ("?lang=de", "lang", "parameter.choice"),
        ("?as=anyone", "as", "parameter.choice"),
        ("?on=2026-02-30", "on", "parameter.day"),
        ("?on=20260201", "on", "parameter.day"),
        ("?on=2026-02-01T00:00:00", "on", "parameter.day"),
        ("?edition=samverkansregler/9.0", "edition", "parameter.choice"),
        ("?all=yes", "all", "parameter.choice"),
        ("?editon=samverkansregler/3.0", "editon", "parameter.unknown"),
        ("?as=care&as=company", "as", "parameter.twice"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_refused_instead_of_passed_by(send, query, place, code):
    (row,) = send(SMALL, 422, query=query)["problems"]
    assert (row["place"], row["code"]) == (place, code)
