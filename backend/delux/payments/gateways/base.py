"""What Delux asks of a payment provider, and what it may hear back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from delux.core.errors import Invalid
from delux.core.money import ZERO

# Seconds a provider gets to let us connect, and to answer: a buyer waits for it, and ten are too many.
TIMEOUT = (3, 6)


class GatewayUnavailable(Exception):
    """No answer, or none that can be read: what was asked may have happened or not."""


class RefundRefused(Exception):
    """The provider will not give this money back, and will not change its mind when asked again."""


class BadWebhook(Invalid):
    code = "bad_webhook"
    title = _("This message is not signed as the provider signs, or is too old")


class ChargeStatus(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True)
class Card:
    """What pays. ``token`` is the provider's token (the mock takes a number): never stored, never printed."""

    token: str = field(repr=False)
    brand: str
    last4: str


@dataclass(frozen=True)
class ChargeState:
    """Where a charge stands at the provider, which is the truth about it."""

    status: ChargeStatus
    provider_payment_id: str
    amount: Decimal
    currency: str
    failure_code: str = ""
    refunded_amount: Decimal = ZERO


@dataclass(frozen=True)
class ProviderEvent:
    """What a verified webhook says: enough to know which payment to ask about, never believed further."""

    event_id: str
    kind: str
    reference: str
    amount: Decimal
    currency: str
    payload: dict[str, Any]


class Gateway(Protocol):
    """A provider. ``reference`` is the payment's id: charging one reference twice charges once.

    Every call may raise GatewayUnavailable, and gives up after TIMEOUT.
    """

    name: str

    def charge(self, *, reference: str, amount: Decimal, currency: str, card: Card) -> ChargeState:
        """Take the money, or say that it is pending or declined."""

    def fetch(self, *, reference: str) -> ChargeState | None:
        """Return where the charge stands; None if the provider never heard of it."""

    def refund(self, *, reference: str, key: str, amount: Decimal) -> str:
        """Give ``amount`` back, once per ``key``; return the provider's id of the refund.

        :raises RefundRefused: it never will
        """

    def verify_webhook(self, *, headers: Mapping[str, str], raw: bytes, at: datetime) -> ProviderEvent:
        """Return what a message says.

        :raises BadWebhook: it is not from the provider, or is older than five minutes
        """
