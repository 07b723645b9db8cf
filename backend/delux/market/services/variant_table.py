"""The variants of a product saved as one table: sizes, colours, prices and stock, all or none."""

from collections import Counter
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile
from delux.core.errors import Conflict, FieldProblem, Invalid
from delux.market.models import Product, Variant
from delux.market.selectors.products import get_product_for_change
from delux.market.services.shelf import refresh_product
from delux.market.services.variants import (
    LastVariant,
    StockBelowHeld,
    VariantDraft,
    contradictions,
    refusal,
    refusals_in_words,
)

MOST_VARIANTS = 200


class StockChanged(Conflict):
    code = "stock_changed"
    title = _("Pieces were sold or came back meanwhile. Check the new figures and save again")


class TooManyVariants(Conflict):
    code = "too_many_variants"
    title = _("A product may have 200 variants at most. Make several products of it")


@dataclass(frozen=True)
class VariantRow(VariantDraft):
    """A row of the table: a new variant, or with ``id`` what an existing one becomes.

    ``stock_seen`` is the stock its writer looked at. As long as ``stock_quantity`` equals it, the stock was
    not touched and stays what it is now; otherwise the new figure counts only if nothing moved since.
    """

    id: int | None = None
    stock_seen: int | None = None


_COLUMNS = [column.name for column in fields(VariantDraft)]


@transaction.atomic
def save_variants(*, organizer: OrganizerProfile, product_id: int, rows: list[VariantRow]) -> None:
    """Change the variants named and add the others, all or none. Variants not named stay as they are.

    :raises NotFound: the product is not this organizer's
    :raises Invalid: not a variant of this product, one named twice, article number or options taken
    :raises StockChanged: the stock of a variant is no longer what its writer saw; ``extra`` has the figures
    :raises StockBelowHeld: unpaid orders hold more than the new stock
    :raises TooManyVariants: the product would have more than it may
    :raises LastVariant: none would be left on sale of a product on sale
    """
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    # Locked in key order, as orders take them: what is seen below is what the write meets.
    known = {variant.pk: variant for variant in product.variants.select_for_update().order_by("pk")}
    _check_ids(rows, known)
    _check_stock(rows, known)
    if len(known) + sum(row.id is None for row in rows) > MOST_VARIANTS:
        raise TooManyVariants
    next_position = 1 + max((variant.position for variant in known.values()), default=-1)
    written: list[Variant] = []
    for row in rows:
        variant = known.get(row.id or 0)
        if variant is None:
            variant = Variant(product=product, position=next_position, stock_quantity=row.stock_quantity)
            next_position += 1
        stock = variant.stock_quantity if row.stock_quantity == row.stock_seen else row.stock_quantity
        for name in _COLUMNS:
            setattr(variant, name, getattr(row, name))
        variant.stock_quantity = stock
        written.append(variant)
    _check_together(rows, [*known.values()])
    with refusals_in_words():
        # Those going off sale first: another may take over their size and colour.
        for variant in sorted(written, key=lambda variant: variant.is_active):
            variant.save()
    if product.is_active and not product.variants.filter(is_active=True).exists():
        raise LastVariant
    refresh_product(product)


def _check_ids(rows: list[VariantRow], known: dict[int, Variant]) -> None:
    times = Counter(row.id for row in rows if row.id is not None)
    problems = [
        FieldProblem(f"/variants/{index}/id", "unknown", _("This product has no such variant."))
        if row.id not in known
        else FieldProblem(f"/variants/{index}/id", "taken", _("This variant is named twice."))
        for index, row in enumerate(rows)
        if row.id is not None and (row.id not in known or times[row.id] > 1)
    ]
    if problems:
        raise Invalid(problems=problems)


def _check_stock(rows: list[VariantRow], known: dict[int, Variant]) -> None:
    moved, below = [], []
    for index, row in enumerate(rows):
        variant = known.get(row.id or 0)
        if variant is None or row.stock_quantity == row.stock_seen:
            continue
        if row.stock_seen is not None and row.stock_seen != variant.stock_quantity:
            moved.append((index, variant))
        elif row.stock_quantity < variant.held_quantity:
            below.append(index)
    if moved:
        raise StockChanged(
            problems=[_stock_problem(index, StockChanged) for index, _row in moved],
            extra={
                "variants": [
                    {
                        "id": variant.pk,
                        "stock_quantity": variant.stock_quantity,
                        "held_quantity": variant.held_quantity,
                    }
                    for _index, variant in moved
                ]
            },
        )
    if below:
        raise StockBelowHeld(problems=[_stock_problem(index, StockBelowHeld) for index in below])


def _stock_problem(index: int, refused: type[Conflict]) -> FieldProblem:
    return FieldProblem(f"/variants/{index}/stock_quantity", refused.code, refused.title)


def _check_together(rows: list[VariantRow], known: list[Variant]) -> None:
    """Check the rows against each other and against the variants that stay, and name the row at fault."""
    named = {row.id for row in rows}
    staying = [
        VariantDraft(**{name: getattr(variant, name) for name in _COLUMNS})
        for variant in known
        if variant.pk not in named
    ]
    problems = [
        # A variant that stays agrees with the others that stay: any fault is of a row.
        refusal(found.constraint, f"/variants/{found.place - len(staying)}")
        for found in contradictions([*staying, *rows])
    ]
    if problems:
        raise Invalid(problems=problems)


def copy_variants(*, source: Product, to: Product) -> None:
    """Give a new product the variants on sale of another, with nothing on the shelf yet."""
    Variant.objects.bulk_create(
        Variant(
            product=to,
            sku_code=variant.sku_code,
            size=variant.size,
            colour=variant.colour,
            price=variant.price,
            original_price=variant.original_price,
            position=position,
        )
        for position, variant in enumerate(source.variants.filter(is_active=True))
    )
