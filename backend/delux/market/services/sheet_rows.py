"""What the rows of a goods table say, before anybody asks what is on the shelf."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from delux.core.sheet_columns import Columns, Line
from delux.core.sheets import Table
from delux.market.models import Product, Variant

COLUMNS = Columns(
    Path(__file__).parent.parent / "columns.toml", needed=("sku_code", "title", "price", "stock_quantity")
)
_DEAREST, _MOST = Decimal("9999999999.99"), 1_000_000
_LONGEST = {
    "sku_code": Variant.sku_code.field.max_length,
    "title": Product.title.field.max_length,
    "size": Variant.size.field.max_length,
    "colour": Variant.colour.field.max_length,
    "category": 120,
}


def read_lines(table: Table) -> Iterator[Line]:
    """Yield each row with its faults. Prices may be written 12 000,50 or 12000.50.

    :raises BadTable: the columns are not those of goods
    """
    places = COLUMNS.find(table)
    for number, cells in table.rows:
        line = Line(number, {})
        for column, place in places.items():
            try:
                if cells[place]:
                    line.values[column] = _read(column, cells[place])
                elif column in ("sku_code", "title"):
                    raise ValueError(_("This must be filled in."))
            except ValueError as error:
                line.fault(column, str(error))
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
