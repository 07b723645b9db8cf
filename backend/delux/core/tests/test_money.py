from decimal import Decimal

import pytest

from delux.core.markets import Market, market_of_phone
from delux.core.money import round_money


@pytest.mark.parametrize(
    ("amount", "rounded"), [("2.345", "2.35"), ("2.344", "2.34"), ("2.5", "2.50"), ("-0.005", "-0.01")]
)
def test_money_is_rounded_half_up_to_two_decimals(amount: str, rounded: str) -> None:
    assert str(round_money(Decimal(amount))) == rounded


@pytest.mark.parametrize(
    ("phone", "market"),
    [
        ("+77011234567", Market.KZ),
        ("+996700123456", Market.KG),
        ("+12125550100", Market.US),
        ("+79161234567", None),
    ],
)
def test_a_phone_tells_its_market(phone: str, market: Market | None) -> None:
    assert market_of_phone(phone) == market
