"""A past for the demo world: orders in every state they can be in, with the rows each state implies.

Written in batches by COPY. What is sold and held is tallied on the world's tickets and pieces and stored at
the end, so that recounting the rows gives the same figures.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection
from django.db.models import Model

from delux.core.money import ZERO
from delux.demo import vocabulary as words
from delux.demo.copying import Row, copy_rows, set_counters
from delux.demo.world import Person, Piece, Ticket, World, currency_of
from delux.events.models import EventAttendee
from delux.events.services.ticket_codes import new_code
from delux.orders.models import Fulfilment, Order, OrderItem, OrderStatusHistory, ShippingAddress
from delux.payments.models import MockCharge, Payment, Refund, RefundLine

BATCH = 10_000
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# In the order of their foreign keys.
TABLES: tuple[type[Model], ...] = (
    Order, OrderItem, Fulfilment, ShippingAddress, OrderStatusHistory, EventAttendee,
    Payment, MockCharge, Refund, RefundLine,
)  # fmt: skip


@dataclass
class Line:
    id: int
    target: Ticket | Piece
    quantity: int

    @property
    def total(self) -> Decimal:
        return self.target.price * self.quantity


@dataclass
class Course:
    """How far an order came, and when."""

    placed: datetime
    paid: datetime | None = None
    canceled: datetime | None = None
    refunded: datetime | None = None

    @property
    def status(self) -> str:
        if self.refunded:
            return "refunded"
        return "paid" if self.paid else "canceled" if self.canceled else "pending_payment"


@dataclass
class Part:
    """One seller's part: what became of it."""

    id: int
    seller_id: int
    has_gear: bool
    status: str
    shipping: Decimal
    shipped: datetime | None = None
    completed: datetime | None = None


class Sales:
    """Makes orders one after another; keeps the next ids and the rows not yet written."""

    def __init__(self, world: World) -> None:
        self.world, self.rng = world, world.rng
        self.rows: dict[type[Model], list[Row]] = defaultdict(list)
        self.order_id = self.line_id = self.part_id = self.payment_id = self.refund_id = 0
        self.customers: dict[int, set[int]] = defaultdict(set)

    def make(self, count: int, tick: Callable[[], None]) -> None:
        markets = list(self.world.sellers)
        weights = [len(sellers) + 3 for sellers in self.world.sellers.values()]
        for _ in range(count):
            self.sell(self.rng.choices(markets, weights)[0])
            tick()
            if self.order_id % BATCH == 0:
                self.write()
        self.write()
        self.store_counters()

    def write(self) -> None:
        for model in TABLES:
            copy_rows(model, self.rows[model])
        self.rows.clear()

    def sell(self, market: str) -> None:
        """Choose a buyer, what is bought and how far the order came; keep the rows that follow from it."""
        self.order_id += 1
        buyer = self.choose_buyer(market)
        lines = self.choose_lines(market)
        shipping = {
            line.target.seller.id: line.target.seller.shipping
            for line in lines
            if isinstance(line.target, Piece)
        }
        delivery = self.rng.choice(("delivery", "delivery", "pickup")) if shipping else "none"
        if delivery != "delivery":
            shipping = dict.fromkeys(shipping, ZERO)
        course = self.choose_course(
            lines, free=sum(line.total for line in lines) + sum(shipping.values()) == 0
        )
        parts = [
            self.keep_part(seller_id, lines, shipping, course, currency_of(market))
            for seller_id in {line.target.seller.id: 0 for line in lines}
        ]
        self.keep_order(buyer, market, lines, delivery, shipping, course, parts)
        for line in lines:
            self.keep_line(line, buyer, course)
        if delivery == "delivery":
            self.keep_address(buyer)

    # --- What happens

    def choose_buyer(self, market: str) -> Person:
        people = self.world.people[market]
        if not self.world.size.is_small:
            return self.rng.choice(people)
        regular = 1 if market == "KZ" else 0  # the demo buyers have a past worth looking at
        return people[regular] if self.rng.random() < 0.2 else self.rng.choice(people[regular:])

    def choose_lines(self, market: str) -> list[Line]:
        """One to four lines of one or two sellers; never more than is left."""
        rng = self.rng
        lines: list[Line] = []
        seen: set[tuple[bool, int]] = set()
        sellers = rng.choices(self.world.sellers[market], k=rng.choice((1, 1, 1, 2)))
        while not lines:
            for seller in sellers:
                wants_ticket = rng.random() < 0.65
                for _ in range(rng.choice((1, 1, 2))):
                    tickets, pieces = self.world.tickets[seller.id], self.world.pieces[seller.id]
                    pool: Sequence[Ticket | Piece] = tickets if wants_ticket else pieces
                    target = rng.choice(pool) if pool else None
                    quantity = min(target.left, rng.choice((1, 1, 1, 2, 3))) if target else 0
                    if target and quantity and (wants_ticket, target.id) not in seen:
                        seen.add((wants_ticket, target.id))
                        self.line_id += 1
                        lines.append(Line(self.line_id, target, quantity))
                    wants_ticket = not wants_ticket
            sellers = [rng.choice(self.world.sellers[market])]
        return lines

    def choose_course(self, lines: Sequence[Line], *, free: bool) -> Course:
        """Place the order while all its tickets were on sale, more of them towards the end; then its fate."""
        rng, now = self.rng, self.world.now
        tickets = [line.target for line in lines if isinstance(line.target, Ticket)]
        opens = max((ticket.published for ticket in tickets), default=now - timedelta(days=180))
        closes = min([now, *(ticket.start for ticket in tickets)])
        if closes <= opens:
            closes = opens + timedelta(minutes=30)
        course = Course(placed=opens + (closes - opens) * (1 - rng.random() ** 1.6))
        paid = course.placed + timedelta(minutes=rng.randint(1, 9))
        if free:
            course.paid = course.placed
        elif now - course.placed < settings.ORDER_HOLD:
            return course
        elif rng.random() < 0.09:
            course.canceled = course.placed + settings.ORDER_HOLD
        else:
            course.paid = paid
            if rng.random() < 0.05:
                course.refunded = min(now, paid + timedelta(hours=rng.randint(2, 90)))
        return course

    # --- The rows that follow

    def keep_part(
        self, seller_id: int, lines: list[Line], shipping: dict[int, Decimal], course: Course, currency: str
    ) -> Part:
        self.part_id += 1
        part = Part(self.part_id, seller_id, seller_id in shipping, "waiting", shipping.get(seller_id, ZERO))
        paid, ended = course.paid, course.canceled or course.refunded
        if ended:
            part.status = "canceled"
        elif paid and not part.has_gear:
            part.status, part.completed = "completed", paid
        elif paid:
            age = self.world.now - paid
            part.status = "packed" if age > timedelta(days=1) else "open"
            if age > timedelta(days=3):
                part.status, part.shipped = "shipped", paid + timedelta(days=2)
            if age > timedelta(days=9):
                part.status, part.completed = "completed", paid + timedelta(days=6)
        self.rows[Fulfilment].append(
            {
                "id": part.id,
                "order": self.order_id,
                "organizer": seller_id,
                "status": part.status,
                "has_gear": part.has_gear,
                "subtotal": sum((line.total for line in lines if line.target.seller.id == seller_id), ZERO),
                "shipping": part.shipping,
                "currency": currency,
                "tracking_number": f"RR{self.rng.randrange(10**9):09d}KZ" if part.shipped else "",
                "opened_at": paid,
                "shipped_at": part.shipped,
                "completed_at": part.completed,
                "canceled_at": ended,
                "created_at": course.placed,
            }
        )
        return part

    def keep_order(
        self,
        buyer: Person,
        market: str,
        lines: list[Line],
        delivery: str,
        shipping: dict[int, Decimal],
        course: Course,
        parts: list[Part],
    ) -> None:
        status, shipped, completed = self.derive_status(course, parts)
        subtotal, to_ship = sum((line.total for line in lines), ZERO), sum(shipping.values(), ZERO)
        letters = "".join(self.rng.choices(CROCKFORD, k=10))
        self.rows[Order].append(
            {
                "id": self.order_id,
                "order_number": f"DX-{letters[:5]}-{letters[5:]}",
                "user": buyer.id,
                "market": market,
                "status": status,
                "payment_status": "refunded" if course.refunded else "paid" if course.paid else "unpaid",
                "delivery_type": delivery,
                "subtotal": subtotal,
                "shipping": to_ship,
                "total_amount": subtotal + to_ship,
                "refunded_amount": subtotal + to_ship if course.refunded else ZERO,
                "currency": currency_of(market),
                "expires_at": course.placed + settings.ORDER_HOLD,
                "cancel_reason": "expired" if course.canceled else "",
                "paid_at": course.paid,
                "canceled_at": course.canceled,
                "refunded_at": course.refunded,
                "shipped_at": shipped,
                "completed_at": completed,
                "created_at": course.placed,
            }
        )
        before = ""
        for step, at, actor, reason in (
            ("new", course.placed, buyer.id, ""),
            ("pending_payment", course.placed, buyer.id, ""),
            ("paid", course.paid, None, ""),
            ("canceled", course.canceled, None, "expired"),
            ("shipped", shipped, None, ""),
            ("completed", completed, None, ""),
            ("refunded", course.refunded, None, ""),
        ):
            if at:
                self.rows[OrderStatusHistory].append(
                    {
                        "order": self.order_id,
                        "from_status": before,
                        "to_status": step,
                        "actor": actor,
                        "reason": reason,
                        "created_at": at,
                    }
                )
                before = step
        if course.paid and subtotal + to_ship:
            self.keep_payment(buyer, course, lines, parts)

    @staticmethod
    def derive_status(course: Course, parts: list[Part]) -> tuple[str, datetime | None, datetime | None]:
        """What orders.services.fulfilment derives from the parts: status, shipped at, completed at."""
        gear = [part for part in parts if part.has_gear]
        if course.status != "paid" or not gear:
            return course.status, None, None
        shipped, completed = (
            [part.shipped for part in gear if part.shipped],
            [part.completed for part in gear if part.completed],
        )
        shipped_at = max(shipped) if len(shipped) == len(gear) else None
        completed_at = max(completed) if len(completed) == len(gear) else None
        return "completed" if completed_at else "shipped" if shipped_at else "paid", shipped_at, completed_at

    def keep_line(self, line: Line, buyer: Person, course: Course) -> None:
        """Keep a line and what it admits to, and count it where it came from."""
        target = line.target
        row: Row = {
            "id": line.id,
            "order": self.order_id,
            "item_type": "ticket",
            "variant": None,
            "ticket_type": target.id,
            "organizer": target.seller.id,
            "quantity": line.quantity,
            "refunded_quantity": line.quantity if course.refunded else 0,
            "unit_price": target.price,
            "total_price": line.total,
            "title": "",
            "options": {},
            "image": target.image,
            "created_at": course.placed,
        }
        if isinstance(target, Ticket):
            row["title"] = target.event_title
            row["options"] = {
                "ticket_type": target.name,
                "event_start": target.start.isoformat(),
                "timezone": target.timezone,
                "city": target.city,
            }
        else:
            row |= {"item_type": "product", "variant": target.id, "ticket_type": None, "title": target.title}
            row["options"] = {"size": target.size, "colour": target.colour}
        self.rows[OrderItem].append(row)
        match course.status:
            case "pending_payment":
                target.held += line.quantity
            case "paid":
                target.sold += line.quantity
                if isinstance(target, Piece):
                    target.stock -= line.quantity
        if course.paid:
            self.customers[target.seller.id].add(buyer.id)
            if isinstance(target, Ticket):
                self.keep_admissions(target, line, buyer, course)

    def keep_admissions(self, ticket: Ticket, line: Line, buyer: Person, course: Course) -> None:
        for place in range(line.quantity):
            came = None
            if not course.refunded and ticket.start < self.world.now and self.rng.random() < 0.85:
                came = ticket.start - timedelta(minutes=self.rng.randint(1, 50))
            self.rows[EventAttendee].append(
                {
                    "user": buyer.id,
                    "ticket_type": ticket.id,
                    "order_item": line.id,
                    "status": "refunded" if course.refunded else "checked_in" if came else "paid",
                    "qr_code": new_code(event_id=ticket.event_id),
                    "attendee_name": buyer.name if place == 0 else "",
                    "checked_in_at": came,
                    "voided_at": course.refunded,
                    "created_at": course.paid,
                }
            )

    def keep_address(self, buyer: Person) -> None:
        rng = self.rng
        city = rng.choice([city for city in words.CITIES if city.market == buyer.market])
        street = {
            "KZ": f"ул. Сатпаева, {rng.randint(1, 180)}, кв. {rng.randint(1, 90)}",
            "KG": f"ул. Киевская, {rng.randint(1, 220)}, кв. {rng.randint(1, 60)}",
            "US": f"{rng.randint(1, 900)} Carroll Street, Apt {rng.randint(1, 12)}",
        }[buyer.market]
        self.rows[ShippingAddress].append(
            {
                "order": self.order_id,
                "recipient": buyer.name,
                "phone": buyer.phone,
                "country": buyer.market,
                "region": city.region,
                "city": city.name,
                "street": street,
                "postal_code": city.postal_code,
            }
        )

    def keep_payment(self, buyer: Person, course: Course, lines: list[Line], parts: list[Part]) -> None:
        """Keep the payment, the provider's own memory of it, and its refund if it was given back."""
        total = sum((line.total for line in lines), ZERO) + sum((part.shipping for part in parts), ZERO)
        currency = currency_of(buyer.market)
        declined = [False, True] if self.rng.random() < 0.08 else [False]
        for failed in reversed(declined):  # some first tried a card that was declined
            self.payment_id += 1
            back = total if course.refunded and not failed else ZERO
            charge_id = f"ch_{self.rng.getrandbits(96):024x}"
            at = course.placed + timedelta(seconds=40) if failed else course.paid
            self.rows[Payment].append(
                {
                    "id": self.payment_id,
                    "order": self.order_id,
                    "payer": buyer.id,
                    "provider": "mock",
                    "status": "failed" if failed else "refunded" if course.refunded else "succeeded",
                    "amount": total,
                    "currency": currency,
                    "refunded_amount": back,
                    "provider_payment_id": charge_id,
                    "card_brand": "visa",
                    "card_last4": "0002" if failed else "1111",
                    "failure_code": "card_declined" if failed else "",
                    "idempotency_key": f"demo-{self.payment_id}",
                    "paid_at": None if failed else at,
                    "failed_at": at if failed else None,
                    "created_at": at,
                }
            )
            self.rows[MockCharge].append(
                {
                    "charge_id": charge_id,
                    "reference": str(self.payment_id),
                    "amount": total,
                    "currency": currency,
                    "status": "failed" if failed else "succeeded",
                    "failure_code": "card_declined" if failed else "",
                    "refunded_amount": back,
                }
            )
        if course.refunded:
            self.keep_refund(course, lines, parts, total, currency)

    def keep_refund(
        self, course: Course, lines: list[Line], parts: list[Part], total: Decimal, currency: str
    ) -> None:
        self.refund_id += 1
        self.rows[Refund].append(
            {
                "id": self.refund_id,
                "payment": self.payment_id,
                "organizer": parts[0].seller_id if len(parts) == 1 else None,
                "status": "succeeded",
                "amount": total,
                "currency": currency,
                "reason": self.rng.choice(words.REFUND_REASONS),
                "provider_refund_id": f"re_{self.rng.getrandbits(96):024x}",
                "attempts": 1,
                "succeeded_at": course.refunded,
                "created_at": course.refunded,
            }
        )
        of_items = [(line.id, None, line.quantity, line.total) for line in lines]
        of_shipping = [(None, part.id, 1, part.shipping) for part in parts if part.shipping]
        for item, part_id, quantity, amount in [*of_items, *of_shipping]:
            self.rows[RefundLine].append(
                {
                    "refund": self.refund_id,
                    "order_item": item,
                    "fulfilment": part_id,
                    "quantity": quantity,
                    "amount": amount,
                }
            )

    def store_counters(self) -> None:
        tickets = [
            ticket for pool in self.world.tickets.values() for ticket in pool if ticket.sold or ticket.held
        ]
        pieces = [piece for pool in self.world.pieces.values() for piece in pool if piece.sold or piece.held]
        set_counters(
            "events_tickettype",
            [
                {"id": ticket.id, "quantity_sold": ticket.sold, "quantity_held": ticket.held}
                for ticket in tickets
            ],
        )
        set_counters(
            "market_variant",
            [
                {
                    "id": piece.id,
                    "stock_quantity": piece.stock,
                    "held_quantity": piece.held,
                    "sales_count": piece.sold,
                }
                for piece in pieces
            ],
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE events_event SET places_taken = taken FROM ("
                "  SELECT event_id, sum(quantity_sold + quantity_held) taken"
                "  FROM events_tickettype GROUP BY event_id"
                ") types WHERE types.event_id = events_event.id AND taken > 0"
            )
