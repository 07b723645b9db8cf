"""The variants of a product: sizes, colours, prices and what is on the shelf."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delux.accounts.models import OrganizerProfile
from delux.core.constraints import violated
from delux.core.errors import Conflict, FieldProblem, Invalid, NotFound
from delux.market.models import Product, Variant
from delux.market.selectors.products import get_product_for_change
from delux.market.services.shelf import refresh_product


class StockBelowHeld(Conflict):
    code = "stock_below_held"
    title = _("Some of these pieces are held for orders awaiting payment: there cannot be fewer on the shelf")


class LastVariant(Conflict):
    code = "last_variant"
    title = _("A product on sale needs at least one variant on sale. Hide the product first")


@dataclass(frozen=True)
class VariantDraft:
    sku_code: str
    price: Decimal
    stock_quantity: int
    size: str = ""
    colour: str = ""
    original_price: Decimal | None = None
    is_active: bool = True


class Contradiction(NamedTuple):
    """Which draft, by its place in the list, would violate which constraint."""

    place: int
    constraint: str


class VariantChanges(TypedDict, total=False):
    sku_code: str
    price: Decimal
    stock_quantity: int
    size: str
    colour: str
    original_price: Decimal | None
    is_active: bool
    position: int


# What a violated constraint means to the person at the form: the field, the stable code, the words.
_REFUSALS = {
    "variant_sku_unique_per_product": ("sku_code", "taken", _("Another variant has this article number.")),
    "variant_options_unique": ("size", "taken", _("There is a variant of this size and colour already.")),
    "variant_markdown_is_down": ("original_price", "invalid", _("The price before a markdown is not lower.")),
}


@transaction.atomic
def add_variant(*, organizer: OrganizerProfile, product_id: int, draft: VariantDraft) -> Variant:
    """Put one more variant on the shelf.

    :raises NotFound: the product is not this organizer's
    :raises Invalid: the article number or the options are taken
    """
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    with refusals_in_words():
        variant = Variant.objects.create(product=product, position=product.variants.count(), **vars(draft))
    refresh_product(product)
    return variant


def add_variants(*, product: Product, drafts: list[VariantDraft]) -> None:
    """Give a new product its first variants, in the order given.

    :raises Invalid: two of them share an article number or their options, or a markdown goes up
    """
    problems = [refusal(found.constraint, f"/variants/{found.place}") for found in contradictions(drafts)]
    if problems:
        raise Invalid(problems=problems)
    Variant.objects.bulk_create(
        Variant(product=product, position=position, **vars(draft)) for position, draft in enumerate(drafts)
    )


@transaction.atomic
def change_variant(
    *, organizer: OrganizerProfile, product_id: int, variant_id: int, **changes: Unpack[VariantChanges]
) -> Variant:
    """Change what is given of a variant and leave the rest. Orders keep the price they were placed at.

    :raises NotFound: not this organizer's, or of another product
    :raises Invalid: the article number or the options are taken, or a markdown goes up
    :raises StockBelowHeld: unpaid orders hold more than the new stock
    :raises LastVariant: it is the last one on sale of a product on sale
    """
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    fields: dict[str, Any] = dict(changes)
    # One conditional UPDATE: what a buyer holds between the look and the write still counts.
    variant = Variant.objects.filter(pk=variant_id, product=product)
    enough = variant.filter(held_quantity__lte=fields.get("stock_quantity", F("stock_quantity")))
    with refusals_in_words():
        changed = enough.update(**fields, updated_at=timezone.now())
    if not changed:
        raise StockBelowHeld() if variant.exists() else NotFound()
    _check_on_sale(product)
    refresh_product(product)
    return variant.get()


@transaction.atomic
def remove_variant(*, organizer: OrganizerProfile, product_id: int, variant_id: int) -> None:
    """Delete a variant, or, when orders refer to it, take it off sale for good.

    :raises NotFound: not this organizer's, or of another product
    :raises LastVariant: it is the last one on sale of a product on sale
    """
    product = get_product_for_change(organizer=organizer, product_id=product_id)
    variant = Variant.objects.select_for_update().filter(pk=variant_id, product=product).first()
    if variant is None:
        raise NotFound
    try:
        variant.delete()
    except ProtectedError:
        Variant.objects.filter(pk=variant_id).update(is_active=False, updated_at=timezone.now())
    _check_on_sale(product)
    refresh_product(product)


def _check_on_sale(product: Product) -> None:
    if product.is_active and not product.variants.filter(is_active=True).exists():
        raise LastVariant


def contradictions(drafts: Sequence[VariantDraft]) -> Iterator[Contradiction]:
    """Find the drafts that repeat an article number or options, or whose markdown goes up."""
    skus: set[str] = set()
    options: set[tuple[str, str]] = set()
    for index, draft in enumerate(drafts):
        choice = (draft.size.lower(), draft.colour.lower())
        if draft.sku_code.lower() in skus:
            yield Contradiction(index, "variant_sku_unique_per_product")
        if draft.is_active and choice in options:
            yield Contradiction(index, "variant_options_unique")
        if draft.original_price is not None and draft.original_price < draft.price:
            yield Contradiction(index, "variant_markdown_is_down")
        skus.add(draft.sku_code.lower())
        if draft.is_active:
            options.add(choice)


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Say in words which constraint a write violates."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if violated(error) not in _REFUSALS:
            raise
        raise Invalid(problems=[refusal(violated(error))]) from None


def refusal(constraint: str, prefix: str = "") -> FieldProblem:
    """Say what a violated constraint means, and which field of the form at ``prefix`` it is about."""
    field, code, words = _REFUSALS[constraint]
    return FieldProblem(pointer=f"{prefix}/{field}", code=code, detail=words)
