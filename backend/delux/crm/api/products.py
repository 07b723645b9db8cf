"""An organizer's goods: products, their variants and pictures. What is sent and shown is market.api.desk."""

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of
from delux.core.api.pagination import page
from delux.core.api.parsers import UploadParser
from delux.core.api.serializers import PageQuery, QuerySerializer, page_of
from delux.core.api.views import View
from delux.core.errors import TooLarge
from delux.core.images import BadImage, image_urls
from delux.market.api import desk
from delux.market.api.serializers import ProductImageOutput
from delux.market.api.show import show_image
from delux.market.models import Product
from delux.market.selectors.products import ORDERINGS, get_product_of, list_products_of
from delux.market.services import images, products, variant_table, variants


class ProductsFilter(QuerySerializer):
    q = serializers.CharField(
        max_length=100, allow_blank=True, default="", help_text="Part of a title or article number."
    )
    category = serializers.SlugField(
        max_length=60, default="", allow_blank=True, help_text="Slug of a shelf; those in it count too."
    )
    low_stock = serializers.BooleanField(
        default=False,
        help_text="Only products with a variant on sale of which five pieces or fewer are free.",
    )
    is_active = serializers.BooleanField(default=None, help_text="Shown in the shop, or hidden.")
    ordering = serializers.ChoiceField(choices=list(ORDERINGS), default="newest")


class CrmProductsQuery(ProductsFilter, PageQuery):
    pass


class CrmProductsView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": CrmProductsQuery}
    raises = {"post": (products.NothingToSell,)}

    @extend_schema(
        operation_id="crm_products_list",
        summary="Your products, hidden ones included",
        tags=["CRM"],
        responses=page_of(desk.CrmProductRowOutput),
    )
    def get(self, request: Request) -> Response:
        rows = list_products_of(
            organizer=organizer_of(request),
            q=self.query["q"],
            category=self.query["category"],
            is_active=self.query["is_active"],
            low_stock=self.query["low_stock"],
            ordering=self.query["ordering"],
        )
        return Response(page(request, rows, self.query, lambda found: [_row(product) for product in found]))

    @extend_schema(
        operation_id="crm_products_create",
        summary="Put a product on the shelf, with its first variants",
        tags=["CRM"],
        request=desk.ProductInput,
        responses={201: desk.CrmProductOutput},
        examples=[desk.PRODUCT_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        return Response(desk.create(request, self.read(request, desk.ProductInput)), status=201)


class CrmProductView(View):
    permission_classes = (IsOrganizer,)
    raises = {"patch": (products.NothingToSell,), "delete": (products.ProductWasOrdered,)}

    @extend_schema(
        operation_id="crm_products_retrieve",
        summary="One of your products, with all its variants",
        tags=["CRM"],
        responses=desk.CrmProductOutput,
    )
    def get(self, request: Request, product_id: int) -> Response:
        product = get_product_of(organizer=organizer_of(request), product_id=product_id)
        return Response(desk.show_own_product(product))

    @extend_schema(
        operation_id="crm_products_update",
        summary="Change a product; fields left out stay, features are replaced as a whole",
        tags=["CRM"],
        request=desk.ProductPatchInput,
        responses=desk.CrmProductOutput,
        examples=[OpenApiExample("Hide it", value={"is_active": False}, request_only=True)],
    )
    def patch(self, request: Request, product_id: int) -> Response:
        organizer = organizer_of(request)
        changes = self.read(request, desk.ProductPatchInput, partial=True)
        if "features" in changes:
            changes["features"] = [products.Feature(**feature) for feature in changes["features"]]
        products.update_product(organizer=organizer, product_id=product_id, **changes)
        return Response(desk.show_own_product(get_product_of(organizer=organizer, product_id=product_id)))

    @extend_schema(
        operation_id="crm_products_delete",
        summary="Delete a product that was never ordered",
        tags=["CRM"],
        responses={204: None},
    )
    def delete(self, request: Request, product_id: int) -> Response:
        products.delete_product(organizer=organizer_of(request), product_id=product_id)
        return Response(status=204)


class CrmProductCopyView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_products_duplicate",
        summary="Copy a product: hidden, with nothing in stock",
        tags=["CRM"],
        request=None,
        responses={201: desk.CrmProductOutput},
    )
    def post(self, request: Request, product_id: int) -> Response:
        organizer = organizer_of(request)
        copy = products.duplicate_product(organizer=organizer, product_id=product_id)
        return Response(
            desk.show_own_product(get_product_of(organizer=organizer, product_id=copy.pk)), status=201
        )


class CrmVariantsView(View):
    permission_classes = (IsOrganizer,)
    raises = {
        "put": (
            variant_table.StockChanged,
            variants.StockBelowHeld,
            variant_table.TooManyVariants,
            variants.LastVariant,
        )
    }

    @extend_schema(
        operation_id="crm_variants_list",
        summary="The variants of one of your products, those off sale too",
        tags=["CRM"],
        responses=desk.CrmVariantOutput(many=True),
    )
    def get(self, request: Request, product_id: int) -> Response:
        product = get_product_of(organizer=organizer_of(request), product_id=product_id)
        return Response([desk.show_own_variant(variant) for variant in product.variants.all()])

    @extend_schema(
        operation_id="crm_variants_create",
        summary="Add a variant",
        tags=["CRM"],
        request=desk.VariantInput,
        responses={201: desk.CrmVariantOutput},
        examples=[
            OpenApiExample(
                "Size 43",
                value={
                    "sku_code": "TLP-43",
                    "size": "43",
                    "colour": "black",
                    "price": "34990.00",
                    "stock_quantity": 5,
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, product_id: int) -> Response:
        draft = variants.VariantDraft(**self.read(request, desk.VariantInput))
        variant = variants.add_variant(organizer=organizer_of(request), product_id=product_id, draft=draft)
        return Response(desk.show_own_variant(variant), status=201)

    @extend_schema(
        operation_id="crm_variants_save",
        summary="Save several variants at once, all or none",
        description="Those with an `id` are changed, the others added; variants not named stay as they are.",
        tags=["CRM"],
        request=desk.VariantTableInput,
        responses=desk.CrmVariantOutput(many=True),
        examples=[
            OpenApiExample(
                "A delivery and a new size",
                value={
                    "variants": [
                        {
                            "id": 7,
                            "sku_code": "TLP-41",
                            "size": "41",
                            "price": "34990.00",
                            "stock_quantity": 40,
                            "stock_seen": 12,
                        },
                        {"sku_code": "TLP-43", "size": "43", "price": "34990.00", "stock_quantity": 5},
                    ]
                },
                request_only=True,
            )
        ],
    )
    def put(self, request: Request, product_id: int) -> Response:
        rows = [
            variant_table.VariantRow(**row) for row in self.read(request, desk.VariantTableInput)["variants"]
        ]
        organizer = organizer_of(request)
        variant_table.save_variants(organizer=organizer, product_id=product_id, rows=rows)
        product = get_product_of(organizer=organizer, product_id=product_id)
        return Response([desk.show_own_variant(variant) for variant in product.variants.all()])


class CrmVariantView(View):
    permission_classes = (IsOrganizer,)
    raises = {"patch": (variants.StockBelowHeld, variants.LastVariant), "delete": (variants.LastVariant,)}

    @extend_schema(
        operation_id="crm_variants_update",
        summary="Change a variant's price, stock or options; fields left out stay",
        tags=["CRM"],
        request=desk.VariantPatchInput,
        responses=desk.CrmVariantOutput,
        examples=[OpenApiExample("A delivery came", value={"stock_quantity": 40}, request_only=True)],
    )
    def patch(self, request: Request, product_id: int, variant_id: int) -> Response:
        changes = self.read(request, desk.VariantPatchInput, partial=True)
        variant = variants.change_variant(
            organizer=organizer_of(request), product_id=product_id, variant_id=variant_id, **changes
        )
        return Response(desk.show_own_variant(variant))

    @extend_schema(
        operation_id="crm_variants_delete",
        summary="Delete a variant; one that was ordered is taken off sale instead",
        tags=["CRM"],
        responses={204: None},
    )
    def delete(self, request: Request, product_id: int, variant_id: int) -> Response:
        variants.remove_variant(organizer=organizer_of(request), product_id=product_id, variant_id=variant_id)
        return Response(status=204)


class CrmProductImageOrderView(View):
    permission_classes = (IsOrganizer,)
    raises = {"put": (images.ImagesChanged,)}

    @extend_schema(
        operation_id="crm_product_images_arrange",
        summary="Put the pictures in order; the first is the main one",
        tags=["CRM"],
        request=desk.ImageOrderInput,
        responses=ProductImageOutput(many=True),
        examples=[OpenApiExample("Order", value={"order": [12, 10, 11]}, request_only=True)],
    )
    def put(self, request: Request, product_id: int) -> Response:
        organizer = organizer_of(request)
        order = self.read(request, desk.ImageOrderInput)["order"]
        images.arrange_images(organizer=organizer, product_id=product_id, order=order)
        product = get_product_of(organizer=organizer, product_id=product_id)
        return Response([show_image(image) for image in product.images.all()])


class CrmProductImagesView(View):
    permission_classes = (IsOrganizer,)
    parser_classes = (UploadParser,)
    raises = {"post": (BadImage, TooLarge, images.TooManyImages)}

    @extend_schema(
        operation_id="crm_product_images_create",
        summary="Upload a picture; the first one becomes the main picture",
        tags=["CRM"],
        request={"multipart/form-data": desk.ProductImageInput},
        responses={201: ProductImageOutput},
        examples=[
            OpenApiExample(
                "A picture", value={"image": "(binary)", "alt": "Кроссовки сбоку"}, request_only=True
            )
        ],
    )
    def post(self, request: Request, product_id: int) -> Response:
        sent = self.read(request, desk.ProductImageInput)
        image = images.add_image(
            organizer=organizer_of(request), product_id=product_id, file=sent["image"], alt=sent["alt"]
        )
        return Response(show_image(image), status=201)


class CrmProductImageView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_product_images_update",
        summary="Change a picture's words or place, or make it the main one",
        tags=["CRM"],
        request=desk.ProductImagePatchInput,
        responses=ProductImageOutput,
        examples=[OpenApiExample("Make it the main one", value={"is_main": True}, request_only=True)],
    )
    def patch(self, request: Request, product_id: int, image_id: int) -> Response:
        changes = self.read(request, desk.ProductImagePatchInput, partial=True)
        image = images.change_image(
            organizer=organizer_of(request), product_id=product_id, image_id=image_id, **changes
        )
        return Response(show_image(image))

    @extend_schema(
        operation_id="crm_product_images_delete",
        summary="Take a picture off the product",
        tags=["CRM"],
        responses={204: None},
    )
    def delete(self, request: Request, product_id: int, image_id: int) -> Response:
        images.delete_image(organizer=organizer_of(request), product_id=product_id, image_id=image_id)
        return Response(status=204)


def _row(product: Product) -> dict[str, object]:
    return {
        "id": product.pk,
        "slug": product.slug,
        "title": product.title,
        "category": {"slug": product.category.slug, "name": product.category.name},
        "brand": {"slug": product.brand.slug, "name": product.brand.name} if product.brand else None,
        "market": product.market,
        "currency": product.currency,
        "price_from": product.price_from,
        "price_to": product.price_to,  # type: ignore[attr-defined]  # annotated by the selector
        "variant_count": product.variant_count,  # type: ignore[attr-defined]  # as above
        "stock_left": product.stock_left,  # type: ignore[attr-defined]  # as above
        "sales_count": product.sales_count,
        "is_active": product.is_active,
        "image": image_urls(product.main_image),  # type: ignore[attr-defined]  # as above
        "created_at": product.created_at,
    }


urlpatterns = [
    path("products/", CrmProductsView.as_view()),
    path("products/<int:product_id>/", CrmProductView.as_view()),
    path("products/<int:product_id>/duplicate/", CrmProductCopyView.as_view()),
    path("products/<int:product_id>/variants/", CrmVariantsView.as_view()),
    path("products/<int:product_id>/variants/<int:variant_id>/", CrmVariantView.as_view()),
    path("products/<int:product_id>/images/", CrmProductImagesView.as_view()),
    path("products/<int:product_id>/images/order/", CrmProductImageOrderView.as_view()),
    path("products/<int:product_id>/images/<int:image_id>/", CrmProductImageView.as_view()),
]
