"""The shop of the demo world: shelves, brands, products and what of them is in stock."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.utils.text import slugify

from delux.core.slugs import latin_slug
from delux.demo import vocabulary as words
from delux.demo.copying import Row, copy_rows
from delux.demo.gallery import Gallery, colours_of
from delux.demo.world import Piece, World, currency_of
from delux.market.models import Brand, Category, Product, ProductFeature, ProductImage, Variant


def add_gear(world: World, gallery: Gallery, tick: Callable[[], None]) -> None:
    """Write the catalogue; small worlds have full runs of sizes, larger ones three variants a product."""
    rng, small = world.rng, world.size.is_small
    shelf_ids = _add_shelves()
    sellers = world.every_seller()
    products: list[Row] = []
    variants: list[Row] = []
    images: list[Row] = []
    features: list[Row] = []
    for number in range(1, world.size.products + 1):
        idea = words.PRODUCTS[(number - 1) % len(words.PRODUCTS)]
        seller = rng.choices(sellers, weights=(5, 3, 2) if small else None)[0]
        round_number = (number - 1) // len(words.PRODUCTS)
        title = idea.titles[round_number % len(idea.titles)]
        if round_number >= len(idea.titles):
            title = f"{title} {rng.choice(words.BRANDS)}" + ("" if small else f" {number}")
        colours = rng.sample(colours_of(idea.kind), k=rng.choice((1, 2, 2)))
        sizes = idea.sizes if small else tuple(rng.sample(idea.sizes, k=min(2, len(idea.sizes))))
        price = Decimal(
            round(idea.price * rng.uniform(0.85, 1.2)) * words.CURRENCY_RATE[currency_of(seller.market)]
        )
        before = price * 5 // 4 if rng.random() < 0.2 else None
        products.append(
            {
                "id": number,
                "organizer": seller.id,
                "category": shelf_ids[idea.shelf],
                "brand": rng.randint(1, len(words.BRANDS)),
                "title": title,
                "slug": f"{latin_slug(title)}-{number}",
                "description": f"<p>{idea.text}</p>",
                "market": seller.market,
                "currency": currency_of(seller.market),
                "is_active": True,
                "created_at": world.now - timedelta(days=rng.randint(60, 400)),
            }
        )
        for position, (name, value) in enumerate(idea.features):
            features.append({"product": number, "name": name, "value": value, "position": position})
        for position, colour in enumerate(colours):
            images.append(
                {
                    "product": number,
                    "image": gallery.things[idea.kind, colour],
                    "alt": f"{title}, {colour.lower()}",
                    "position": position,
                    "is_main": position == 0,
                }
            )
        for position, (colour, option) in enumerate(
            (colour, option) for colour in colours for option in sizes
        ):
            stock = rng.choice((0, 3, 8, 25, 40, 80)) if small else rng.randint(0, 400)
            piece = Piece(
                id=len(variants) + 1,
                product_id=number,
                seller=seller,
                title=title,
                size=option,
                colour=colour,
                price=price,
                image=gallery.things[idea.kind, colours[0]],
                stock=stock,
            )
            world.pieces[seller.id].append(piece)
            variants.append(
                {
                    "id": piece.id,
                    "product": number,
                    "sku_code": f"{idea.kind[:3].upper()}-{number}-{position + 1}",
                    "size": option,
                    "colour": colour,
                    "price": price,
                    "original_price": before,
                    "stock_quantity": stock,
                    "position": position,
                }
            )
        tick()
    for model, rows in (
        (Product, products),
        (Variant, variants),
        (ProductImage, images),
        (ProductFeature, features),
    ):
        copy_rows(model, rows)


def _add_shelves() -> dict[str, int]:
    ids = {slug: number for number, slug in enumerate(words.SHELVES, start=1)}
    copy_rows(
        Category,
        [
            {
                "id": ids[slug],
                "parent": ids[parent] if parent else None,
                "slug": slug,
                "name_ru": ru,
                "name_kk": kk,
                "name_ky": ky,
                "name_en": en,
                "position": ids[slug],
            }
            for slug, ((ru, kk, ky, en), parent) in words.SHELVES.items()
        ],
    )
    copy_rows(
        Brand,
        [{"id": n, "name": name, "slug": slugify(name)} for n, name in enumerate(words.BRANDS, start=1)],
    )
    return ids
