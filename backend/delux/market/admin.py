"""Staff keep the shelves and the brands; goods and their stock move only through the services."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from delux.market.models import Brand, Category, Product, ProductFeature, ProductImage, Variant
from delux.market.selectors.categories import is_in_branch
from delux.market.services.shelf import refresh_products


class _ReadOnly:
    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


class CategoryForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    class Meta:
        model = Category
        fields = ("parent", "slug", "market", "position", "name_ru", "name_kk", "name_ky", "name_en")

    def clean_parent(self) -> Category | None:
        parent: Category | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and is_in_branch(parent.pk, of=self.instance.pk):
            raise forms.ValidationError(_("A shelf cannot stand in itself or in a shelf that stands in it."))
        return parent


@admin.register(Category)
class CategoryAdmin(ModelAdmin):
    form = CategoryForm
    list_display = ("slug", "parent", "name_ru", "name_kk", "name_ky", "name_en", "market", "position")
    list_editable = ("position",)
    list_filter = ("market",)
    list_select_related = ("parent",)
    search_fields = ("slug", "name_ru", "name_kk", "name_ky", "name_en")

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data != ["position"]:  # goods are found by the names of their shelves
            refresh_products(
                Product.objects.filter(category=obj)
                | Product.objects.filter(category__parent=obj)
                | Product.objects.filter(category__parent__parent=obj)
            )


@admin.register(Brand)
class BrandAdmin(ModelAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")

    def save_model(self, request: HttpRequest, obj: Brand, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            refresh_products(obj.products.all())


class VariantInline(_ReadOnly, TabularInline):
    model = Variant
    extra = 0
    fields = (
        "sku_code",
        "size",
        "colour",
        "price",
        "original_price",
        "stock_quantity",
        "held_quantity",
        "sales_count",
        "is_active",
    )
    readonly_fields = ("held_quantity", "sales_count")


class ProductImageInline(_ReadOnly, TabularInline):
    model = ProductImage
    extra = 0


class ProductFeatureInline(_ReadOnly, TabularInline):
    model = ProductFeature
    extra = 0


@admin.register(Product)
class ProductAdmin(_ReadOnly, ModelAdmin):
    list_display = (
        "title",
        "organizer",
        "category",
        "brand",
        "market",
        "price_from",
        "currency",
        "is_active",
    )
    list_filter = ("is_active", "market")
    list_select_related = ("organizer", "category", "brand")
    search_fields = ("title", "slug", "organizer__display_name")
    show_full_result_count = False
    exclude = ("search_text",)
    readonly_fields = ("price_from", "sales_count", "rating", "review_count")
    inlines = (VariantInline, ProductImageInline, ProductFeatureInline)
