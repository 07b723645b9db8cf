"""The basket: a list of wishes. It holds nothing; what it may contain is asked again at checkout.

Writers of one basket take turns at its row, so two clicks at once both count and a limit is never passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import User
from delux.core.errors import Conflict, Invalid, NotFound
from delux.core.inserts import insert
from delux.core.kept_query import KeptObjects
from delux.orders.models import Cart, CartItem, ItemType
from delux.orders.selectors.targets import Line, Target, list_lines, read_targets
from delux.orders.services import rules

MAX_LINES = 50


class BasketFull(Conflict):
    code = "basket_full"
    title = _("A basket holds at most 50 different things")


@dataclass(frozen=True, slots=True)
class Wish:
    """So many of a variant or a ticket type, as a client states it."""

    item_type: str
    target_id: int
    quantity: int

    @property
    def key(self) -> tuple[str, int]:
        return self.item_type, self.target_id


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a line that could not be taken over as it was: so many of it are in the basket now."""

    wish: Wish
    code: str
    quantity: int
    title: str = ""


@transaction.atomic
def add_item(*, buyer: User, wish: Wish, at: datetime) -> list[Line]:
    """Put something into the buyer's basket, on top of what is there of it; return the basket's lines.

    :raises Invalid: there is no such thing on sale
    :raises MixedCurrency: the basket is in another currency
    :raises BasketFull: it has 50 lines
    :raises NotEnoughStock: the sum is more than is left
    :raises LinesNotOnSale: it cannot be bought now for another reason
    """
    cart = _lock_cart(buyer)
    lines = list_lines(buyer)
    known = next((line for line in lines if line.target.key == wish.key), None)
    target = known.target if known else read_targets([wish.key]).get(wish.key)
    if target is None or not target.is_offered:
        field = rules.target_field(wish.item_type)
        raise Invalid.field(field, _("There is no such thing on sale."), code="unavailable")
    line = Line(
        id=known.id if known else None,
        target=target,
        quantity=wish.quantity + (known.quantity if known else 0),
        seen_price=target.price,
    )
    rules.refuse_mixed_currency([*lines, line])
    if not known and len(lines) >= MAX_LINES:
        raise BasketFull
    _refuse_trouble(line, at)
    stored = _store(cart, line)
    return [stored if one is known else one for one in lines] if known else [*lines, stored]


@transaction.atomic
def set_quantity(*, buyer: User, item_id: int, quantity: int, at: datetime) -> list[Line]:
    """Change how many of a line the buyer wants; return the basket's lines.

    :raises NotFound: the line is not in the buyer's basket
    :raises NotEnoughStock: it is more than is left
    :raises LinesNotOnSale: it cannot be bought now for another reason
    """
    cart = _lock_cart(buyer)
    lines = list_lines(buyer)
    known = next((line for line in lines if line.id == item_id), None)
    if known is None:
        raise NotFound
    line = replace(known, quantity=quantity, seen_price=known.target.price)
    _refuse_trouble(line, at)
    stored = _store(cart, line)
    return [stored if one is known else one for one in lines]


def remove_item(*, buyer: User, item_id: int) -> None:
    """Take a line out of the buyer's basket.

    :raises NotFound: it is not there
    """
    deleted, _by_model = CartItem.objects.filter(cart__user=buyer, pk=item_id).delete()
    if not deleted:
        raise NotFound


def clear_cart(*, buyer: User) -> None:
    """Empty the buyer's basket."""
    CartItem.objects.filter(cart__user=buyer).delete()


@transaction.atomic
def merge_lines(*, buyer: User, wishes: Sequence[Wish], at: datetime) -> tuple[list[Line], list[Change]]:
    """Add a guest's lines to the buyer's basket, each capped at what is allowed and left.

    Return the basket's lines, and what could not be taken over as it was. It adds up, so the request's
    Idempotency-Key must keep a repeat away.
    """
    cart = _lock_cart(buyer)
    lines = {line.target.key: line for line in list_lines(buyer)}
    targets = read_targets({wish.key for wish in wishes} - lines.keys())
    changes = []
    for wish in wishes:
        known = lines.get(wish.key)
        there = known.quantity if known else 0
        target = known.target if known else targets.get(wish.key)
        if target is None or not target.is_offered:
            changes.append(Change(wish, rules.Trouble.UNAVAILABLE, there))
            continue
        title = target.title
        if any(line.target.currency != target.currency for line in lines.values()):
            changes.append(Change(wish, rules.MixedCurrency.code, there, title))
            continue
        if not known and len(lines) >= MAX_LINES:
            changes.append(Change(wish, BasketFull.code, there, title))
            continue
        line = Line(target, there + wish.quantity, target.price, known.id if known else None)
        verdict = rules.judge_all([line], at=at)[0]
        if verdict.trouble:
            most = verdict.max_quantity if verdict.trouble in rules.CAN_BE_CAPPED else 0
            line = replace(line, quantity=max(there, most))
            changes.append(Change(wish, verdict.trouble, line.quantity, title))
        if line.quantity > there:
            lines[wish.key] = _store(cart, line)
    return list(lines.values()), changes


def _refuse_trouble(line: Line, at: datetime) -> None:
    rules.refuse_trouble([line], rules.judge_all([line], at=at), pointers=["/quantity"])


def _lock_cart(buyer: User) -> Cart:
    """Return the buyer's cart, locked until the transaction ends; make it on the first use."""
    cart = _LOCK_CART.first(user=buyer.pk)
    if cart is None:
        Cart.objects.bulk_create([Cart(user=buyer)], ignore_conflicts=True)
        [cart] = _LOCK_CART.read(user=buyer.pk)
    return cart


_LOCK_CART = KeptObjects(
    lambda user: Cart.objects.select_for_update(no_key=True).filter(user=user).only("pk"), user=int
)


def _store(cart: Cart, line: Line) -> Line:
    """Write a line; the caller holds the cart's lock."""
    if line.id:
        CartItem.objects.filter(pk=line.id).update(quantity=line.quantity, seen_price=line.seen_price)
        return line
    target: Target = line.target
    is_gear = target.item_type == ItemType.PRODUCT
    row = CartItem(
        cart=cart,
        item_type=target.item_type,
        variant_id=target.id if is_gear else None,
        ticket_type_id=None if is_gear else target.id,
        quantity=line.quantity,
        seen_price=line.seen_price,
    )
    insert([row])
    return replace(line, id=row.pk)
