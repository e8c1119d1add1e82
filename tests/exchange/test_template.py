"""The Excel template: what it holds, and that a case filled in and read back is the same case."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from tests.exchange.cases import texts
from tests.exchange.template_files import Filled
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.facts import Case, Judgement, Record, RecordList, Value
from tillit.core.rulebook.model import Fact
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import casefile, template
from tillit.exchange.sheets import form_facts, observed_facts, record_kinds, sheet_name, sheet_of
from tillit.exchange.words import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", texts())
def test_an_example_filled_in_and_read_back_is_the_same_case(name, lang):
    case = casefile.read(texts()[name][1].encode(), texts()[name][0])
    again = casefile.read(template.filled(case, lang), "a.xlsx")
    assert dump_case(again) == dump_case(case)


def every_value(fact: Fact, record: str) -> Value:
    """Return a value that a fact can take, the last of its choices."""
    values: dict[str, Value] = {"bool": False, "int": 1234567, "decimal": 123456, "date": date(2026, 3, 5)}
    if fact.type == "enum":
        return fact.values[-1]
    if fact.type == "datetime":
        return datetime(2026, 3, 5, 17, 30)  # noqa: DTZ001 - as the engine holds it
    if fact.type == "text":
        return {"country": "DK", "currency": "EUR", "record": "meal:a 1"}.get(fact.format or "", "a 1")
    return values[fact.type]


def full_case() -> Case:
    """Return a case where every fact of every kind is known, and every judgement word is judged."""
    known = vocabulary()

    def record(kind: str, own_id: str) -> Record:
        facts = observed_facts(known.kinds[kind])
        return Record(kind, own_id, {name: every_value(fact, kind) for name, fact in facts.items()})

    own = record("collaboration", "collaboration")
    lists = {kind.name: RecordList((record(kind.name, "a 1"),), None, 7) for kind in record_kinds(known)}
    judged = tuple(
        Judgement(
            fact.name, own.key if kind.name == own.kind else f"{kind.name}:a 1", False, "chef", date(2026, 3, 1), "=1+1"
        )
        for kind in known.kinds.values()
        for fact in kind.facts.values()
        if fact.kind == "assessed"
    )
    return Case("#N/A", "carried_out", date(2026, 3, 5), date(2026, 3, 7), own, lists, judged, "rad 1\nrad 2")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fact_of_every_kind_survives_the_template(lang):
    case = full_case()
    assert read_case(dump_case(case), vocabulary()) == case
    assert casefile.read(template.filled(case, lang), "a.xlsx", lang=lang) == case


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_empty_template_lacks_the_header_and_nothing_else(lang):
    filled = Filled(lang)
    case = filled.read()
    assert not case.collaboration.values
    assert not any(listing.records for listing in case.records.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_bytes_every_time(lang):
    case = full_case()
    assert template.workbook(lang, vocabulary()) == template.workbook(lang)
    assert template.filled(case, lang) == template.filled(case, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sheet_and_every_question_is_there(lang):
    book = load_workbook(io.BytesIO(template.workbook(lang)))
    known = vocabulary()
    names = ["readme", "collaboration", *(kind.name for kind in record_kinds(known)), "judgement", "lists"]
    assert book.sheetnames == [sheet_name(name, known, lang) for name in names]
    assert book[sheet_name("lists", known, lang)].sheet_state == "hidden"
    form = book[sheet_name("collaboration", known, lang)]
    keys = {row[0] for row in form.iter_rows(min_row=5, min_col=5, max_col=5, values_only=True)}
    assert set(form_facts(known)) <= keys
    for kind in record_kinds(known):
        sheet = book[sheet_name(kind.name, known, lang)]
        assert [cell.value for cell in sheet[template.KEYS]] == ["id", *observed_facts(kind)]
        assert sheet.freeze_panes == f"B{template.FIRST_RECORD}"
        assert all(cell.alignment.wrap_text for cell in sheet[template.HEADER])


def test_each_sheet_is_known_by_its_name_in_either_language():
    known = vocabulary()
    for lang in LANGUAGES:
        for name in ("readme", "lists", "judgement", *known.kinds):
            assert sheet_of(f" {sheet_name(name, known, lang).upper()}", known) == name


def test_drop_down_lists_offer_what_the_reader_takes():
    filled = Filled("sv")
    sheet = filled.sheet("participant")
    lists = {str(each.sqref).split(":")[0]: each.formula1 for each in sheet.data_validations.dataValidation}
    mode = filled.cell("participant", "mode").coordinate
    assert lists[filled.cell("participant", "invited").coordinate] == '"ja,nej,vet inte"'
    column = lists[mode].split("$")[1]
    offered = [cell.value for cell in filled.book["Listor"][column] if cell.value]
    fact = vocabulary().kinds["participant"].facts["mode"]
    assert offered == [*(fact.labels[value].sv for value in fact.values), "vet inte"]


def test_no_label_means_two_choices():
    """Labels in both languages are taken, so no label may name another choice of the same fact."""
    for kind in vocabulary().kinds.values():
        for fact in kind.facts.values():
            for lang in LANGUAGES:
                labels = [label.in_language(lang).casefold() for label in fact.labels.values()]
                assert len(set(labels)) == len(labels), fact.name
            meant: dict[str, str] = {}
            for code, label in fact.labels.items():
                for text in {code, label.sv.casefold(), label.en.casefold()}:
                    assert meant.setdefault(text, code) == code, (fact.name, text)


def test_no_question_is_asked_twice_on_one_sheet():
    """The reader may find a column by its question when its key was deleted."""
    for kind in vocabulary().kinds.values():
        for lang in LANGUAGES:
            asked = [fact.question.in_language(lang) for fact in observed_facts(kind).values()]
            assert len(set(asked)) == len(asked), kind.name
