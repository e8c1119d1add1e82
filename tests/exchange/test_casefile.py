"""Case files as text: what is read, and what is refused with its place and its remedy."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.cases import CONTRACT
from tests.exchange.template_files import Filled, problems_of
from tillit.core.errors import BadInput
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import casefile, excel_table
from tillit.exchange.words import problem_lines

HEADER = 'schema = "tillit.case/1"\n[case]\ntitle = "A"\nphase = "planned"\nstarts_on = 2026-03-12\n'


def refused(text: str, name: str = "a.toml") -> tuple[str, str]:
    """Return code and place of the one problem of a text."""
    (problem,) = problems_of(text.encode(), name)
    return problem.code, problem.place


def test_the_contracts_own_case_is_read():
    case = casefile.read(CONTRACT.encode(), "a.toml")
    assert case.starts_on == date(2026, 3, 12)
    assert case.records["participant"].total == 18
    assert case.records["leg"].records[0].values["journey_hours"] == 270
    assert case.judgements[0].why.startswith("Sallad")


def test_json_and_toml_are_the_same_case():
    case = casefile.read(CONTRACT.encode(), "a.toml")
    assert casefile.read(json.dumps(dump_case(case)).encode(), "a.json") == case


def test_a_decimal_may_be_a_number_and_stays_exact():
    text = HEADER + "[[meal]]\nprice_per_person = 245.10\n"
    assert casefile.read(text.encode(), "a.toml").records["meal"].records[0].values["price_per_person"] == 24510


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_with_a_mark_is_read(encoding, newline):
    data = CONTRACT.replace("\n", newline).encode(encoding)
    assert casefile.read(data, "a.toml").title == "Lunchseminarium om hjärtsvikt"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_latin_1_is_refused_at_its_first_letter(encoding):
    (problem,) = problems_of(CONTRACT.encode(encoding), "a.toml")
    assert (problem.code, problem.place) == ("file.not_utf8", "rad 4, kolumn 31")


def test_utf_16_without_a_mark_is_refused():
    assert problems_of("a = 1".encode("utf-16-le"), "a.toml")[0].code == "file.not_text"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.toml", "file.empty"),
        (b" \n", "a.json", "file.empty"),
        (b"\xef\xbb\xbf", "a.json", "file.empty"),
        (b"hello", "a.txt", "file.unknown_ending"),
        (b"hello", "a", "file.unknown_ending"),
        (b"a;b", "a.csv", "file.unknown_ending"),
        (b"%PDF-1.7", "a.pdf", "file.pdf"),
        (b"a;b", "a.xlsx", "excel.not_excel"),
        (b"a\0b", "a.toml", "file.not_text"),
        (b"x" * (casefile.LARGEST_FILE + 1), "a.toml", "file.too_large"),
    ],
)
def test_what_is_no_case_file_is_refused(data, name, code):
    assert [problem.code for problem in problems_of(data, name)] == [code]


def test_more_records_than_are_tried_are_refused_where_they_begin(monkeypatch):
    monkeypatch.setattr(casefile, "MOST_RECORDS", 2)
    listed = "[[participant]]\n[[meal]]\n" * 2
    assert casefile.read((HEADER + listed).encode(), "a.toml").records["meal"].records[1:]
    found = problems_of((HEADER + listed + '[[meal]]\nid = "m3"\n[[judgement]]\n').encode(), "a.toml")
    assert [(each.code, each.place, each.args) for each in found] == [
        ("file.too_many_records", "meal nr 3", {"limit": "2"})
    ]
    assert refused(HEADER + "[[judgement]]\n" * 3) == ("file.too_many_records", "judgement nr 3")


def test_a_list_and_a_sheet_may_be_equally_long():
    assert casefile.MOST_RECORDS == excel_table.MOST_RECORDS


def test_an_excel_file_is_known_by_its_content(tmp_path):
    data = Filled().bytes()
    assert casefile.read(data, "a.json").title == casefile.read(data, "A.XLSM").title


def test_json_in_a_toml_file_is_read_as_json():
    case = casefile.read(CONTRACT.encode(), "a.toml")
    assert casefile.read(json.dumps(dump_case(case)).encode(), "a.toml") == case


def test_a_missing_file_a_folder_and_a_strange_name_are_told(tmp_path):
    for path, code in ((tmp_path / "ingen.toml", "file.missing"), (tmp_path, "file.is_a_folder")):
        with pytest.raises(BadInput) as caught:
            casefile.read_path(path)
        assert [problem.code for problem in caught.value.problems] == [code]
    with pytest.raises(BadInput) as caught:
        casefile.read_path("a\0b.toml")
    assert caught.value.problems[0].code == "file.cannot_be_read"


def test_a_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    def locked(*_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", locked)
    with pytest.raises(BadInput) as caught:
        casefile.read_path(tmp_path / "a.toml")
    assert caught.value.problems[0].code == "file.no_permission"


# ---------------------------------------------------------------- JSON


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('{"a": 1,\n "b": }', "json.value", "rad 2, kolumn 7"),
        ('{"a": 1,}', "json.name", "rad 1, kolumn 9"),
        ('{"a": 1\n "b": 2}', "json.comma", "rad 2, kolumn 2"),
        ('{"a" 1}', "json.colon", "rad 1, kolumn 6"),
        ('{"a": "b}', "json.string", "rad 1, kolumn 7"),
        ('{"a": "\\q"}', "json.escape", "rad 1, kolumn 8"),
        ("{} {}", "json.extra", "rad 1, kolumn 4"),
        ("[]", "json.not_an_object", ""),
        ("[" * 100_000, "file.too_deep", ""),
    ],
)
def test_json_that_cannot_be_read_is_refused_with_line_and_column(text, code, place):
    assert refused(text, "a.json") == (code, place)


def plain_json(**more: object) -> str:
    header = {"title": "A", "phase": "planned", "starts_on": "2026-03-12"}
    return json.dumps({"schema": "tillit.case/1", "case": header, **more}, ensure_ascii=False)


def test_a_key_twice_in_json_is_refused_with_its_place():
    text = plain_json(participant=[{}, {"id": "p2"}]).replace(
        '"id": "p2"', '"id": "p2", "mode": "remote", "mode": "both"'
    )
    assert refused(text, "a.json") == ("json.double_key", "participant nr 2 (p2), uppgiften mode")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1e99999999999999999999"])
def test_a_number_that_is_none_is_refused_in_json(number):
    text = plain_json(meal=[{"price_per_person": 0}]).replace("0}]", number + "}]")
    code, place = refused(text, "a.json")
    assert code in ("case.not_a_number", "case.too_large")
    assert place == "meal nr 1, uppgiften price_per_person"


def test_a_number_of_thousands_of_digits_is_refused():
    text = plain_json(meal=[{"price_per_person": 0}]).replace("0}]", "9" * 5000 + "}]")
    assert refused(text, "a.json")[0] == "case.too_large"
    assert refused(HEADER + "[[meal]]\nprice_per_person = " + "9" * 5000)[0] == "file.number_too_long"


def test_half_a_sign_is_refused():
    text = plain_json(collaboration={"kind": "other"}).replace('"A"', '"\\ud800"')
    assert refused(text, "a.json") == ("file.control_sign", "case, uppgiften title")


def test_a_case_within_too_many_lists_is_refused():
    deep: object = "A"
    for _ in range(30):
        deep = [deep]
    assert refused(plain_json(collaboration={"kind": deep}), "a.json")[0] == "file.too_deep"


# ---------------------------------------------------------------- TOML


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('a = "b\n', "toml.string", 1),
        ("a = 1\na = 2\n", "toml.double_key", 2),
        ("[a]\n[a]\n", "toml.double_key", 2),
        ("[[a]]\n[a]\n", "toml.double_key", 2),
        ("a = 2026-02-30\n", "toml.date", 1),
        ("a = ja\n", "toml.value", 1),
        ("a b = 1\n", "toml.equals", 1),
        ("a\n", "toml.equals", 1),
        ("a = 1,5\n", "toml.newline", 1),
        ('a = "b\\q"\n', "toml.escape", 1),
        ("a = [1, 2\n", "toml.bracket", 1),
        ("a.b = 1\n[x\n", "toml.bracket", 2),
    ],
)
def test_toml_that_cannot_be_read_is_refused_with_its_line(text, code, line):
    found, place = refused(text)
    assert (found, place.split(",")[0]) == (code, f"rad {line}")


def test_toml_numbers_that_are_none_are_refused():
    for number in ("nan", "inf", "-inf"):
        code, place = refused(HEADER + f"[[meal]]\nprice_per_person = {number}\n")
        assert (code, place) == ("case.not_a_number", "meal nr 1, uppgiften price_per_person")


def test_dotted_keys_without_end_are_refused():
    assert refused(HEADER + ".".join("a" * 400) + " = 1")[0] == "file.too_deep"


# ---------------------------------------------------------------- places and the line that is told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[collaboration]\nkindd = 1\n", "collaboration, uppgiften kindd"),
        ('[[participant]]\n[[participant]]\nid = "p2"\nmood = 1\n', "participant nr 2 (p2), uppgiften mood"),
        ("[[participant]]\nmood = 1\n", "participant nr 1, uppgiften mood"),
        ("[records.participant]\ntotal = -1\n", "records.participant, uppgiften total"),
        ('[[judgement]]\nfact = "x"\n', "judgement nr 1, uppgiften record"),
        ("[colaboration]\n", "colaboration"),
    ],
)
def test_a_place_is_said_as_people_count(text, place):
    assert place in [problem.place for problem in problems_of((HEADER + text).encode(), "a.toml")]


def test_places_are_told_in_the_language_asked_for():
    (problem,) = problems_of((HEADER + "[[participant]]\nmood = 1\n").encode(), "a.toml", "en")
    assert problem.place == "participant no. 1, key mood"


def test_a_line_says_file_place_problem_and_remedy():
    bad = BadInput(problems_of((HEADER + "[[participant]]\nmod = true\n").encode(), "fall/a.toml"))
    told = (
        "fall/a.toml: participant nr 1, uppgiften mod: mod är ingen uppgift som kan stå här. Menade du mode? "
        "./tillit facts visar vad ett ärende kan innehålla."
    )
    assert problem_lines(bad, "sv") == [told]


def test_a_personal_number_is_refused_wherever_it_stands_and_never_repeated(personal_number):
    number = personal_number()
    spaced = f"{number[:8]}-{number[8:]}"
    texts = [
        HEADER.replace('"A"', f'"Samtal med {spaced}"'),
        HEADER + f'[[participant]]\nid = "{number}"\n',
        HEADER + f'[[participant]]\nmode = "{number}"\n',
        HEADER + f'[[participant]]\n"{number}" = 1\n',
        HEADER + f'[[document]]\ndestroyed_on = "{number}"\n',
        HEADER + f"[[meal]]\nprice_per_person = {number}\n" + f'[[leg]]\ntraveller = "{number}"\n',
    ]
    for text in texts:
        problems = problems_of(text.encode(), "a.toml")
        told = "\n".join(problem_lines(BadInput(problems), "sv"))
        assert number not in told, told
        assert number[2:] not in told, told


def test_decimals_are_never_floats():
    assert casefile.read((HEADER + "[[meal]]\nprice_per_person = 0.29\n").encode(), "a.toml").records["meal"].records[
        0
    ].values["price_per_person"] == int(Decimal("0.29") * 100)
