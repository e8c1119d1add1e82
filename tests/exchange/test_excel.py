"""What real Excel files hold: each trap is read as it was meant, or refused with its sheet, row and column."""

from datetime import date, datetime, timedelta

import pytest
from openpyxl.styles import PatternFill

from tests.exchange.template_files import FIRST, Filled
from tillit.core.rulebook.facts import Record
from tillit.exchange.words import problem_lines, problem_text

MIDNIGHT = datetime(2026, 3, 25)  # noqa: DTZ001 - Excel knows no zones
EVENING = datetime(2026, 3, 12, 17, 30)  # noqa: DTZ001


@pytest.fixture
def filled() -> Filled:
    return Filled()


def first(filled: Filled, kind: str) -> Record:
    return filled.read().records[kind].records[0]


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [
        (245, 24500),
        (245.5, 24550),
        (245.10000000000001, 24510),
        (0.1 + 0.2, 30),
        ("245,00", 24500),
        ("245.5", 24550),
        ("1 234,50", 123450),
        ("1\u00a0234,50", 123450),
        ("1\u202f234,50 kr", 123450),
        ("1.234,50", 123450),
        ("1,234.50", 123450),
        ("1.234.567", 123456700),
        ("245:-", 24500),
        ("245 kr", 24500),
        ("245 kronor", 24500),
        ("SEK 245", 24500),
        ("  245  ", 24500),
        ("12345678,9", 1234567890),
    ],
)
def test_an_amount_is_read_however_it_was_typed(filled, typed, hundredths):
    filled.put("meal", "price_per_person", typed)
    assert first(filled, "meal").values["price_per_person"] == hundredths


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.234", "excel.two_numbers"),
        ("1,234", "excel.two_numbers"),
        ("ca 200", "excel.not_a_number"),
        ("200-300", "excel.not_a_number"),
        ("1e3", "excel.not_a_number"),
        ("(245)", "excel.not_a_number"),
        ("½", "excel.not_a_number"),
        ("20 EUR", "excel.other_currency"),
        ("€20", "excel.other_currency"),
        ("-", "excel.not_a_number"),
        (True, "excel.not_a_number"),
        (date(2026, 7, 2), "excel.date_for_number"),
        (timedelta(hours=2), "excel.date_for_number"),
        (245.123, "case.money_decimals"),
        ("245,123", "excel.two_numbers"),
        ("0,123", "case.money_decimals"),
        (10**13, "case.too_large"),
        ("9" * 30, "excel.number_too_large"),
        (-1, "case.negative"),
        ("\u2212245", "case.negative"),
    ],
)
def test_an_amount_that_is_none_or_means_two_things_is_refused_in_its_place(filled, typed, code):
    cell = filled.put("meal", "price_per_person", typed)
    problem = filled.problem()
    assert problem.code == code
    assert problem.place == f"bladet Måltider, rad {FIRST}, kolumn {cell.column_letter} (price_per_person)"


def test_a_cell_formatted_as_per_cent_is_refused(filled):
    filled.put("meal", "price_per_person", 0.25).number_format = "0%"
    assert filled.problem().code == "excel.percent"


@pytest.mark.parametrize(("typed", "whole"), [(18, 18), (18.0, 18), ("18", 18), ("18 st", 18), ("1 200", 1200)])
def test_a_whole_number_may_be_stored_as_text_or_as_a_decimal(filled, typed, whole):
    filled.form("collaboration.expected_participants", typed)
    assert filled.read().collaboration.values["expected_participants"] == whole


def test_half_a_person_is_refused(filled):
    filled.form("collaboration.expected_participants", 2.5)
    assert filled.problem().code == "excel.not_whole"


def test_hours_take_their_unit(filled):
    filled.put("leg", "journey_hours", "2,7 h")
    assert first(filled, "leg").values["journey_hours"] == 270


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    "typed",
    [
        date(2026, 3, 25),
        MIDNIGHT,
        "2026-03-25",
        " 2026-03-25 ",
        "2026/3/25",
        "20260325",
        46106,
        "25 mars 2026",
        "den 25:e mars 2026",
        "25 March 2026",
        "25.3.2026",
        "25/3 2026",
        "25/3-2026",
    ],
)
def test_a_day_is_read_when_it_can_mean_one_day_only(filled, typed):
    filled.form("case.starts_on", typed)
    assert filled.read().starts_on == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12/3 2026", "excel.two_dates"),
        ("03-12-2026", "excel.two_dates"),
        ("3.12.2026", "excel.two_dates"),
        ("26-03-12", "excel.not_a_date"),
        ("i mars", "excel.not_a_date"),
        ("2026-02-30", "excel.no_such_day"),
        ("31 april 2026", "excel.no_such_day"),
        ("2026-13-01", "excel.no_such_day"),
        (EVENING, "excel.time_in_date"),
        (12, "excel.not_a_date"),
        (2026, "excel.not_a_date"),
        (20260325, "excel.not_a_date"),
        (True, "excel.not_a_date"),
    ],
)
def test_a_day_that_is_none_or_means_two_days_is_refused(filled, typed, code):
    cell = filled.form("case.starts_on", typed)
    problem = filled.problem()
    assert (problem.code, problem.place) == (code, f"bladet Samverkan, rad {cell.row}, kolumn B (case.starts_on)")


def test_both_readings_of_a_day_are_told(filled):
    filled.form("case.starts_on", "12/3 2026")
    assert "2026-03-12 eller 2026-12-03" in problem_text(filled.problem(), "sv")


def test_the_same_day_and_month_cannot_be_misread(filled):
    filled.form("case.starts_on", "5/5 2026")
    assert filled.read().starts_on == date(2026, 5, 5)


@pytest.mark.parametrize("typed", [EVENING, "2026-03-12 17:30", "2026-03-12 kl. 17:30"])
def test_a_time_of_day_is_read(filled, typed):
    filled.put("meal", "starts_at", typed)
    assert first(filled, "meal").values["starts_at"] == EVENING


# ---------------------------------------------------------------- yes, no, choices, text


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (True, True), ("ja", True), ("JA ", True), ("Yes", True), ("x", True), (1, True), ("1", True), ("sant", True),
        (False, False), ("nej", False), ("No", False), (0, False), ("FALSKT", False),
        (None, None), ("", None), ("  ", None), ("?", None), ("vet inte", None), ("Not known", None), ("okänt", None),
    ],
)  # fmt: skip
def test_yes_no_and_not_known_in_many_words(filled, typed, value):
    filled.put("participant", "id", "p1")
    filled.put("participant", "invited", typed)
    assert first(filled, "participant").values.get("invited") == value


@pytest.mark.parametrize("typed", ["kanske", 2, "ja/nej", date(2026, 1, 1)])
def test_neither_yes_nor_no_is_refused(filled, typed):
    filled.put("participant", "invited", typed)
    assert filled.problem().code == "excel.not_yes_or_no"


@pytest.mark.parametrize("typed", ["remote", "REMOTE", "på distans", "På  distans ", "remotely"])
def test_a_choice_by_its_code_or_its_label(filled, typed):
    labels = {"på distans": "sv", "remotely": "en"}
    fact = filled_fact("participant", "mode")
    if typed in labels:
        typed = fact.labels["remote"].in_language(labels[typed])
    filled.put("participant", "mode", typed)
    assert first(filled, "participant").values["mode"] == "remote"


def filled_fact(kind: str, name: str):
    from tillit.core.rulebook.editions import vocabulary

    return vocabulary().kinds[kind].facts[name]


def test_a_choice_that_is_none_is_refused_with_the_choices(filled):
    filled.put("participant", "mode", "hybrid")
    problem = filled.problem()
    assert problem.code == "excel.not_a_choice"
    assert filled_fact("participant", "mode").labels["remote"].sv in problem.args["allowed"]


def test_the_choices_are_told_in_the_language_asked_for():
    filled = Filled("en")
    filled.put("participant", "mode", "hybrid")
    assert filled_fact("participant", "mode").labels["remote"].en in filled.problem().args["allowed"]


@pytest.mark.parametrize(("typed", "id_"), [(1.0, "1"), (7, "7"), ("p 1", "p 1"), ("p\u00a01", "p 1"), (" p1 ", "p1")])
def test_a_number_in_a_text_column_is_text(filled, typed, id_):
    filled.put("participant", "id", typed)
    assert first(filled, "participant").id == id_


def test_text_that_excel_made_a_date_is_refused(filled):
    filled.put("participant", "id", date(2026, 1, 2))
    assert filled.problem().code == "excel.date_for_text"


def test_a_country_may_be_written_in_small_letters(filled):
    filled.put("participant", "works_in", "se")
    assert first(filled, "participant").values["works_in"] == "SE"


# ---------------------------------------------------------------- formulas, errors, merged cells


def test_a_formula_without_a_saved_value_is_refused(filled):
    cell = filled.put("meal", "price_per_person", "=120+125")
    problem = filled.problem()
    assert problem.code == "excel.formula_without_value"
    assert problem.place == f"bladet Måltider, rad {FIRST}, kolumn {cell.column_letter} (price_per_person)"
    assert "spara" in problem_text(problem, "sv")


def test_a_row_of_sums_is_refused_and_not_taken_for_a_record(filled):
    filled.put("meal", "price_per_person", 120)
    filled.put("meal", "price_per_person", "=SUM(B7:B8)", row=FIRST + 1)
    assert filled.problem().code == "excel.sum_row"


def test_an_error_value_is_refused(filled):
    cell = filled.put("meal", "price_per_person", 1)
    cell.value, cell.data_type = "#N/A", "e"
    assert filled.problem().code == "excel.error_value"


def test_merged_records_are_refused_at_the_cells_below(filled):
    cell = filled.put("participant", "works_in", "SE")
    for row, id_ in enumerate(("p1", "p2", "p3"), start=FIRST):
        filled.put("participant", "id", id_, row=row)
    letter = cell.column_letter
    filled.sheet("participant").merge_cells(f"{letter}{FIRST}:{letter}{FIRST + 2}")
    problems = filled.problems()
    assert [problem.code for problem in problems] == ["excel.merged", "excel.merged"]
    assert problems[0].place == f"bladet Deltagare, rad {FIRST + 1}, kolumn {letter} (works_in)"
    assert problems[0].args["area"] == f"{letter}{FIRST}:{letter}{FIRST + 2}"


def test_merged_headings_and_merged_empty_cells_do_no_harm(filled):
    filled.put("participant", "id", "p1")
    filled.sheet("participant").merge_cells("A1:E1")
    filled.sheet("participant").merge_cells(f"B{FIRST + 5}:B{FIRST + 9}")
    assert len(filled.read().records["participant"].records) == 1


def test_an_answer_hidden_under_its_question_is_refused(filled):
    cell = filled.form_cell("collaboration.arranger")
    filled.sheet("collaboration").merge_cells(f"A{cell.row}:B{cell.row}")
    assert filled.problem().code == "excel.merged"


# ---------------------------------------------------------------- rows, columns, sheets


def test_blank_rows_between_and_after_the_records_are_skipped(filled):
    filled.put("participant", "id", "p1")
    filled.put("participant", "id", "p2", row=FIRST + 3)
    filled.cell("participant", "works_in", FIRST + 40).fill = PatternFill("solid", fgColor="FFFF00")
    filled.put("participant", "id", "   ", row=FIRST + 50)
    assert [record.id for record in filled.read().records["participant"].records] == ["p1", "p2"]


def test_a_row_where_nothing_is_known_is_still_a_record(filled):
    filled.put("participant", "mode", "vet inte")
    assert len(filled.read().records["participant"].records) == 1


def test_hidden_rows_and_columns_are_read(filled):
    filled.put("participant", "id", "p1")
    filled.sheet("participant").row_dimensions[FIRST].hidden = True
    filled.sheet("participant").column_dimensions["A"].hidden = True
    assert first(filled, "participant").id == "p1"


def test_columns_may_be_moved(filled):
    sheet = filled.sheet("participant")
    filled.put("participant", "id", "p1")
    filled.put("participant", "works_in", "DK")
    sheet.insert_cols(2, 2)
    record = first(filled, "participant")
    assert (record.id, record.values["works_in"]) == ("p1", "DK")


def test_the_heading_may_be_moved_down(filled):
    filled.put("participant", "id", "p1")
    filled.sheet("participant").insert_rows(1, 4)
    assert first(filled, "participant").id == "p1"


def test_a_deleted_row_of_keys_is_found_by_its_questions(filled):
    filled.put("participant", "id", "p1")
    filled.put("participant", "works_in", "DK")
    filled.sheet("participant").delete_rows(FIRST - 1)
    assert first(filled, "participant").values["works_in"] == "DK"


def test_an_unknown_column_is_named_with_the_nearest_known(filled):
    sheet, column = filled.sheet("participant"), filled.column("participant", "works_in")
    sheet.cell(FIRST - 1, column).value = "work_in"
    filled.put("participant", "id", "p1")
    sheet.cell(FIRST, column).value = "DK"
    problem = filled.problem()
    assert (problem.code, problem.args["nearest"]) == ("excel.unknown_column", "works_in")
    assert problem.place.startswith(f"bladet Deltagare, rad {FIRST - 1}, kolumn ")


def test_an_unknown_column_without_data_is_let_be(filled):
    filled.sheet("participant").cell(FIRST - 1, 40).value = "lönenivå"
    filled.put("participant", "id", "p1")
    assert first(filled, "participant").id == "p1"


def test_data_in_a_column_without_a_heading_is_refused(filled):
    filled.put("participant", "id", "p1")
    filled.sheet("participant").cell(FIRST, 40).value = "viktigt"
    problem = filled.problem()
    assert (problem.code, problem.place) == (
        "excel.column_without_header",
        f"bladet Deltagare, rad {FIRST - 1}, kolumn AN",
    )


def test_a_column_of_ones_own_is_not_read(filled):
    sheet = filled.sheet("participant")
    sheet.cell(FIRST - 1, 40).value = "# anteckning"
    sheet.cell(FIRST + 4, 40).value = "ring henne"
    filled.put("participant", "id", "p1")
    assert len(filled.read().records["participant"].records) == 1


def test_two_columns_with_one_key_are_refused(filled):
    filled.sheet("participant").cell(FIRST - 1, 40).value = "mode"
    filled.put("participant", "id", "p1")
    assert filled.problem().code == "excel.double_column"


def test_a_renamed_sheet_is_known_by_its_keys(filled):
    filled.put("participant", "id", "p1")
    filled.sheet("participant").title = "Läkare i Lund"
    assert first(filled, "participant").id == "p1"


def test_the_sheets_of_the_other_language_are_known():
    filled = Filled("en")
    filled.put("participant", "mode", "på distans")
    filled.put("participant", "works_in", "se")
    assert filled.read().records["participant"].records[0].values["mode"] == "remote"


def test_a_sheet_that_nobody_knows_is_refused_when_it_holds_something(filled):
    filled.book.create_sheet("Blad1")
    filled.read()
    filled.book["Blad1"]["A1"] = "fler deltagare"
    problem = filled.problem()
    assert (problem.code, problem.place) == ("excel.unknown_sheet", "bladet Blad1")
    filled.book["Blad1"].title = "# mina anteckningar"
    filled.read()


def test_two_sheets_of_one_kind_are_refused(filled):
    filled.put("participant", "id", "p1")
    filled.book.copy_worksheet(filled.sheet("participant")).title = "Participants"
    assert filled.problem().code == "excel.double_sheet"


def test_far_too_many_rows_are_refused(filled, monkeypatch):
    monkeypatch.setattr("tillit.exchange.excel_table.MOST_RECORDS", 3)
    for row in range(FIRST, FIRST + 4):
        filled.put("participant", "id", f"p{row}", row=row)
    assert filled.problem().code == "excel.too_many_rows"


# ---------------------------------------------------------------- the first sheet, the lists, judgements


def test_the_first_sheet_needs_its_heading(filled):
    filled.sheet("collaboration").delete_rows(4)
    assert "excel.no_answer_column" in [problem.code for problem in filled.problems()]


def test_an_unknown_key_on_the_first_sheet_is_named(filled):
    cell = filled.form("collaboration.arranger", "gemensamt")
    filled.sheet("collaboration").cell(cell.row, 5).value = "collaboration.aranger"
    problem = filled.problem()
    assert (problem.code, problem.args["nearest"]) == ("excel.unknown_key", "collaboration.arranger")


def test_a_row_twice_on_the_first_sheet_is_refused(filled):
    sheet = filled.sheet("collaboration")
    sheet.cell(sheet.max_row + 1, 5).value = "case.title"
    assert filled.problem().code == "excel.double_key"


def test_an_answer_without_a_key_is_refused(filled):
    sheet = filled.sheet("collaboration")
    sheet.cell(sheet.max_row + 1, 2).value = "och en sak till"
    assert filled.problem().code == "excel.row_without_key"


def test_a_deleted_key_is_found_by_its_question(filled):
    cell = filled.form("collaboration.expected_participants", 30)
    filled.sheet("collaboration").cell(cell.row, 5).value = None
    assert filled.read().collaboration.values["expected_participants"] == 30


def test_a_missing_title_is_told_with_its_cell(filled):
    cell = filled.form("case.title", None)
    problem = filled.problem()
    assert (problem.code, problem.place) == (
        "case.missing_key",
        f"bladet Samverkan, rad {cell.row}, kolumn B (case.title)",
    )


def test_whether_the_list_is_whole_and_how_many_there_are(filled):
    sheet = filled.sheet("participant")
    sheet["B3"], sheet["B4"] = "ja", "18"
    filled.put("participant", "id", "p1")
    listing = filled.read().records["participant"]
    assert (listing.complete, listing.total) == (True, 18)


def test_two_answers_to_one_question_are_refused(filled):
    sheet = filled.sheet("participant")
    sheet["B3"], sheet["D3"] = "ja", "nej"
    assert filled.problem().code == "excel.two_answers"


def test_a_total_below_the_list_is_told_with_its_cell(filled):
    filled.sheet("participant")["B4"] = 1
    filled.put("participant", "id", "p1")
    filled.put("participant", "id", "p2", row=FIRST + 1)
    problem = filled.problem()
    assert (problem.code, problem.place) == (
        "case.total_too_small",
        "bladet Deltagare, rad 4, kolumn B (records.participant.total)",
    )


@pytest.mark.parametrize("record", ["meal:lunch", "Måltid: lunch", "meal lunch", "Måltider lunch"])
@pytest.mark.parametrize("fact", ["moderate_assessed", "question"])
def test_a_judgement_names_its_record_and_its_word_in_many_ways(filled, record, fact):
    question = filled_fact("meal", "moderate_assessed").question.sv
    filled.put("meal", "id", "lunch")
    row = {
        "fact": f"{question} (moderate_assessed)" if fact == "question" else fact,
        "record": record.replace("Måltid:", filled_kind("meal").title.sv + ":"),
        "value": "ja",
        "by": "verksamhetschef, kardiologen",
        "on": date(2026, 2, 20),
        "why": "Sallad och smörgås.",
    }
    for key, value in row.items():
        filled.put("judgement", key, value)
    (judgement,) = filled.read().judgements
    assert (judgement.fact, judgement.record, judgement.value) == ("moderate_assessed", "meal:lunch", True)


def filled_kind(name: str):
    from tillit.core.rulebook.editions import vocabulary

    return vocabulary().kinds[name]


def test_a_judgement_without_a_reason_is_told_with_its_cell(filled):
    filled.put("meal", "id", "lunch")
    for key, value in {"fact": "moderate_assessed", "record": "meal:lunch", "value": "ja", "by": "chef"}.items():
        filled.put("judgement", key, value)
    filled.put("judgement", "on", "2026-02-20")
    cell = filled.cell("judgement", "why")
    problem = filled.problem()
    assert (problem.code, problem.place) == (
        "case.judgement_lacks",
        f"bladet Bedömningar, rad {FIRST}, kolumn {cell.column_letter} (why)",
    )


# ---------------------------------------------------------------- all at once, and no names


def test_every_problem_of_every_sheet_is_told_at_once(filled):
    filled.form("case.starts_on", "12/3 2026")
    filled.put("participant", "mode", "hybrid")
    filled.put("meal", "price_per_person", -1)
    filled.put("leg", "traveller", "p9")
    codes = {problem.code for problem in filled.problems()}
    assert codes == {"excel.two_dates", "excel.not_a_choice", "case.negative", "case.no_such_record"}


def test_a_personal_number_is_refused_and_never_repeated(filled, personal_number):
    from tillit.core.errors import BadInput

    number = personal_number()
    filled.put("participant", "id", int(number))
    filled.put("participant", "mode", number)
    filled.form("case.ends_on", number)
    problems = filled.problems()
    assert "case.personal_number" in [problem.code for problem in problems]
    assert number not in "\n".join(problem_lines(BadInput(problems), "sv"))
