"""Tables that people send, CSV or XLSX: bounded before they are unpacked, and read as text, cell by cell."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import orjson
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from delux.core.errors import FieldProblem, Invalid, TooLarge
from delux.core.spreadsheets import FORMULA_STARTS

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 40
MAX_CELL = 2000
# What the parts of an XLSX may be once unpacked: ten thousand full rows need a tenth of it.
_UNPACKED = 60 * 1024 * 1024
_PARTS = 200
_DIVIDERS = ";,\t"


class BadTable(Invalid):
    code = "bad_table"
    title = _("Send a table as CSV (UTF-8) or XLSX")

    @classmethod
    def at_file(cls, detail: str | Promise) -> "BadTable":
        """Say what is wrong with the field ``file``."""
        return cls(detail, problems=[FieldProblem("/file", cls.code, detail)])


@dataclass(frozen=True)
class Table:
    """Rows as they stand in the file: each with its line number there, and as many cells as the header."""

    header: list[str]
    rows: list[tuple[int, list[str]]]

    def dump(self) -> bytes:
        """Write the table so that ``load`` reads it back: a hundred times as fast as unpacking it anew."""
        return orjson.dumps([self.header, self.rows])

    @classmethod
    def load(cls, kept: bytes) -> "Table":
        header, rows = orjson.loads(kept)
        return cls(header, [(number, cells) for number, cells in rows])


def read_table(raw: bytes) -> Table:
    """Return the first sheet of a file; empty rows are left out.

    :raises TooLarge: more than 5 MB
    :raises BadTable: no table, another encoding, too many rows or columns, or it unpacks to too much
    """
    if len(raw) > MAX_BYTES:
        raise TooLarge(_("A table may have at most 5 MB."))
    lines = _xlsx(raw) if raw.startswith(b"PK") else _csv(raw)
    number, header = next(((n, row) for n, row in lines if any(row)), (0, []))
    while header and not header[-1]:
        header.pop()
    if not header:
        raise BadTable.at_file(_("The file is empty: the first row must name the columns."))
    if len(header) > MAX_COLUMNS:
        raise BadTable.at_file(_("The table has too many columns: 40 are the most."))
    rows: list[tuple[int, list[str]]] = []
    for number, row in lines:
        if not any(row):
            continue
        if len(rows) == MAX_ROWS:
            raise BadTable.at_file(_("The table has too many rows: 10 000 are the most. Send it in parts."))
        rows.append((number, (row + [""] * len(header))[: len(header)]))
    return Table(header, rows)


def _csv(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTable.at_file(
            _("The text is not in UTF-8. Save the file as “CSV UTF-8” and send it again.")
        ) from None
    if "\0" in text:
        raise BadTable.at_file(_("This is not a table. Send CSV (UTF-8) or XLSX."))
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").split("\n", 1)[0])
    divider = max(_DIVIDERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=divider)
    try:
        for row in reader:
            yield reader.line_num, [_text(cell) for cell in row[: MAX_COLUMNS + 1]]
    except csv.Error:
        detail = _("Line %(line)s cannot be read: a quote is not closed, or a cell is too long.")
        raise BadTable.at_file(detail % {"line": reader.line_num}) from None


def _xlsx(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with ZipFile(BytesIO(raw)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
        if len(sizes) > _PARTS or sum(sizes) > _UNPACKED:
            raise BadTable.at_file(
                _("The file unpacks to more than a table needs. Save the sheet alone, without pictures.")
            )
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True)
        try:
            sheet: Any = book.worksheets[0]
            # Neither the size that the sheet claims nor a lonely cell far away makes it longer than this.
            rows = sheet.iter_rows(max_row=4 * MAX_ROWS, max_col=MAX_COLUMNS + 1, values_only=True)
            yield from enumerate(([_text(cell) for cell in row] for row in rows), start=1)
        finally:
            book.close()
    except BadTable:
        raise
    except Exception as error:
        # A broken archive, broken XML, no sheet: its libraries fail in many ways, each means the same here.
        if isinstance(error, MemoryError):
            raise
        raise BadTable.at_file(_("This Excel file cannot be read. Save it anew as XLSX or as CSV.")) from None


def _text(cell: Any) -> str:
    """Return what a person sees in a cell; the quote that keeps a formula a text is not part of it."""
    match cell:
        case None:
            text = ""
        case bool():
            text = "yes" if cell else "no"
        case float() | int() | Decimal():
            text = format(Decimal(repr(cell)).normalize(), "f")
        case datetime():
            text = f"{cell:%Y-%m-%d}"
        case _:
            text = " ".join(str(cell)[: MAX_CELL + 1].split())
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS) else text
