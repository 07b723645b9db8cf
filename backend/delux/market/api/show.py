"""Rows of the shop as plain JSON-ready data: hot reads, so no serializer stands between (see serializers)."""

import re
from typing import Any

from delux.core.images import image_urls
from delux.market.api.serializers import FEW
from delux.market.models import Product, ProductImage, Variant
from delux.market.selectors.categories import Shelf, get_category_tree, roll_up
from delux.market.selectors.facets import FacetRow

_MOST_CHOICES = 60
_LETTER_SIZES = {size: place for place, size in enumerate(("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"))}


def show_cards(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shelves = get_category_tree(holding=[row["category_id"] for row in rows]).by_id
    return [
        {
            "id": row["id"],
            "slug": row["slug"],
            "title": row["title"],
            "market": row["market"],
            "currency": row["currency"],
            "price_from": row["price_from"],
            "price_to": row["price_to"],
            "original_price": row["original_price"],
            "in_stock": row["in_stock"],
            "rating": row["rating"],
            "review_count": row["review_count"],
            "image": image_urls(row["image"] or ""),
            "image_alt": row["image_alt"] or "",
            "brand": _brand(row["brand_slug"], row["brand_name"]),
            "category": _shelf(shelves[row["category_id"]]),
            "organizer": {"slug": row["organizer_slug"], "display_name": row["organizer_name"]},
        }
        for row in rows
    ]


def show_facets(rows: list[FacetRow]) -> dict[str, Any]:
    of: dict[str, list[FacetRow]] = {"category": [], "brand": [], "size": [], "colour": [], "price": []}
    for row in rows:
        of[row.facet].append(row)
    counts = roll_up({int(row.value): row.count for row in of["category"]})
    shelves = get_category_tree(holding=counts).by_id
    return {
        "categories": [
            {
                "slug": shelf.slug,
                "parent": shelves[shelf.parent_id].slug if shelf.parent_id else None,
                "name": shelf.name,
                "count": counts[shelf.id],
            }
            for shelf in shelves.values()
            if shelf.id in counts
        ],
        "brands": [
            {"slug": row.value, "name": row.label, "count": row.count} for row in _commonest(of["brand"])
        ],
        "sizes": [
            {"value": row.label, "count": row.count}
            for row in sorted(_commonest(of["size"]), key=lambda row: _size_place(row.value))
        ],
        "colours": [{"value": row.label, "count": row.count} for row in _commonest(of["colour"])],
        "price": {"min": of["price"][0].value, "max": of["price"][0].label} if of["price"] else None,
    }


def show_product(product: Product) -> dict[str, Any]:
    variants = [show_variant(variant) for variant in product.variants.all()]
    seller = product.organizer
    tree = get_category_tree(holding=[product.category_id])
    return {
        "id": product.pk,
        "slug": product.slug,
        "title": product.title,
        "description": product.description,
        "market": product.market,
        "currency": product.currency,
        "rating": product.rating,
        "review_count": product.review_count,
        "in_stock": any(variant["in_stock"] for variant in variants),
        "category_path": [_shelf(shelf) for shelf in tree.path(product.category_id)],
        "brand": _brand(product.brand.slug, product.brand.name) if product.brand else None,
        "organizer": {
            "slug": seller.slug,
            "display_name": seller.display_name,
            "verified": seller.verified,
            "city": seller.city,
            "shipping_price": seller.shipping_price,
            "pickup_address": seller.pickup_address,
        },
        "images": [show_image(image) for image in product.images.all()],
        "features": [{"name": feature.name, "value": feature.value} for feature in product.features.all()],
        "variants": variants,
    }


def show_variant(variant: Variant) -> dict[str, Any]:
    free = variant.stock_quantity - variant.held_quantity
    return {
        "id": variant.pk,
        "sku_code": variant.sku_code,
        "size": variant.size,
        "colour": variant.colour,
        "price": variant.price,
        "original_price": variant.original_price,
        "in_stock": free > 0,
        # How much a seller has on the shelf is its own business, until it helps a buyer to decide.
        "left": free if free <= FEW else None,
    }


def show_image(image: ProductImage) -> dict[str, Any]:
    files = image_urls(image.image) or {}
    return {**files, "id": image.pk, "alt": image.alt, "is_main": image.is_main, "position": image.position}


def show_tree(shelves: list[Shelf], counts: dict[int, int], market: str) -> list[dict[str, Any]]:
    return [
        {
            **_shelf(shelf),
            "product_count": counts.get(shelf.id, 0),
            "children": show_tree(shelf.children, counts, market),
        }
        for shelf in shelves
        if not market or shelf.market in (market, "ALL")
    ]


def _brand(slug: str | None, name: str | None) -> dict[str, Any] | None:
    return {"slug": slug, "name": name} if slug else None


def _shelf(shelf: Shelf) -> dict[str, str]:
    return {"slug": shelf.slug, "name": shelf.name}


def _commonest(rows: list[FacetRow]) -> list[FacetRow]:
    return sorted(rows, key=lambda row: (-row.count, row.label))[:_MOST_CHOICES]


def _size_place(size: str) -> tuple[int, float, str]:
    """Order sizes as people do: XS before S before M, 9 before 10, the rest by letter."""
    if size in _LETTER_SIZES:
        return 0, _LETTER_SIZES[size], size
    number = re.match(r"\d+(?:[.,]\d+)?", size)
    return (1, float(number[0].replace(",", ".")), size) if number else (2, 0, size)
