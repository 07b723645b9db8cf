import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.orders.models import Order
from delux.orders.services.cancelling import cancel_order
from delux.payments.models import Payment, Refund
from delux.payments.services.confirming import confirm_payment, fail_payment
from delux.payments.services.refunds import refund_order
from delux.payments.services.settling import settle_pending
from delux.payments.tests.factories import PENDING, paid, pay, placed, started_payment
from delux.testing import client_for

pytestmark = pytest.mark.django_db


def seen(order: Order) -> dict:
    payment = Payment.objects.get(order=order)
    answer = client_for(order.user).get(f"/api/v1/payments/{payment.pk}/", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.json()


def test_a_buyer_sees_where_the_payment_stands() -> None:
    order = placed()
    pay(order, PENDING)
    assert "still deciding" in seen(order)["message"]

    order = paid()
    assert (seen(order)["status"], seen(order)["message"]) == ("succeeded", "Paid. Thank you!")

    order = placed()
    fail_payment(payment=started_payment(order), failure_code="not_charged", at=timezone.now())
    assert "did not go through" in seen(order)["message"]


def test_a_buyer_sees_money_that_goes_back() -> None:
    order = placed()
    payment = started_payment(order, known="succeeded")
    cancel_order(buyer=order.user, order_id=order.pk, at=timezone.now())
    confirm_payment(payment=payment, provider_payment_id="ch_1", at=timezone.now())

    assert "on its way back" in seen(order)["message"]
    settle_pending(at=timezone.now())
    assert (seen(order)["status"], seen(order)["order_status"]) == ("refunded", "canceled")
    assert "has been returned" in seen(order)["message"]


def test_a_refunded_order_says_so_at_its_payment() -> None:
    order = paid()
    refund_order(
        order=order,
        organizer=None,
        lines=None,
        shipping=True,
        reason="",
        requested_by=None,
        at=timezone.now(),
    )
    assert (seen(order)["refunded_amount"], Refund.objects.count()) == ("5000.00", 1)
    shown = client_for(order.user).get(f"/api/v1/orders/{order.order_number}/").json()
    assert shown["refunded_amount"] == "5000.00"
    assert "on its way back" in seen(order)["message"]


def test_another_persons_payment_is_404() -> None:
    paid()
    address = f"/api/v1/payments/{Payment.objects.get().pk}/"

    assert client_for(UserFactory()).get(address).status_code == 404
    assert client_for(UserFactory()).get(f"/api/v1/payments/{10**18}/").status_code == 404
    assert client_for(UserFactory()).get(f"/api/v1/payments/{10**30}/").status_code == 404
    assert client_for().get(address).status_code == 401
