"""A payment provider for trying Delux: no money moves. It exists only where settings.MOCK_GATEWAY says so.

It keeps a memory of its own (MockCharge, MockRefund), as a provider across the network would, and commits it
on its own: what it was asked for has happened even if the asker never hears the answer.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from secrets import token_hex

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delux.core.errors import Invalid
from delux.core.kept_query import KeptObjects
from delux.payments.gateways import signing
from delux.payments.gateways.base import (
    BadWebhook,
    Card,
    ChargeState,
    ChargeStatus,
    ProviderEvent,
    RefundRefused,
)
from delux.payments.models import MockCharge, MockRefund

SETTLES_AFTER = timedelta(seconds=2)


@dataclass(frozen=True)
class _Behaviour:
    status: ChargeStatus
    failure_code: str = ""


CARDS = {
    "4111111111111111": _Behaviour(ChargeStatus.SUCCEEDED),
    "4000000000000002": _Behaviour(ChargeStatus.FAILED, "card_declined"),
    "4000000000003220": _Behaviour(ChargeStatus.PENDING),
}


def read_card(*, number: str, exp_month: int, exp_year: int, at: datetime) -> Card:
    """Return the card behind what a person typed.

    :raises Invalid: the number is mistyped or not one of the mock's, or the card is out of date
    """
    digits = number.replace(" ", "").replace("-", "")
    if not _passes_luhn(digits):
        raise Invalid.field(
            "card_number", _("This is not a card number: check its digits."), code="card_number_invalid"
        )
    if digits not in CARDS:
        raise Invalid.field(
            "card_number",
            _("This card is not supported by the mock payment provider."),
            code="card_not_supported",
        )
    if (exp_year, exp_month) < (at.year, at.month):
        raise Invalid.field("exp_year", _("This card is out of date."), code="card_expired")
    return Card(token=digits, brand="visa", last4=digits[-4:])


def _passes_luhn(digits: str) -> bool:
    if not (digits.isascii() and digits.isdigit() and 12 <= len(digits) <= 19):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


class MockGateway:
    name = "mock"

    def charge(self, *, reference: str, amount: Decimal, currency: str, card: Card) -> ChargeState:
        behaviour = CARDS[card.token]
        pending = behaviour.status == ChargeStatus.PENDING
        MockCharge.objects.bulk_create(
            [
                MockCharge(
                    charge_id=f"ch_{token_hex(12)}",
                    reference=reference,
                    amount=amount,
                    currency=currency,
                    status=behaviour.status,
                    failure_code=behaviour.failure_code,
                    settles_at=timezone.now() + SETTLES_AFTER if pending else None,
                )
            ],
            ignore_conflicts=True,
        )
        return _state(_CHARGES.read(reference=reference)[0])

    def fetch(self, *, reference: str) -> ChargeState | None:
        charge = MockCharge.objects.filter(reference=reference).first()
        return _state(charge) if charge else None

    @transaction.atomic
    def refund(self, *, reference: str, key: str, amount: Decimal) -> str:
        charge = MockCharge.objects.select_for_update().filter(reference=reference).first()
        if charge is None:
            raise RefundRefused("unknown_charge")
        given = MockRefund.objects.filter(key=key).first()
        if given is None:
            if charge.status != ChargeStatus.SUCCEEDED or charge.refunded_amount + amount > charge.amount:
                raise RefundRefused("more_than_charged")
            MockCharge.objects.filter(pk=charge.pk).update(refunded_amount=F("refunded_amount") + amount)
            given = MockRefund.objects.create(charge=charge, key=key, amount=amount)
        return f"re_mock_{given.pk}"

    def verify_webhook(self, *, headers: Mapping[str, str], raw: bytes, at: datetime) -> ProviderEvent:
        if not signing.is_genuine(raw, headers.get(signing.HEADER, ""), secrets=_secrets(), at=at):
            raise BadWebhook
        try:
            payload = json.loads(raw)
            charge = payload["charge"]
            return ProviderEvent(
                event_id=str(payload["id"]),
                kind=str(payload["type"]),
                reference=str(charge["reference"]),
                amount=Decimal(charge["amount"]),
                currency=str(charge["currency"]),
                payload=payload,
            )
        except (ValueError, KeyError, TypeError, InvalidOperation):
            raise BadWebhook(_("This message is not one the mock payment provider sends.")) from None


_CHARGES = KeptObjects(lambda reference: MockCharge.objects.filter(reference=reference), reference=str)


def settle_due(at: datetime) -> Iterator[tuple[dict[str, str], bytes]]:
    """Decide the pending charges whose time has come; yield for each the signed webhook that tells of it."""
    with transaction.atomic():
        due = MockCharge.objects.select_for_update(skip_locked=True).filter(
            status="pending", settles_at__lte=at
        )
        charges = list(due[:100])
        MockCharge.objects.filter(pk__in=[charge.pk for charge in charges]).update(status="succeeded")
    for charge in charges:
        charge.status = ChargeStatus.SUCCEEDED
        yield webhook(charge, at=at)


def webhook(charge: MockCharge, *, at: datetime, kind: str = "") -> tuple[dict[str, str], bytes]:
    """Return headers and body of the webhook that tells how ``charge`` stands, or of some other ``kind``."""
    kind = kind or f"charge.{charge.status}"
    raw = json.dumps(
        {
            "id": f"evt_{charge.charge_id}_{kind}",  # telling twice is the same event
            "type": kind,
            "charge": {
                "id": charge.charge_id,
                "reference": charge.reference,
                "amount": str(charge.amount),
                "currency": charge.currency,
            },
        }
    ).encode()
    return {signing.HEADER: signing.sign(raw, secret=_secrets()[0], at=at)}, raw


def _secrets() -> list[str]:
    """The secret that signs, then those still honoured while it is being replaced."""
    return [secret.strip() for secret in settings.MOCK_WEBHOOK_SECRET.split(",")]


def _state(charge: MockCharge) -> ChargeState:
    return ChargeState(
        status=ChargeStatus(charge.status),
        provider_payment_id=charge.charge_id,
        amount=charge.amount,
        currency=charge.currency,
        failure_code=charge.failure_code,
        refunded_amount=charge.refunded_amount,
    )
