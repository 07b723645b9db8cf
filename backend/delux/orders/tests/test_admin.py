import pytest
from django.urls import reverse

from delux.accounts.tests.factories import UserFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.models import Order
from delux.orders.tests.factories import CartItemFactory, paid_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", ["order", "fulfilment", "cart", "orderitem", "orderstatushistory"])
def test_staff_finds_what_was_bought(staff, model: str) -> None:
    order = paid_order(things={VariantFactory(): 1})
    CartItemFactory(cart=order.user.cart)

    response = staff.get(reverse(f"admin:orders_{model}_changelist"), {"q": order.order_number})

    assert response.status_code == 200


def test_staff_reads_an_order_and_changes_nothing(staff) -> None:
    order = paid_order(things={VariantFactory(): 1})
    page = reverse("admin:orders_order_change", args=[order.pk])

    read, written = staff.get(page), staff.post(page, {"status": "refunded"})

    assert order.items.get().title in read.content.decode()
    assert written.status_code == 403
    assert Order.objects.get().status == "paid"
