"""Money: an amount in Decimal with two places and a currency code, rounded in this one place."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models

ZERO = Decimal("0.00")
MOST = Decimal("9999999999.99")
_CENT = Decimal("0.01")


class Currency(models.TextChoices):
    KZT = "KZT", "Kazakhstani tenge"
    KGS = "KGS", "Kyrgyzstani som"
    USD = "USD", "US dollar"


def round_money(amount: Decimal) -> Decimal:
    """Round half up to the minor unit; tenge, som and dollar all have two decimals (ISO 4217)."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)


class MoneyField(models.DecimalField):  # type: ignore[type-arg] # only the stubs are generic
    """NUMERIC(12,2): amounts up to MOST of the currency that stands in the row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_digits"], kwargs["decimal_places"] = 12, 2
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs
