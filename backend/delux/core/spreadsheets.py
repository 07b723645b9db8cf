"""Tables for people's own programs: CSV as a stream, XLSX as a file.

No cell ever runs: what a spreadsheet would take for a formula is kept as the text it is.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The most rows a sheet has, its header among them.
XLSX_ROWS = 1_048_576
Cell = str | int | Decimal | datetime | None
# Each begins a formula, or a command, in one spreadsheet program or another.
FORMULA_STARTS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n")
_AFTER_SEMICOLON = re.compile(r""";(?=[\s"]*[=+\-@|%])""")
_EXCEL_READS_UTF8 = b"\xef\xbb\xbf"


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


@dataclass(frozen=True)
class CsvForm:
    """How a CSV file is written. Spreadsheets that divide cells by semicolons read decimal commas, so the two
    go together. Excel takes a file without a byte order mark for another alphabet; other programs may
    stumble over one.
    """

    divider: str = ","
    has_mark: bool = True


def stream_csv(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], form: CsvForm = CsvForm()
) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8, line by line. Moments are written as they stand: give them in the zone they
    are to be read in.
    """
    writer = csv.writer(_Echo(), delimiter=form.divider)
    point = "," if form.divider == ";" else "."
    if form.has_mark:
        yield _EXCEL_READS_UTF8
    for row in chain([header], rows):
        yield writer.writerow([_plain(cell, point) for cell in row]).encode()


def write_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """Return an XLSX file of one sheet, rewound; its numbers and moments are such, not texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    sheet.append([_bold(sheet, name) for name in header])
    for row in rows:
        sheet.append([_typed(sheet, cell) for cell in row])
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _plain(cell: Cell, point: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return str(cell).replace(".", point)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if not isinstance(cell, str):
        return str(cell)
    # The quote is what spreadsheets themselves put before a text that looks like a formula. Where cells are
    # divided by semicolons, as Excel does in Russian, one inside a text begins another cell.
    text = _AFTER_SEMICOLON.sub(";'", cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _typed(sheet: Any, value: Cell) -> Any:
    cell: Any
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value.replace(tzinfo=None))
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"  # never "f", whatever it begins with
        cell.quotePrefix = value.startswith(FORMULA_STARTS)  # nor when somebody edits it
    else:
        cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # its stubs forget Decimal
        if isinstance(value, Decimal):
            cell.number_format = "#,##0.00"
    return cell


def _bold(sheet: Any, name: str) -> Any:
    cell = _typed(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _sheet_name(title: str) -> str:
    """Return a name Excel takes: at most 31 characters, none of its own signs."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:31].strip() or "1"
