from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request


def page(
    request: Request,
    rows: QuerySet[Any],
    query: dict[str, Any],
    serialize: Callable[[Any], Any],
    *,
    count: int | None = None,
) -> dict[str, Any]:
    """Return one page of ``rows`` as {count, next, previous, results}; a page past the end is empty.

    ``query`` is a validated PageQuery; ``serialize`` turns the list of rows into JSON-ready data.
    """
    number, size = query["page"], query["page_size"]
    total = rows.count() if count is None else count
    start = (number - 1) * size
    results = serialize(list(rows[start : start + size])) if start < total else []
    return envelope(request, query, count=total, results=results)


def envelope(request: Request, query: dict[str, Any], *, count: int, results: list[Any]) -> dict[str, Any]:
    """Return a page whose rows and total are known already."""
    number, size = query["page"], query["page_size"]
    return {
        "count": count,
        "next": _address(request, number + 1) if number * size < count else None,
        "previous": _address(request, number - 1) if number > 1 else None,
        "results": results,
    }


def _address(request: Request, number: int) -> str:
    parameters = request.query_params.copy()
    parameters["page"] = str(number)
    return f"{request.path}?{parameters.urlencode()}"
