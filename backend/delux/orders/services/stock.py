"""Stock of tickets and gear together: the one place that decides in which order rows are taken.

Every change of stock in an order's life goes through ``move``: it queues for all hot rows at once, then goes
through them in one order, so two baskets never wait for each other in a circle. Call it as the last step of a
transaction: what comes after it keeps every other buyer of the same thing waiting.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import NamedTuple

from delux.core.locks import lock_hot_rows
from delux.events.services import stock as tickets
from delux.market.services import stock as gear
from delux.orders.models import ItemType


class Piece(NamedTuple):
    """An amount of one ticket type or variant. Pieces sort in the order their rows are taken."""

    queue: tuple[str, int]
    item_type: str
    id: int
    quantity: int

    @property
    def key(self) -> tuple[str, int]:
        return self.item_type, self.id


class Step(IntEnum):
    """What happens to a piece. For one row the lower comes first: what is released can be held."""

    RELEASE = 1
    RETURN = 2
    HOLD = 3
    SELL = 4


def piece(item_type: str, key: int, quantity: int, event_id: int) -> Piece:
    """Describe an amount of a variant (event 0) or of a ticket type of the event."""
    queue = ("variant", key) if item_type == ItemType.PRODUCT else ("event", event_id)
    return Piece(queue, item_type, key, quantity)


def move(*moves: tuple[Step, Iterable[Piece]]) -> list[Piece]:
    """Take the steps, in row order; return the pieces that could not be held, as fewer are left.

    When some are returned, only part was moved: the caller's transaction has to be rolled back.
    """
    sums: Counter[tuple[tuple[str, int], str, int, Step]] = Counter()
    for step, pieces in moves:
        for one in pieces:
            sums[one.queue, one.item_type, one.id, step] += one.quantity
    lock_hot_rows(*{queue for queue, *_ in sums})
    missing = []
    for (queue, item_type, key, step), quantity in sorted(sums.items()):
        if step is Step.HOLD:
            if not _hold(item_type, key, quantity):
                missing.append(Piece(queue, item_type, key, quantity))
        elif not missing:
            _take(step, item_type, key, quantity)
    return missing


def _hold(item_type: str, key: int, quantity: int) -> bool:
    if item_type == ItemType.PRODUCT:
        return gear.hold_variant(variant_id=key, quantity=quantity)
    return tickets.hold_tickets(ticket_type_id=key, quantity=quantity)


def _take(step: Step, item_type: str, key: int, quantity: int) -> None:
    if item_type == ItemType.PRODUCT:
        _GEAR[step](variant_id=key, quantity=quantity)
    else:
        _TICKETS[step](ticket_type_id=key, quantity=quantity)


_GEAR: dict[Step, Callable[..., None]] = {
    Step.RELEASE: gear.release_variant,
    Step.RETURN: gear.return_variant,
    Step.SELL: gear.sell_variant,
}
_TICKETS: dict[Step, Callable[..., None]] = {
    Step.RELEASE: tickets.release_tickets,
    Step.RETURN: tickets.return_tickets,
    Step.SELL: tickets.sell_tickets,
}
