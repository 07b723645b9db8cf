"""What an organizer sends, right in every field until a test changes one."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now
from rest_framework.response import Response

PLACE = {"country": "KZ", "city": "Almaty", "address": "Medeu rink"}


def ticket(**changes: object) -> dict[str, Any]:
    return {
        "name": "10 km",
        "price": "7000.00",
        "quantity_total": 300,
        "sales_start": now().isoformat(),
        "sales_end": (now() + timedelta(days=29)).isoformat(),
    } | changes


def variant(**changes: object) -> dict[str, Any]:
    return {"sku_code": "A", "size": "41", "price": "100", "stock_quantity": 1} | changes


def refused(response: Response, status: int) -> dict[str, str]:
    """Return the code of each field that a refusal names."""
    assert response.status_code == status, response.content
    return {problem["pointer"]: problem["code"] for problem in response.json()["errors"]}
