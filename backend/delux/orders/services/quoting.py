"""What a guest's lines cost today. Nothing is stored: they live in the browser until the person signs in."""

from collections.abc import Sequence
from decimal import Decimal

from delux.orders.selectors.targets import Line, read_targets
from delux.orders.services import rules
from delux.orders.services.cart import Change, Wish


def quote(wishes: Sequence[Wish], seen_prices: Sequence[Decimal | None]) -> tuple[list[Line], list[Change]]:
    """Return the lines with their targets, and what cannot be among them; equal wishes become one line."""
    targets = read_targets({wish.key for wish in wishes})
    lines: dict[tuple[str, int], Line] = {}
    dropped: list[Change] = []
    currency = None
    for wish, seen in zip(wishes, seen_prices, strict=True):
        target = targets.get(wish.key)
        if target is None or not target.is_offered:
            dropped.append(Change(wish, rules.Trouble.UNAVAILABLE, 0))
            continue
        currency = currency or target.currency
        if target.currency != currency:
            dropped.append(Change(wish, rules.MixedCurrency.code, 0, target.title))
            continue
        there = lines[wish.key].quantity if wish.key in lines else 0
        lines[wish.key] = Line(target, there + wish.quantity, target.price if seen is None else seen)
    return list(lines.values()), dropped
