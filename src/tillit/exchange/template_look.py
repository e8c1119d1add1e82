"""How the template looks: warm paper, few lines, one accent, and what a cell may hold (formats, drop-down lists)."""

import textwrap
from typing import TYPE_CHECKING, Any

from tillit.core.rulebook.model import Fact
from tillit.exchange.excel_grid import column_letter
from tillit.exchange.words import Lang, say, words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_INK, _QUIET, _GREY, _LINE = "FF1F2A2E", "FF4F5A5E", "FF8A8F8C", "FFC9C3B2"
_HEAD, _PAPER, _ACCENT = "FFEDE8DC", "FFFFFBEF", "FF1F4E4A"
_FONT = "Calibri"
_FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "int": "0", "text": "@"}
_WIDTHS = {"bool": 16, "int": 14, "decimal": 16, "date": 16, "datetime": 20, "enum": 26, "text": 26}
_LINE_HEIGHT = 15.5


def number_format(fact: Fact) -> str:
    """Return Excel's format of a fact's cells; text stays text, so that an id such as 1-2 becomes no date."""
    if fact.type == "decimal":
        return "#,##0.00" if fact.is_money else "0.##"
    return _FORMATS.get(fact.type, "General")


def _style(
    cell: "Cell | MergedCell",
    *,
    size: int = 11,
    bold: bool = False,
    color: str = _INK,
    fill: str | None = None,
    lines: str = "",
    place: str = "top",
    wrap: bool = True,
) -> None:
    """Give a cell its look; `lines` names the sides that have a line: "top", "bottom" or "all"."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(name=_FONT, size=size, bold=bold, color=color)
    indented = fill == _PAPER or (wrap and color == _QUIET)
    cell.alignment = Alignment(horizontal="left", vertical=place, wrap_text=wrap, indent=int(indented))
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if lines:
        left, right, top, bottom = (
            Side("thin", color=_LINE) if lines in ("all", side) else Side()
            for side in ("left", "right", "top", "bottom")
        )
        cell.border = Border(left, right, top, bottom)


def _lines(text: str, width: int) -> int:
    return max(1, len(textwrap.wrap(text, width)))


class Look:
    """Writes cells of each sort, and gathers the choices that drop-down lists need on a hidden sheet."""

    def __init__(self, book: "Workbook", lists_name: str, lang: Lang) -> None:
        self.book, self.lang = book, lang
        self.lists_name = lists_name
        self.lists: dict[tuple[str, ...], str] = {}

    def title(self, sheet: "Worksheet", row: int, column: int, text: str) -> None:
        from openpyxl.worksheet.properties import PageSetupProperties

        _style(sheet.cell(row, column, text), size=16, bold=True, wrap=False)
        sheet.row_dimensions[row].height = 26
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def text(
        self, sheet: "Worksheet", row: int, column: int, text: str, *, wrap: bool = True, quiet: bool = False
    ) -> None:
        _style(sheet.cell(row, column, text), size=10 if quiet else 11, color=_QUIET if quiet else _INK, wrap=wrap)

    def group(self, sheet: "Worksheet", row: int, columns: int, text: str) -> None:
        """Write the heading of a group of questions, over the whole width."""
        sheet.row_dimensions[row].height = 24
        for column in range(1, columns + 1):
            cell = sheet.cell(row, column, text if column == 1 else None)
            _style(cell, size=12, bold=True, color=_ACCENT, lines="bottom", place="bottom", wrap=False)

    def fit(self, sheet: "Worksheet", row: int) -> None:
        """Make a row as high as its longest wrapped text needs; not every program does that on opening a file."""
        lines = 1
        for cell in sheet[row]:
            if isinstance(cell.value, str) and cell.alignment.wrap_text:
                width = sheet.column_dimensions[column_letter(cell.column)].width
                lines = max(lines, sum(_lines(part, int(width * 0.95)) for part in cell.value.split("\n")))
        sheet.row_dimensions[row].height = round(lines * _LINE_HEIGHT + 4, 1)

    def heading(self, sheet: "Worksheet", row: int, column: int, text: str) -> None:
        _style(sheet.cell(row, column, text), bold=True, fill=_HEAD, lines="top", place="bottom")

    def question(self, sheet: "Worksheet", row: int, column: int, text: str) -> None:
        _style(sheet.cell(row, column, text), bold=True)

    def key(self, sheet: "Worksheet", row: int, column: int, key: str) -> None:
        _style(sheet.cell(row, column, key), size=8, color=_GREY, lines="bottom", wrap=False)

    def answer(self, sheet: "Worksheet", row: int, column: int, fact: Fact, value: object) -> None:
        """Write a cell to be filled in, framed, with its drop-down list."""
        self.data(sheet, row, column, fact, value)
        _style(sheet.cell(row, column), fill=_PAPER, lines="all")
        self.validate(sheet, column, row, row, fact)

    def data(self, sheet: "Worksheet", row: int, column: int, fact: Fact, value: object) -> None:
        cell = sheet.cell(row, column)
        cell.number_format = number_format(fact)
        _style(cell)
        if value is not None:
            written: Any = value
            cell.value = written
            cell.number_format = number_format(fact)
        if isinstance(value, str):
            cell.data_type = "s"  # text that begins with "=" is text, not a formula

    def column(self, sheet: "Worksheet", number: int, fact: Fact, *, first: bool) -> None:
        """Set a column's width and format, so that rows still to come have it too."""
        from openpyxl.styles import Alignment

        dimension = sheet.column_dimensions[column_letter(number)]
        longest = max((len(word) for word in fact.question.in_language(self.lang).split()), default=0)
        wide = {"why": 60, "by": 34, "fact": 60}.get(fact.name, _WIDTHS[fact.type])
        dimension.width = max(40 if first else wide, longest + 3)
        dimension.number_format = number_format(fact)
        dimension.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)

    def validate(
        self, sheet: "Worksheet", column: int, first: int, last: int, fact: Fact, choices: list[str] | None = None
    ) -> None:
        """Give cells their drop-down list and the question's help as a note that shows when one stands in the cell."""
        from openpyxl.worksheet.datavalidation import DataValidation

        formula = self._choices(fact, choices)
        rule = DataValidation(type="list" if formula else None, formula1=formula, allow_blank=True)
        if formula:
            rule.showErrorMessage = True
            rule.errorTitle = say("template.invalid_title", self.lang)[:32]
            rule.error = say("template.invalid_text", self.lang)[:225]
        prompt = fact.help.in_language(self.lang) or self.hint(fact)
        rule.showInputMessage = True
        rule.promptTitle = self.hint(fact)[:32] if not formula else None
        rule.prompt = prompt if len(prompt) <= 255 else prompt[:254] + "…"
        letter = column_letter(column)
        rule.add(f"{letter}{first}:{letter}{last}" if last > first else f"{letter}{first}")
        sheet.add_data_validation(rule)

    def _choices(self, fact: Fact, choices: list[str] | None) -> str | None:
        if choices is None and fact.type == "bool":
            return f'"{say("template.yes_no_unknown", self.lang)}"'
        if choices is None and fact.type == "enum":
            choices = [self._label(fact, code) for code in fact.values]
            if fact.record != "case":
                choices.append(say("value.unknown", self.lang))
        if not choices:
            return None
        listed = tuple(choices)
        if listed not in self.lists:
            letter = column_letter(len(self.lists) + 1)
            self.lists[listed] = f"'{self.lists_name}'!${letter}$1:${letter}${len(listed)}"
        return self.lists[listed]

    def _label(self, fact: Fact, code: str) -> str:
        return fact.labels[code].in_language(self.lang) if code in fact.labels else code

    def hint(self, fact: Fact) -> str:
        """Return how an answer is written: "ja, nej eller vet inte", "kronor, 1234,50", "ett av: …"."""
        if fact.type == "enum" and len(fact.values) > 5:
            return say("template.choose", self.lang)
        if fact.type == "enum":
            return say("template.one_of", self.lang, choices=", ".join(self._label(fact, code) for code in fact.values))
        if fact.is_money:
            return say("template.money_hint", self.lang)
        if fact.format == "record":
            return say("template.record_hint", self.lang, example="meal:lunch")
        if fact.refers_to:
            return say("template.record_hint", self.lang, example=f"{fact.refers_to[0]}1")
        name = fact.format if fact.format in ("country", "currency") else fact.type
        hint = say(f"template.{name}_hint", self.lang)
        unit = words(self.lang)["unit"].get(fact.unit, fact.unit)
        return f"{hint}, {unit}" if unit else hint

    def close(self) -> None:
        """Write the hidden sheet of choices."""
        sheet = self.book.create_sheet(self.lists_name)
        sheet.sheet_state = "hidden"
        for column, listed in enumerate(self.lists, start=1):
            for row, choice in enumerate(listed, start=1):
                sheet.cell(row, column, choice)
