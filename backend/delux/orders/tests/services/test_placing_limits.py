from decimal import Decimal

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.money import MOST
from delux.events.tests.factories import TicketTypeFactory
from delux.orders.models import CartItem, Order
from delux.orders.services.placing import TotalTooLarge, place_order
from delux.orders.tests.factories import fill_cart

pytestmark = pytest.mark.django_db


def test_an_order_dearer_than_money_can_be_written_is_refused_and_the_basket_stays() -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(price=MOST): 1, TicketTypeFactory(price=Decimal("0.01")): 1})

    with pytest.raises(TotalTooLarge):
        place_order(buyer=buyer, at=timezone.now(), delivery_type="none")

    assert CartItem.objects.count() == 2
    assert not Order.objects.exists()


def test_the_dearest_order_that_can_be_written_is_placed() -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(price=MOST): 1})

    placed = place_order(buyer=buyer, at=timezone.now(), delivery_type="none")

    assert Order.objects.get(pk=placed.order.pk).total_amount == MOST
