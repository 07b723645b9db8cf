"""The tree of shelves: small, changed by staff alone, so it is read whole and kept for a moment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import get_language

from delux.core.kept_figures import kept
from delux.core.markets import Market
from delux.market.models import Category, Product


@dataclass(frozen=True, slots=True)
class Shelf:
    id: int
    parent_id: int | None
    slug: str
    market: str
    names: dict[str, str]
    children: list["Shelf"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name in the language of the request."""
        return self.names[get_language() or ""] or self.names["ru"]

    def branch(self) -> list[int]:
        """Ids of this shelf and all that stand in it."""
        return [self.id, *(key for child in self.children for key in child.branch())]


@dataclass(frozen=True, slots=True)
class Tree:
    by_id: dict[int, Shelf]
    by_slug: dict[str, Shelf]
    roots: list[Shelf]

    def path(self, category_id: int) -> list[Shelf]:
        """Return the shelves from the root down to this one."""
        shelf = self.by_id[category_id]
        return [*(self.path(shelf.parent_id) if shelf.parent_id else ()), shelf]


def get_category_tree(*, holding: Iterable[int] = ()) -> Tree:
    """Return all shelves. When one of ``holding`` is not in the kept tree, it is new: all are read again."""
    tree = kept("categories", _read_tree)
    if any(key not in tree.by_id for key in holding):
        tree = kept("categories", _read_tree, anew=True)
    return tree


def is_in_branch(category_id: int, *, of: int) -> bool:
    """Tell whether a shelf is ``of`` or stands in it, as the rows are now."""
    parents = dict(Category.objects.values_list("pk", "parent_id"))
    step: int | None = category_id
    while step is not None and step != of:
        step = parents.pop(step, None)
    return step == of


def count_products(*, market: str = "") -> dict[int, int]:
    """Return how many products on sale each shelf holds, with the shelves in it; a moment old at most."""
    return kept(("products of categories", market), lambda: _count_products(market))


def roll_up(direct: dict[int, int]) -> dict[int, int]:
    """Add to each shelf's count those of the shelves in it."""
    totals: dict[int, int] = defaultdict(int)
    tree = get_category_tree(holding=direct)
    for category_id, count in direct.items():
        for shelf in tree.path(category_id):
            totals[shelf.id] += count
    return totals


def _read_tree() -> Tree:
    rows = Category.objects.values(
        "id", "parent_id", "slug", "market", "name_ru", "name_kk", "name_ky", "name_en"
    )
    shelves = [
        Shelf(
            row["id"],
            row["parent_id"],
            row["slug"],
            row["market"],
            {"ru": row["name_ru"], "kk": row["name_kk"], "ky": row["name_ky"], "en": row["name_en"]},
        )
        for row in rows
    ]
    by_id = {shelf.id: shelf for shelf in shelves}
    for shelf in shelves:
        if shelf.parent_id:
            by_id[shelf.parent_id].children.append(shelf)
    return Tree(
        by_id, {shelf.slug: shelf for shelf in shelves}, [shelf for shelf in shelves if not shelf.parent_id]
    )


def _count_products(market: str) -> dict[int, int]:
    where = Q(market__in=(market, Market.ALL)) if market else Q()
    counts = Product.objects.on_sale().filter(where).values_list("category_id").annotate(n=Count("pk"))
    return roll_up(dict(counts.order_by()))
