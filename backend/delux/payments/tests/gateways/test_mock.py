import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.core.errors import Invalid, NotFound
from delux.payments.gateways import signing
from delux.payments.gateways.base import BadWebhook, ChargeStatus, RefundRefused
from delux.payments.gateways.mock import MockGateway, read_card, settle_due, webhook
from delux.payments.gateways.registry import get_gateway
from delux.payments.models import MockCharge, MockRefund
from delux.payments.tests.factories import DECLINED, GOOD, PENDING, card

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 15, tzinfo=UTC)


def charged(number: str = GOOD, reference: str = "7") -> MockCharge:
    MockGateway().charge(reference=reference, amount=Decimal("100.00"), currency="KZT", card=card(number))
    return MockCharge.objects.get(reference=reference)


@pytest.mark.parametrize("typed", ["4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111111"])
def test_a_card_number_is_read_as_people_type_it(typed: str) -> None:
    read = read_card(number=typed, exp_month=5, exp_year=2026, at=AT)

    assert (read.token, read.brand, read.last4) == (GOOD, "visa", "1111")
    assert GOOD not in repr(read)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("4111 1111 1111 1112", "card_number_invalid"),
        ("4111", "card_number_invalid"),
        ("", "card_number_invalid"),
        ("٤١١١١١١١١١١١١١١١", "card_number_invalid"),
        ("card number here", "card_number_invalid"),
        ("5555 5555 5555 4444", "card_not_supported"),
    ],
)
def test_another_number_is_refused_at_its_field(number: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_card(number=number, exp_month=12, exp_year=2030, at=AT)

    assert [(p.pointer, p.code) for p in refused.value.problems] == [("/card_number", code)]


@pytest.mark.parametrize(("month", "year"), [(4, 2026), (12, 2025)])
def test_a_card_out_of_date_is_refused(month: int, year: int) -> None:
    with pytest.raises(Invalid) as refused:
        read_card(number=GOOD, exp_month=month, exp_year=year, at=AT)

    assert refused.value.problems[0].code == "card_expired"


@pytest.mark.parametrize(
    ("number", "status", "failure_code"),
    [(GOOD, "succeeded", ""), (DECLINED, "failed", "card_declined"), (PENDING, "pending", "")],
)
def test_each_card_has_its_fate(number: str, status: str, failure_code: str) -> None:
    state = MockGateway().charge(reference="7", amount=Decimal("100.00"), currency="KZT", card=card(number))

    assert (state.status, state.failure_code) == (status, failure_code)
    assert MockGateway().fetch(reference="7") == state


def test_charging_a_reference_twice_charges_once() -> None:
    first = charged(GOOD)
    again = MockGateway().charge(reference="7", amount=Decimal("100.00"), currency="KZT", card=card(DECLINED))

    assert (again.status, again.provider_payment_id) == (ChargeStatus.SUCCEEDED, first.charge_id)
    assert MockCharge.objects.count() == 1


def test_a_charge_it_never_saw_is_unknown() -> None:
    assert MockGateway().fetch(reference="7") is None


def test_a_refund_with_the_same_key_happens_once() -> None:
    charged()
    ids = {MockGateway().refund(reference="7", key="1", amount=Decimal("60.00")) for _ in range(3)}

    assert len(ids) == MockRefund.objects.count() == 1
    assert MockCharge.objects.get().refunded_amount == Decimal("60.00")


def test_more_than_was_charged_is_never_given_back() -> None:
    charged()
    MockGateway().refund(reference="7", key="1", amount=Decimal("60.00"))

    with pytest.raises(RefundRefused, match="more_than_charged"):
        MockGateway().refund(reference="7", key="2", amount=Decimal("40.01"))
    assert MockCharge.objects.get().refunded_amount == Decimal("60.00")


def test_what_was_not_charged_is_not_given_back() -> None:
    charged(DECLINED)

    with pytest.raises(RefundRefused, match="more_than_charged"):
        MockGateway().refund(reference="7", key="1", amount=Decimal("1.00"))
    with pytest.raises(RefundRefused, match="unknown_charge"):
        MockGateway().refund(reference="8", key="1", amount=Decimal("1.00"))


def test_a_pending_charge_settles_after_two_seconds_and_says_so_once() -> None:
    charge = charged(PENDING)
    assert charge.settles_at

    assert list(settle_due(charge.settles_at - timedelta(seconds=1))) == []
    ((headers, raw),) = settle_due(charge.settles_at)
    assert list(settle_due(charge.settles_at)) == []

    said = MockGateway().verify_webhook(headers=headers, raw=raw, at=charge.settles_at)
    assert (said.kind, said.reference, said.amount) == ("charge.succeeded", "7", Decimal("100.00"))
    assert charge.settles_at - timezone.now() <= timedelta(seconds=2)


def test_telling_twice_is_the_same_event() -> None:
    charge, at = charged(), timezone.now()
    first, again = (webhook(charge, at=at + timedelta(seconds=wait)) for wait in (0, 60))

    assert first[0] != again[0]
    assert json.loads(first[1])["id"] == json.loads(again[1])["id"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b'{"id": 1}',
        b'{"id": "1", "type": "x", "charge": {"reference": "7", "amount": "many", "currency": "KZT"}}',
    ],
)
def test_a_signed_message_that_makes_no_sense_is_refused(raw: bytes, settings) -> None:
    signature = signing.sign(raw, secret=settings.MOCK_WEBHOOK_SECRET, at=AT)

    with pytest.raises(BadWebhook):
        MockGateway().verify_webhook(headers={signing.HEADER: signature}, raw=raw, at=AT)


def test_during_rotation_the_new_secret_signs_and_the_old_one_still_opens(settings) -> None:
    charge = charged()
    settings.MOCK_WEBHOOK_SECRET = "old"
    by_old = webhook(charge, at=AT)
    settings.MOCK_WEBHOOK_SECRET = "new, old"
    by_new = webhook(charge, at=AT)

    for headers, raw in (by_old, by_new):
        assert MockGateway().verify_webhook(headers=headers, raw=raw, at=AT).reference == "7"
    assert signing.is_genuine(by_new[1], by_new[0][signing.HEADER], secrets=["new"], at=AT)


def test_the_mock_exists_only_where_the_settings_say_so(settings) -> None:
    assert get_gateway("mock").name == "mock"
    settings.MOCK_GATEWAY = False
    for name in ("mock", "stripe"):
        with pytest.raises(NotFound):
            get_gateway(name)
