import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from delux.core.spreadsheets import CsvForm, stream_csv, write_xlsx

EVENING = datetime(2027, 6, 12, 14, 30, tzinfo=UTC).astimezone(ZoneInfo("Asia/Almaty"))
FORMULAS = ["=1+1", "+77010000000", "-2", "@SUM(A1)", "|calc", "%1", "\t=1", "\r=1"]


def read_csv(*rows: list) -> list[list[str]]:
    text = b"".join(stream_csv(["A", "B"], rows)).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


@pytest.mark.parametrize("formula", FORMULAS)
def test_csv_keeps_what_looks_like_a_formula_as_text(formula) -> None:
    _, row = read_csv([formula, "Aliya = runner"])

    assert row == [f"'{formula}", "Aliya = runner"]


@pytest.mark.parametrize("name", ["Ann;=1+1", "Ann; @SUM(A1)", "Ann;;-2"])
def test_a_semicolon_begins_no_formula_where_it_divides_cells(name) -> None:
    text = b"".join(stream_csv(["A", "B"], [[name, "x"]])).decode("utf-8-sig")

    cells = [cell for row in csv.reader(StringIO(text, newline=""), delimiter=";") for cell in row]
    assert len(cells) > 2
    assert not [cell for cell in cells if cell.strip(' "').startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("formula", FORMULAS)
def test_xlsx_keeps_what_looks_like_a_formula_as_text(formula) -> None:
    sheet = load_workbook(write_xlsx("People", ["A"], [[formula]])).active

    cell = sheet["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.strip() == formula.strip()


def test_no_cell_of_any_column_is_a_formula_in_either_kind_of_file() -> None:
    header = [f"={column}" for column in range(6)]
    rows = [[formula] * len(header) for formula in FORMULAS]

    text = b"".join(stream_csv(header, rows)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text, newline="")) for cell in row]
    assert len(cells) == len(header) * (1 + len(FORMULAS))
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@|%\t\r"))]

    sheet = load_workbook(write_xlsx("All", header, rows)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


def test_a_table_is_right_in_both_kinds_of_file() -> None:
    row = ["Қанат, Ж.", Decimal("7000.00"), EVENING, None, 3]

    header, line = read_csv(row)
    assert header == ["A", "B"]
    assert line == ["Қанат, Ж.", "7000.00", "2027-06-12 19:30", "", "3"]

    sheet = load_workbook(write_xlsx("Қатысушылар: 10 km/h?", ["A"] * 5, [row])).active
    assert sheet.title == "Қатысушылар  10 km h"
    assert [cell.value for cell in sheet[2]] == ["Қанат, Ж.", 7000, EVENING.replace(tzinfo=None), None, 3]


def test_signs_that_no_spreadsheet_can_hold_are_left_out() -> None:
    assert load_workbook(write_xlsx("", ["A"], [["a\x07b"]])).active["A2"].value == "ab"


def test_csv_is_written_while_its_rows_are_read() -> None:
    read: list[int] = []

    def rows():
        for number in range(3):
            read.append(number)
            yield [number]

    lines = stream_csv(["A"], rows())
    assert [next(lines) for _ in range(3)][2] == b"0\r\n"
    assert read == [0]


def test_with_semicolons_decimals_have_commas_and_no_text_becomes_a_cell() -> None:
    rows = [[Decimal("7000.50"), "a;=1+1", -5]]

    text = b"".join(stream_csv(["A", "B", "C"], rows, CsvForm(divider=";"))).decode("utf-8-sig")

    assert text == 'A;B;C\r\n7000,50;"a;\'=1+1";-5\r\n'


@pytest.mark.parametrize("has_mark", [True, False])
def test_a_byte_order_mark_is_there_only_where_it_is_wanted(has_mark: bool) -> None:
    content = b"".join(stream_csv(["A"], [], CsvForm(has_mark=has_mark)))

    assert content.startswith(b"\xef\xbb\xbf") == has_mark
