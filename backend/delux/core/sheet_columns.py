"""Which columns a table that somebody sent has, by any name they have in any language."""

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from delux.core.sheets import BadTable, Table


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: its line in the file, the column (a key of the TOML file), and in words."""

    line: int
    column: str
    detail: str


@dataclass
class Line:
    """One row of the file. ``values`` holds the columns that the file has and that are not empty."""

    number: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, column: str, detail: str) -> None:
        self.faults.append(Fault(self.number, column, detail))


class Columns:
    """The columns of one kind of table, from a TOML file: the names of each by language."""

    def __init__(self, path: Path, *, needed: tuple[str, ...]) -> None:
        self._path, self._needed = path, needed

    @cached_property
    def names(self) -> dict[str, dict[str, list[str]]]:
        """What each column may be called, by column and language; the first name stands in the template."""
        return tomllib.loads(self._path.read_text(encoding="utf-8"))

    def header(self, language: str) -> list[str]:
        return [names[language][0] for names in self.names.values()]

    def find(self, table: Table) -> dict[str, int]:
        """Return the place of each column the file has; columns of other names are passed over.

        :raises BadTable: a column that is needed is missing, or one stands there twice
        """
        known = {
            name.lower(): column
            for column, languages in self.names.items()
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
        missing = [self.names[name][language][0] for name in self._needed if name not in places]
        if missing:
            detail = _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)}
            raise BadTable.at_file(detail)
        return places
