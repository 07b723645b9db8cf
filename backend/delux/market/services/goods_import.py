"""A table of goods brought onto the shelf: compared first, then written in bulk, all in one transaction."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from delux.accounts.models import OrganizerProfile
from delux.core.sheet_columns import Fault, Line
from delux.core.sheets import Table
from delux.core.slugs import latin_slug
from delux.market.models import Category, Product, Variant
from delux.market.services.sheet_rows import read_lines
from delux.market.services.shelf import refresh_products
from delux.market.services.variant_table import MOST_VARIANTS
from delux.market.services.variants import VariantDraft, contradictions, refusal

_CHANGING = ("price", "original_price", "stock_quantity", "size", "colour")
_UPDATE = """
UPDATE market_variant AS variant SET price = n.price, original_price = n.original_price,
    stock_quantity = n.stock, size = n.size, colour = n.colour, updated_at = now()
FROM unnest(%s::bigint[], %s::numeric[], %s::numeric[], %s::int[], %s::text[], %s::text[])
    AS n (id, price, original_price, stock, size, colour)
WHERE variant.id = n.id
"""


@dataclass
class Change:
    """A variant that becomes something else: what each column was and becomes."""

    line: int
    variant: Variant
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Newcomer:
    """A variant that is not there yet, of a product that is, or of one that comes with it."""

    line: int
    title: str
    product: Product | None
    values: dict[str, Any]


@dataclass
class Plan:
    """What a table would do. Rows with a fault are in neither list; ``same`` would change nothing."""

    changes: list[Change] = field(default_factory=list)
    newcomers: list[Newcomer] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0
    titles: dict[int, str] = field(default_factory=dict)

    @property
    def bad_lines(self) -> int:
        return len({fault.line for fault in self.faults})


class HasFaultsError(Exception):
    """The table was to be applied as a whole, and some rows cannot be; ``plan`` says which."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(f"{plan.bad_lines} rows")


def plan_import(
    *, organizer: OrganizerProfile, table: Table, seen: dict[int, int] | None = None, lock: bool = False
) -> Plan:
    """Compare a table with what the organizer sells; nothing is written.

    A row belongs to the variant with its article number; where two products have it, the title decides. An
    article number nobody has becomes a new variant of the product of that title, or of a new, hidden one.
    ``seen`` is the stock by variant that somebody looked at: what moved since is a fault.

    :raises BadTable: the columns are not those of goods
    """
    lines = list(read_lines(table))
    shelf = _Shelf(organizer, lines, lock=lock)
    plan = Plan(titles={product.pk: product.title for product in shelf.products.values()})
    for line in lines:
        if not line.faults:
            _place(line, shelf, plan, seen or {})
        plan.faults += line.faults
    _check_together(shelf, plan)
    return plan


@transaction.atomic
def apply_import(*, organizer: OrganizerProfile, table: Table, seen: dict[int, int], skip_bad: bool) -> Plan:
    """Do what the table says, and return what was done. Repeated, it finds nothing left to do.

    :raises BadTable: the columns are not those of goods
    :raises HasFaultsError: a row cannot be applied and ``skip_bad`` is off; nothing was changed
    """
    plan = plan_import(organizer=organizer, table=table, seen=seen, lock=True)
    if plan.faults and not skip_bad:
        raise HasFaultsError(plan)
    touched = {change.variant.product_id for change in plan.changes}
    _write_changes(plan.changes)
    touched |= _write_newcomers(organizer, plan.newcomers)
    refresh_products(Product.objects.filter(pk__in=touched))
    return plan


class _Shelf:
    """What the organizer has that the lines speak of: their products, whole, by article number and title."""

    def __init__(self, organizer: OrganizerProfile, lines: list[Line], *, lock: bool) -> None:
        skus = {line.values["sku_code"].lower() for line in lines if "sku_code" in line.values}
        titles = {line.values["title"].lower() for line in lines if "title" in line.values}
        own = Product.objects.owned_by(organizer)
        found = own.alias(lower_title=Lower("title"), sku=Lower("variants__sku_code"))
        ids = found.filter(Q(lower_title__in=titles) | Q(sku__in=skus)).values("pk")
        products = own.filter(pk__in=ids).order_by("pk")
        variants = Variant.objects.filter(product__in=ids).order_by("pk")
        if lock:  # products first, then variants in key order, as everybody else takes them
            products = products.select_for_update()
            variants = variants.select_for_update(of=("self",))
        self.products = {product.pk: product for product in products}
        self.by_title: dict[str, list[Product]] = defaultdict(list)
        for product in self.products.values():
            self.by_title[product.title.lower()].append(product)
        self.by_sku: dict[str, list[Variant]] = defaultdict(list)
        self.of_product: dict[int, list[Variant]] = defaultdict(list)
        for variant in variants:
            self.by_sku[variant.sku_code.lower()].append(variant)
            self.of_product[variant.product_id].append(variant)
        self.categories: dict[str, Category] = {}
        for category in Category.objects.all():
            names = (category.slug, category.name_ru, category.name_kk, category.name_ky, category.name_en)
            for name in filter(None, names):
                self.categories.setdefault(name.lower(), category)


def _place(line: Line, shelf: _Shelf, plan: Plan, seen: dict[int, int]) -> None:
    """Find out what a line without a fault of its own means."""
    values, title = line.values, line.values["title"]
    namesakes = shelf.by_sku.get(values["sku_code"].lower(), [])
    if len(namesakes) > 1:
        named = [one for one in namesakes if shelf.products[one.product_id].title.lower() == title.lower()]
        namesakes = named if len(named) == 1 else namesakes
    if len(namesakes) > 1:
        line.fault("sku_code", _("Several of your products have this article number. Give each its own."))
    elif namesakes:
        _compare(line, namesakes[0], plan, seen)
    else:
        _welcome(line, shelf, plan)


def _compare(line: Line, variant: Variant, plan: Plan, seen: dict[int, int]) -> None:
    after = {
        name: line.values[name]
        for name in _CHANGING
        if name in line.values and line.values[name] != getattr(variant, name)
    }
    if "stock_quantity" in after:
        if after["stock_quantity"] < variant.held_quantity:
            held = _("%(number)s pieces are held for unpaid orders.") % {"number": variant.held_quantity}
            line.fault("stock_quantity", held)
        elif seen.get(variant.pk, variant.stock_quantity) != variant.stock_quantity:
            moved = _("The stock moved meanwhile: it is %(number)s now.") % {"number": variant.stock_quantity}
            line.fault("stock_quantity", moved)
    if line.faults:
        return
    if after:
        before = {name: getattr(variant, name) for name in after}
        plan.changes.append(Change(line.number, variant, before, after))
    else:
        plan.same += 1


def _welcome(line: Line, shelf: _Shelf, plan: Plan) -> None:
    values, title = line.values, line.values["title"]
    for name in ("price", "stock_quantity"):
        if name not in values:
            line.fault(name, _("A new product needs this."))
    products = shelf.by_title.get(title.lower(), [])
    if len(products) > 1:
        line.fault("title", _("Several of your products have this name."))
    elif not products:
        category = shelf.categories.get(values.get("category", "").lower())
        if category is None:
            line.fault("category", _("A new product needs a category of the shop."))
        values["category_row"] = category
    if not line.faults:
        plan.newcomers.append(Newcomer(line.number, title, products[0] if products else None, values))


def _check_together(shelf: _Shelf, plan: Plan) -> None:
    """Find the rows that contradict each other or the variants that stay, product by product."""
    rows: dict[Any, list[Change | Newcomer]] = defaultdict(list)
    for change in plan.changes:
        rows[change.variant.product_id].append(change)
    for newcomer in plan.newcomers:
        rows[newcomer.product.pk if newcomer.product else newcomer.title.lower()].append(newcomer)
    bad: set[int] = set()
    for key, coming in rows.items():
        changed = {row.variant.pk for row in coming if isinstance(row, Change)}
        staying = [_draft(one) for one in shelf.of_product.get(key, []) if one.pk not in changed]
        drafts = [_draft(row.variant, row.after) if isinstance(row, Change) else _new(row) for row in coming]
        for found in contradictions([*staying, *drafts]):
            if found.place >= len(staying):
                line = coming[found.place - len(staying)].line
                problem = refusal(found.constraint)
                plan.faults.append(Fault(line, problem.pointer.strip("/"), str(problem.detail)))
                bad.add(line)
        for row in coming[max(0, MOST_VARIANTS - len(staying)) :]:
            plan.faults.append(Fault(row.line, "title", _("A product may have 200 variants at most.")))
            bad.add(row.line)
    plan.changes = [row for row in plan.changes if row.line not in bad]
    plan.newcomers = [row for row in plan.newcomers if row.line not in bad]
    plan.faults.sort(key=lambda fault: fault.line)


def _draft(variant: Variant, after: dict[str, Any] | None = None) -> VariantDraft:
    names = ("sku_code", "price", "stock_quantity", "size", "colour", "original_price", "is_active")
    return VariantDraft(**{name: getattr(variant, name) for name in names} | (after or {}))


def _new(row: Newcomer) -> VariantDraft:
    names = ("sku_code", "price", "stock_quantity", "size", "colour", "original_price")
    return VariantDraft(**{name: row.values[name] for name in names if name in row.values})


def _write_changes(changes: list[Change]) -> None:
    """One statement, however many rows. What is written was checked under the rows' locks."""
    if not changes:
        return
    rows = [
        [change.variant.pk] + [change.after.get(name, getattr(change.variant, name)) for name in _CHANGING]
        for change in changes
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [list(column) for column in zip(*rows, strict=True)])


def _write_newcomers(organizer: OrganizerProfile, newcomers: list[Newcomer]) -> set[int]:
    fresh: dict[str, Newcomer] = {}
    for row in newcomers:
        if row.product is None:
            fresh.setdefault(row.title.lower(), row)
    slugs = _slugs([row.title for row in fresh.values()])
    made = Product.objects.bulk_create(
        [
            Product(
                organizer=organizer,
                category=row.values["category_row"],
                title=row.title,
                slug=slug,
                market=organizer.market,
                currency=organizer.currency,
                is_active=False,
            )
            for row, slug in zip(fresh.values(), slugs, strict=True)
        ],
        batch_size=1000,
    )
    by_title = dict(zip(fresh, made, strict=True))
    next_place: dict[int, int] = defaultdict(int)
    for product_id, position in Variant.objects.filter(
        product__in={row.product.pk for row in newcomers if row.product}
    ).values_list("product_id", "position"):
        next_place[product_id] = max(next_place[product_id], position + 1)
    variants = []
    for row in newcomers:
        product = row.product or by_title[row.title.lower()]
        variants.append(Variant(product=product, position=next_place[product.pk], **vars(_new(row))))
        next_place[product.pk] += 1
    Variant.objects.bulk_create(variants, batch_size=1000)
    return {variant.product_id for variant in variants}


def _slugs(titles: Iterable[str]) -> list[str]:
    """Return a free address for each title: the plain one, or with letters that tell namesakes apart."""
    bases = [latin_slug(title)[:160].strip("-") or "product" for title in titles]
    bases = [f"product-{base}" if base.isdigit() else base for base in bases]
    taken = set(Product.objects.filter(slug__in=bases).values_list("slug", flat=True))
    slugs = []
    for base in bases:
        slug = f"{base}-{token_hex(3)}" if base in taken else base
        taken.add(slug)
        slugs.append(slug)
    return slugs
