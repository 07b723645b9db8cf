"""A query whose SQL is made once: for the hottest reads, where building it costs more than running it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Row = dict[str, Any]


class KeptQuery:
    """Rows of ``build(value)``, a `.values()` query over plain columns, for any value of the marker's type.

    ``marker`` stands for the value while the SQL is made; nothing else in the query may equal it. Rows come
    as the driver gives them, without the model fields' converters.
    """

    def __init__(self, build: Callable[[Any], QuerySet[Any, Row]], *, marker: Any) -> None:
        self._build, self._marker = build, marker

    def read(self, value: Any) -> list[Row]:
        """Run the query for ``value``."""
        sql, parameters, names = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, [value if one == self._marker else one for one in parameters])
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    @cached_property
    def _compiled(self) -> tuple[str, tuple[Any, ...], tuple[str, ...]]:
        query = self._build(self._marker).query
        sql, parameters = query.sql_with_params()
        if parameters.count(self._marker) != 1:
            raise ValueError(f"{self._marker!r} must stand in the query exactly once: {parameters}")
        return sql, parameters, query.values_select
