import pytest
from django.contrib.admin.sites import site
from django.urls import reverse

from delux.accounts.models import User
from delux.payments.models import MockCharge, Payment, Refund, WebhookEvent
from delux.payments.tests.factories import paid, placed, started_payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_superuser("staff@delux.test", "long-enough-password"))
    return client


def act(desk, model: type, action: str, *rows) -> None:
    address = reverse(f"admin:payments_{model._meta.model_name}_changelist")
    answer = desk.post(address, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("model", [Payment, Refund, WebhookEvent, MockCharge])
def test_staff_reads_money_and_cannot_write_it(desk, model) -> None:
    paid()
    name = model._meta.model_name

    assert desk.get(reverse(f"admin:payments_{name}_changelist")).status_code == 200
    assert desk.get(reverse(f"admin:payments_{name}_add")).status_code == 403
    for row in model.objects.all():
        assert desk.get(reverse(f"admin:payments_{name}_change", args=[row.pk])).status_code == 200
        assert desk.post(reverse(f"admin:payments_{name}_change", args=[row.pk]), {}).status_code == 403
        assert desk.post(reverse(f"admin:payments_{name}_delete", args=[row.pk]), {}).status_code == 403
    assert site.is_registered(model)


def test_staff_gives_a_payment_back_and_tries_a_refused_refund_again(desk) -> None:
    paid()
    payment = Payment.objects.get()

    act(desk, Payment, "give_all_back", payment)
    refund = Refund.objects.get()
    assert (refund.amount, refund.requested_by.email) == (payment.amount, "staff@delux.test")

    Refund.objects.update(status="failed")
    Payment.objects.update(refunded_amount=0)
    act(desk, Refund, "try_again", refund)
    act(desk, Refund, "try_again", refund)
    assert Refund.objects.get(retry_of=refund).amount == refund.amount


def test_what_cannot_be_done_is_said_and_changes_nothing(desk) -> None:
    payment = started_payment(placed())

    act(desk, Payment, "give_all_back", payment)

    assert not Refund.objects.exists()


def test_staff_without_the_right_may_not_refund(client) -> None:
    paid()
    client.force_login(User.objects.create_user("desk@delux.test", "long-enough-password", is_staff=True))

    address = reverse("admin:payments_payment_changelist")
    answer = client.post(address, {"action": "give_all_back", "_selected_action": [Payment.objects.get().pk]})

    assert answer.status_code == 403
    assert not Refund.objects.exists()
