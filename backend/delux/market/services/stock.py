"""The stock of gear: free, held for an unpaid order, sold. Each move is one conditional UPDATE of one row.

Callers take variants in key order, and no other row is touched, so two orders never wait for each other in a
circle: this is why a sale is counted on the variant, and reaches its product later (services.shelf).
"""

from django.db.models import F, Q
from django.db.models.functions import Greatest

from delux.core.kept_query import KeptUpdate
from delux.market.models import Variant


class StockOutOfStepError(RuntimeError):
    """A hold is given back or sold that does not exist: a mistake in our code, never a buyer's."""


def hold_variant(*, variant_id: int, quantity: int) -> bool:
    """Set ``quantity`` pieces aside; return False, changing nothing, if fewer are free or it is off sale."""
    return _HOLD.run(variant_id=variant_id, quantity=quantity) == 1


def release_variant(*, variant_id: int, quantity: int) -> None:
    """Give held pieces back to the shelf."""
    held = Variant.objects.filter(pk=variant_id, held_quantity__gte=quantity)
    _moved(held.update(held_quantity=F("held_quantity") - quantity), variant_id)


def sell_variant(*, variant_id: int, quantity: int) -> None:
    """Turn held pieces into sold ones: they leave the shelf."""
    _moved(_SELL.run(variant_id=variant_id, quantity=quantity), variant_id)


def return_variant(*, variant_id: int, quantity: int) -> None:
    """Put sold pieces back on the shelf, after a refund."""
    moved = Variant.objects.filter(pk=variant_id).update(
        stock_quantity=F("stock_quantity") + quantity, sales_count=Greatest(F("sales_count") - quantity, 0)
    )
    _moved(moved, variant_id)


# No joins here: Django would move the condition into a subquery, which an UPDATE that had to wait does not
# evaluate again.
_HOLD = KeptUpdate(
    lambda variant_id, quantity: (
        Variant.objects.filter(_enough(quantity), pk=variant_id),
        {"held_quantity": F("held_quantity") + quantity},
    ),
    variant_id=int,
    quantity=int,
)
_SELL = KeptUpdate(
    lambda variant_id, quantity: (
        Variant.objects.filter(pk=variant_id, held_quantity__gte=quantity),
        {
            "stock_quantity": F("stock_quantity") - quantity,
            "held_quantity": F("held_quantity") - quantity,
            "sales_count": F("sales_count") + quantity,
        },
    ),
    variant_id=int,
    quantity=int,
)


def _enough(quantity: int) -> Q:
    return Q(is_active=True, stock_quantity__gte=F("held_quantity") + quantity)


def _moved(rows: int, variant_id: int) -> None:
    if rows != 1:
        raise StockOutOfStepError(f"Variant {variant_id} does not hold what is moved.")
