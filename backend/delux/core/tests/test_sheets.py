"""Tables from outside: whatever is sent, a table or a refusal that names the problem, and soon."""

import time
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.utils import translation
from openpyxl import Workbook

from delux.core.errors import TooLarge
from delux.core.sheets import MAX_COLUMNS, MAX_ROWS, BadTable, read_table
from delux.core.spreadsheets import write_xlsx

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def xlsx(*rows: list) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def with_sheet(xml: str) -> bytes:
    """An XLSX whose sheet says ``xml``."""
    out = BytesIO()
    with ZipFile(BytesIO(xlsx(["a"]))) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, xml if part.filename == SHEET else old.read(part.filename))
    return out.getvalue()


@pytest.mark.parametrize("divider", [";", ",", "\t"])
def test_csv_is_read_whatever_divides_its_cells(divider) -> None:
    text = f'\ufeffSKU{divider}"Name{divider} long"\r\n\r\n A-1 {divider}"Қалпақ ""50"""\r\n'

    table = read_table(text.encode())

    assert table.header == ["SKU", " ".join(f"Name{divider} long".split())]
    assert table.rows == [(3, ["A-1", 'Қалпақ "50"'])]


def test_xlsx_gives_numbers_as_people_read_them_and_short_rows_are_filled() -> None:
    table = read_table(xlsx(["SKU", "Price", "Stock"], [1001, 12000.0, 5], [None, None], ["A", 0.1]))

    assert table.rows == [(2, ["1001", "12000", "5"]), (4, ["A", "0.1", ""])]


def test_what_was_written_so_that_it_is_no_formula_comes_back_as_it_was() -> None:
    kept = write_xlsx("Goods", ["SKU"], [["=1+1"], ["-2"]]).read()

    assert [row for _line, row in read_table(kept).rows] == [["=1+1"], ["-2"]]
    assert read_table(b"SKU\n'=1+1\n").rows == [(2, ["=1+1"])]


HOSTILE = {
    "empty": (b"", "empty"),
    "only blank lines": (b"\n\n;;;\n", "empty"),
    "another encoding": ("Артикул;Цена\nА;1".encode("cp1251"), "UTF-8"),
    "binary": (b"\x00\x01\x02", "not a table"),
    "a million columns": (b"a," * 1_000_000, "columns"),
    "too many columns": (",".join(["a"] * (MAX_COLUMNS + 1)).encode(), "columns"),
    "too many rows": (b"a\n" + b"1\n" * (MAX_ROWS + 1), "rows"),
    "an endless cell": (b'a\n"' + b"x" * 200_000, "Line"),
    "half an archive": (xlsx(["a"])[:200], "cannot be read"),
    "an archive that is no book": (b"PK\x03\x04" + b"\0" * 60, "cannot be read"),
    "a bomb": (with_sheet(" " * 70_000_000), "unpacks"),
    "broken XML": (with_sheet("<worksheet><sheetData><row>"), "cannot be read"),
    "XLSX, too many columns": (xlsx(["a"] * (MAX_COLUMNS + 1)), "columns"),
}


@pytest.mark.parametrize(("raw", "word"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_table_is_refused_and_the_problem_named(raw, word) -> None:
    started = time.process_time()

    with pytest.raises(BadTable) as refused:
        read_table(raw)

    assert word in str(refused.value.detail)
    assert refused.value.problems[0].pointer == "/file"
    assert time.process_time() - started < 5


def test_a_lonely_cell_at_the_end_of_a_sheet_makes_it_no_longer() -> None:
    cell = '<c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c>'
    rows = "".join(
        f'<row r="{row}">{cell.format(row=row, text=text)}</row>'
        for row, text in ((1, "SKU"), (2, "A"), (1_048_576, "Z"))
    )
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    raw = with_sheet(
        f'<worksheet xmlns="{namespace}"><dimension ref="A1:XFD1048576"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )

    assert [row[0] for _line, row in read_table(raw).rows] == ["A"]


def test_five_megabytes_are_enough() -> None:
    with pytest.raises(TooLarge):
        read_table(b"a" * (5 * 1024 * 1024 + 1))
