"""One purchase by a client that repeats what got no answer, and whether it came out right."""

import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import Any

from delux.events.models import EventAttendee
from delux.notifications.models import Delivery
from delux.orders.models import Order
from delux.orders.tests.factories import ADDRESS
from delux.payments.models import MockCharge, Payment
from tests.live.buyers import CARD, Buyer, line

PENDING_CARD = CARD | {"card_number": "4000 0000 0000 3220"}
# Answers that ask to come again: a twin at work, a database that is away.
PASSING = {"request_in_progress", "busy", "unavailable"}
PATIENCE = 70.0


@dataclass
class Purchase:
    """What a buyer wants. ``proceed`` goes on with it from the first request that was not answered."""

    buyer: Buyer
    basket: dict[Any, int]
    card: dict[str, Any] = field(default_factory=lambda: CARD)
    pays: bool = True
    answers: list[tuple[int, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=lambda: [str(uuid.uuid4()) for _ in range(10)])

    @property
    def order_number(self) -> str:
        """The number the client was told."""
        return str(self.answers[len(self.basket)][1].get("order_number", ""))

    def fill_basket(self) -> None:
        """Do what is before the order, and has no key."""
        while len(self.answers) < len(self.basket):
            self.answers.append(self.buyer.ask("POST", *self._next()))
        self.buyer.site.close()

    def pay_again(self) -> None:
        """Forget the last payment, as the buyer does who was told that it came to nothing."""
        self.keys[len(self.answers) - 1] = str(uuid.uuid4())
        self.answers.pop()

    def proceed(self) -> bool:
        """Send what was not answered yet, under the keys it was sent with; tell whether all was answered."""
        deadline = time.monotonic() + PATIENCE
        while self.pending:
            path, body = self._next()
            try:
                status, answer = self.buyer.ask("POST", path, body, key=self.keys[len(self.answers)])
            except (OSError, HTTPException):
                self.buyer.site.close()
                return False
            if answer.get("code") in PASSING and time.monotonic() < deadline:
                time.sleep(min(answer["retry_after"], 1))
                continue
            self.answers.append((status, answer))
        return True

    @property
    def pending(self) -> bool:
        refused = bool(self.answers) and self.answers[-1][0] != 201
        return not refused and len(self.answers) < len(self.basket) + 1 + self.pays

    def _next(self) -> tuple[str, dict[str, Any]]:
        step = len(self.answers)
        if step < len(self.basket):
            return "/cart/items/", line(*list(self.basket.items())[step])
        if step == len(self.basket):
            gear = any(hasattr(thing, "product") for thing in self.basket)
            return "/orders/", {"delivery_type": "delivery", "shipping_address": ADDRESS} if gear else {}
        return "/payments/mock/charge/", {"order_id": self.order_number, **self.card}


def what_is_wrong(purchase: Purchase, mails: list[Message], *, copies: int = 1) -> list[str]:
    """Hold a purchase to what was promised: one order, charge and mail, its tickets; return what is wrong.

    One that was not paid has to be over. Its mail may have come ``copies`` times, under one Message-ID.
    """
    wrong = [] if not purchase.pending else [f"stands at request {len(purchase.answers) + 1}"]
    wrong += [f"answered {status} {said.get('code')}" for status, said in purchase.answers if status != 201]
    orders = list(Order.objects.filter(user__email=purchase.buyer.email))
    if len(orders) != 1:
        return [*wrong, f"{len(orders)} orders"]
    [order] = orders
    if not wrong and purchase.order_number != order.order_number:
        wrong.append(f"was told of {purchase.order_number}, has {order.order_number}")
    if order.status not in (("paid", "completed") if purchase.pays else ("canceled",)):
        wrong.append(f"the order is {order.status}")
    return [
        *wrong,
        *_money(order, purchase),
        *_tickets(order, purchase),
        *_mail(order, purchase, mails, copies),
    ]


def _money(order: Order, purchase: Purchase) -> list[str]:
    """Compare the provider's own memory with what we know of it."""
    payments = list(Payment.objects.filter(order=order))
    charges = MockCharge.objects.filter(reference__in=[str(payment.pk) for payment in payments])
    taken = [charge.amount - charge.refunded_amount for charge in charges if charge.status == "succeeded"]
    known = [payment.amount for payment in payments if payment.status == "succeeded"]
    due = [order.total_amount] if purchase.pays else []
    wrong = [] if taken == due else [f"the provider took {taken} of {due}"]
    return wrong if known == due else [*wrong, f"we know of {known} of {due}"]


def _tickets(order: Order, purchase: Purchase) -> list[str]:
    admitted = EventAttendee.objects.filter(order_item__order=order, status="paid").count()
    bought = sum(quantity for thing, quantity in purchase.basket.items() if not hasattr(thing, "product"))
    due = bought if purchase.pays else 0
    return [] if admitted == due else [f"{admitted} of {due} tickets"]


def _mail(order: Order, purchase: Purchase, mails: list[Message], copies: int) -> list[str]:
    key = f"order-{'paid' if purchase.pays else 'canceled'}:{order.pk}"
    deliveries = Delivery.objects.filter(notification__user=order.user, notification__dedupe_key=key)
    came = Counter(str(mail["Message-ID"]) for mail in list(mails) if mail["To"] == purchase.buyer.email)
    wrong = [f"its mail is {delivery.status}" for delivery in deliveries if delivery.status != "sent"]
    if len(came) != 1 or len(deliveries) != 1 or max(came.values()) > copies:
        wrong.append(f"mails came: {dict(came)}")
    return wrong
