"""What the rows of a goods table say, before anybody asks what is on the shelf."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from delux.core.sheets import BadTable, Table
from delux.market.models import Product, Variant

NEEDED = ("sku_code", "title", "price", "stock_quantity")
_DEAREST, _MOST = Decimal("9999999999.99"), 1_000_000
_LONGEST = {
    "sku_code": Variant.sku_code.field.max_length,
    "title": Product.title.field.max_length,
    "size": Variant.size.field.max_length,
    "colour": Variant.colour.field.max_length,
    "category": 120,
}


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: its line in the file, the column (a key of columns.toml), and in words."""

    line: int
    column: str
    detail: str


@dataclass
class Line:
    """One row of the file. ``values`` holds the columns that the file has and that are not empty."""

    number: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)


@cache
def column_names() -> dict[str, dict[str, list[str]]]:
    """Return what each column may be called, by column and language."""
    return tomllib.loads((Path(__file__).parent.parent / "columns.toml").read_text(encoding="utf-8"))


def template_header(language: str) -> list[str]:
    return [names[language][0] for names in column_names().values()]


def find_columns(table: Table) -> dict[str, int]:
    """Return the place of each column the file has, by any of its names in any language.

    :raises BadTable: a column that is needed is missing, or one stands there twice
    """
    known = {
        name.lower(): column
        for column, languages in column_names().items()
        for names in languages.values()
        for name in [*names, column]
    }
    places: dict[str, int] = {}
    for place, name in enumerate(table.header):
        column = known.get(name.strip().lower())
        if column in places:
            detail = _("The column “%(name)s” stands there twice.") % {"name": name[:80]}
            raise BadTable.at_file(detail)
        if column:
            places[column] = place
    language = get_language() or "ru"
    missing = [column_names()[name][language][0] for name in NEEDED if name not in places]
    if missing:
        detail = _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)}
        raise BadTable.at_file(detail)
    return places


def read_lines(table: Table) -> Iterator[Line]:
    """Yield each row with its faults. Prices may be written 12 000,50 or 12000.50.

    :raises BadTable: the columns are not those of goods
    """
    places = find_columns(table)
    for number, cells in table.rows:
        line = Line(number, {})
        for column, place in places.items():
            try:
                if cells[place]:
                    line.values[column] = _read(column, cells[place])
                elif column in ("sku_code", "title"):
                    raise ValueError(_("This must be filled in."))
            except ValueError as error:
                line.faults.append(Fault(number, column, str(error)))
        yield line


def _read(column: str, text: str) -> Any:
    if column in ("price", "original_price"):
        return _money(text)
    if column == "stock_quantity":
        return _whole(text)
    if "\0" in text or len(text) > (longest := _LONGEST[column] or 0):
        raise ValueError(_("At most %(number)s characters.") % {"number": longest})
    return text


def _money(text: str) -> Decimal:
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", plain, re.ASCII):
        raise ValueError(_("A price such as 12000 or 12000.50."))
    try:
        price = Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError(_("A price such as 12000 or 12000.50.")) from None
    if price > _DEAREST:
        raise ValueError(_("This price is too high."))
    return price


def _whole(text: str) -> int:
    plain = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not re.fullmatch(r"\d{1,7}", plain, re.ASCII) or int(plain) > _MOST:
        raise ValueError(_("A whole number from 0 to 1 000 000."))
    return int(plain)
