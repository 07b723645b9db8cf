from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.core.api.caching import PublicReadView
from delux.core.api.pagination import envelope
from delux.core.api.serializers import MoneyField, PageQuery, QuerySerializer
from delux.core.markets import HOME_MARKETS
from delux.core.replica import from_replica
from delux.market.api.desk import (
    PRODUCT_EXAMPLE,
    CrmProductOutput,
    ProductInput,
    create,
)
from delux.market.api.serializers import CategoryNode, ProductCardPage, ProductOutput
from delux.market.api.show import show_cards, show_facets, show_product, show_tree
from delux.market.selectors import catalogue
from delux.market.selectors.categories import count_products, get_category_tree
from delux.market.selectors.facets import count_facets
from delux.market.selectors.products import get_product_on_sale
from delux.market.selectors.words import read_words
from delux.market.services.products import NothingToSell

_MOST_CHOICES = 20


class CommaList(serializers.CharField):
    """Several values in one parameter, with commas between."""

    def to_internal_value(self, data: Any) -> Any:
        values = tuple(sorted({value.strip() for value in super().to_internal_value(data).split(",")} - {""}))
        if len(values) > _MOST_CHOICES:
            raise serializers.ValidationError(_("Name 20 at most."), code="too_many")
        return values


class MarketQuery(QuerySerializer):
    market = serializers.ChoiceField(
        choices=[market.value for market in HOME_MARKETS],
        default="",
        help_text="What is shown in this market or in all of them; everything when left out.",
    )


class ProductsQuery(MarketQuery, PageQuery):
    q = serializers.CharField(
        max_length=100,
        allow_blank=True,
        default="",
        help_text="Words of the title, brand or category in any of the four languages, or their beginnings; "
        "where nothing has them, words like them.",
    )
    category = serializers.SlugField(
        max_length=60, default="", help_text="Slug; the shelves in it count too."
    )
    brand = CommaList(max_length=500, default="", help_text="Slugs, with commas between or repeated.")
    size = CommaList(max_length=200, default="", help_text="Like `brand`; the same goes for colours.")
    colour = CommaList(max_length=400, default="")
    price_min = MoneyField(default=None, help_text="In the product's own currency: give `market` too.")
    price_max = MoneyField(default=None)
    in_stock = serializers.BooleanField(default=False, help_text="Only what has a free piece.")
    organizer = serializers.SlugField(max_length=80, default="")
    ordering = serializers.ChoiceField(choices=list(catalogue.ORDERINGS), default="popular")

    def to_internal_value(self, data: Any) -> Any:
        several = {name: ",".join(data.getlist(name)) for name in ("brand", "size", "colour") if name in data}
        return super().to_internal_value(data.dict() | several)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if None not in (attrs["price_min"], attrs["price_max"]) and attrs["price_min"] > attrs["price_max"]:
            raise serializers.ValidationError({"price_max": _("This is less than the lowest price.")})
        return attrs

    @staticmethod
    def filters(query: dict[str, Any]) -> catalogue.Filters:
        return catalogue.Filters(
            words=read_words(query["q"]),
            category=query["category"],
            brands=tuple(query["brand"]),
            sizes=tuple(query["size"]),
            colours=tuple(query["colour"]),
            price_min=query["price_min"],
            price_max=query["price_max"],
            in_stock=query["in_stock"],
            organizer=query["organizer"],
            market=query["market"],
        )


class ProductsView(PublicReadView):
    query_serializers = {"get": ProductsQuery}
    raises = {"post": (NothingToSell,)}

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny()] if self.request.method in ("GET", "HEAD", "OPTIONS") else [IsOrganizer()]

    @extend_schema(
        operation_id="products_list",
        summary="Find gear, with counts beside the filters",
        description="Size, colour, price and stock are asked of one and the same variant.",
        tags=["Shop"],
        responses=ProductCardPage,
        auth=[],
    )
    @from_replica
    def get(self, request: Request) -> Response:
        filters = ProductsQuery.filters(self.query)
        cards, count = catalogue.list_page(
            filters=filters,
            ordering=self.query["ordering"],
            number=self.query["page"],
            size=self.query["page_size"],
        )
        words = filters.words
        return Response(
            envelope(request, self.query, count=count, results=show_cards(cards))
            | {
                "corrected_q": " ".join(words.words) if words and words.corrected else None,
                "facets": show_facets(count_facets(filters=filters)),
            }
        )

    @extend_schema(
        operation_id="products_create",
        summary="Put a product on the shelf (as `POST /crm/products/`)",
        tags=["Shop"],
        request=ProductInput,
        responses={201: CrmProductOutput},
        examples=[PRODUCT_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        return Response(create(request, self.read(request, ProductInput)), status=201)


class ProductView(PublicReadView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="products_retrieve",
        summary="A product with its variants, by slug or id",
        tags=["Shop"],
        responses=ProductOutput,
        auth=[],
    )
    @from_replica
    def get(self, _request: Request, ref: str) -> Response:
        return Response(show_product(get_product_on_sale(ref=ref)))


class CategoriesView(PublicReadView):
    permission_classes = (AllowAny,)
    query_serializers = {"get": MarketQuery}

    @extend_schema(
        operation_id="categories_list",
        summary="The shelves of the shop, as a tree",
        tags=["Shop"],
        responses=CategoryNode(many=True),
        auth=[],
    )
    @from_replica
    def get(self, _request: Request) -> Response:
        market = self.query["market"]
        return Response(show_tree(get_category_tree().roots, count_products(market=market), market))


urlpatterns = [
    path("products/", ProductsView.as_view()),
    path("products/<slug:ref>/", ProductView.as_view()),
    path("categories/", CategoriesView.as_view()),
]
