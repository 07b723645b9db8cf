"""Gear: the catalogue and what of it is in stock."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Lower, Upper

from delux.accounts.models import OrganizerProfile
from delux.core.markets import Market
from delux.core.models import BaseModel, TranslatedName
from delux.core.money import Currency, MoneyField
from delux.core.search import SEARCH_CONFIG


class Category(TranslatedName, BaseModel):
    """A shelf of the shop; shelves stand in shelves."""

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    slug = models.SlugField(max_length=60, unique=True)
    market = models.CharField(max_length=3, choices=Market.choices, default=Market.ALL)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "pk"]
        constraints = [CheckConstraint(condition=~Q(parent=F("id")), name="category_not_its_own_parent")]


class Brand(BaseModel):
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [UniqueConstraint(Lower("name"), name="brand_name_unique")]

    def __str__(self) -> str:
        return self.name


class ProductQuerySet(models.QuerySet["Product"]):
    def on_sale(self) -> Self:
        """What everyone sees in the shop."""
        return self.filter(is_active=True)

    def owned_by(self, organizer: OrganizerProfile) -> Self:
        """What ``organizer`` sells or has prepared to sell: the scope of every read and write at its desk."""
        return self.filter(organizer=organizer)


class Product(BaseModel):
    """A thing on sale; what is bought is one of its variants."""

    organizer = models.ForeignKey(
        "accounts.OrganizerProfile", on_delete=models.PROTECT, related_name="products"
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.PROTECT, related_name="products")
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=180, unique=True)
    description = models.TextField(max_length=20_000, blank=True, help_text="A safe subset of HTML")
    market = models.CharField(max_length=3, choices=Market.choices, default=Market.KZ)
    currency = models.CharField(max_length=3, choices=Currency.choices)
    is_active = models.BooleanField(default=False, help_text="Shown in the shop")
    rating = models.DecimalField(max_digits=3, decimal_places=2, default=0, editable=False)
    review_count = models.PositiveIntegerField(default=0, editable=False)
    sales_count = models.PositiveIntegerField(default=0, editable=False)
    # Taken from other tables so that the shop's list reads one; services.shelf alone writes them.
    price_from = MoneyField(null=True, blank=True, editable=False, help_text="The cheapest on sale")
    search_text = models.TextField(blank=True, editable=False, help_text="Title, brand and shelves, folded")
    # Stored, because making it anew for each row that a search looks at costs more than all the rest.
    search_words = models.GeneratedField(
        expression=SearchVector("search_text", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(rating__gte=0, rating__lte=5), name="product_rating_in_range"),
        ]
        indexes = [
            models.Index(
                fields=["category", "-sales_count", "id"], condition=Q(is_active=True), name="product_shelf"
            ),
            models.Index(
                fields=["-sales_count", "id"], condition=Q(is_active=True), name="product_best_sellers"
            ),
            models.Index(fields=["-id"], condition=Q(is_active=True), name="product_newest"),
            models.Index(fields=["price_from", "id"], condition=Q(is_active=True), name="product_by_price"),
            models.Index(fields=["organizer", "-created_at"], name="product_of_organizer"),
            GinIndex(fields=["search_words"], name="product_words"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="product_trigrams"),
        ]

    def __str__(self) -> str:
        return self.title


class Variant(BaseModel):
    """What is on the shelf and goes into a basket: one size and colour, with its price and stock."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    sku_code = models.CharField(max_length=40)
    size = models.CharField(max_length=20, blank=True)
    colour = models.CharField(max_length=40, blank=True)
    price = MoneyField()
    original_price = MoneyField(null=True, blank=True, help_text="Before a markdown")
    stock_quantity = models.PositiveIntegerField(default=0, help_text="On the shelf, held pieces included")
    held_quantity = models.PositiveIntegerField(default=0, editable=False)
    sales_count = models.PositiveIntegerField(
        default=0, editable=False, help_text="Sold, less what came back"
    )
    is_active = models.BooleanField(default=True, help_text="Off: no longer sold, kept for past orders")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            UniqueConstraint("product", Lower("sku_code"), name="variant_sku_unique_per_product"),
            UniqueConstraint(
                "product",
                Lower("size"),
                Lower("colour"),
                condition=Q(is_active=True),
                name="variant_options_unique",
            ),
            CheckConstraint(condition=Q(price__gte=0), name="variant_price_not_negative"),
            CheckConstraint(
                condition=Q(original_price__isnull=True) | Q(original_price__gte=F("price")),
                name="variant_markdown_is_down",
            ),
            # Holds and sales are conditional updates; this still stands if one ever forgets its condition.
            CheckConstraint(
                condition=Q(held_quantity__gte=0) & Q(stock_quantity__gte=F("held_quantity")),
                name="variant_never_oversold",
            ),
        ]
        indexes = [
            # Also what tells the planner how many variants a size or a colour has.
            models.Index(
                Upper("size"), Upper("colour"), "product", condition=Q(is_active=True), name="variant_options"
            )
        ]

    def __str__(self) -> str:
        return self.sku_code


class ProductImage(BaseModel):
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="images")
    image = models.CharField(max_length=80, help_text="Key of a stored picture (core.images)")
    alt = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_main = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_main", "position", "pk"]
        constraints = [
            UniqueConstraint(fields=["product"], condition=Q(is_main=True), name="product_one_main_image"),
        ]


class ProductFeature(BaseModel):
    """A line of the product's data sheet."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="features")
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [UniqueConstraint("product", Lower("name"), name="product_feature_once")]
