"""Tables of goods: sent, compared with what is on sale, applied."""

from typing import Any

from django.http import FileResponse, HttpResponseBase
from django.urls import path
from django.utils.translation import get_language, gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.core.api.pagination import page
from delux.core.api.parsers import UploadParser
from delux.core.api.serializers import PageQuery, StrictSerializer, page_of
from delux.core.api.views import View
from delux.core.errors import TooLarge
from delux.core.sheets import BadTable
from delux.core.spreadsheets import XLSX, write_xlsx
from delux.crm.models import GoodsImport
from delux.crm.selectors.goods_imports import get_import, list_imports
from delux.crm.services.goods_imports import (
    HasBadRows,
    ImportNotReady,
    NothingToChange,
    TooManyFiles,
    confirm_import,
    take_table,
)
from delux.market.services.sheet_rows import column_names, template_header

COLUMNS = list(column_names())


class GoodsImportFileInput(StrictSerializer):
    file = serializers.FileField(help_text="CSV in UTF-8 or XLSX, at most 5 MB and 10 000 rows.")


class GoodsImportConfirmInput(StrictSerializer):
    skip_bad = serializers.BooleanField(
        default=False, help_text="Leave rows with mistakes out; otherwise one mistake stops everything."
    )


class GoodsImportFault(serializers.Serializer):
    line = serializers.IntegerField(help_text="As the file counts them, the header being line 1.")
    column = serializers.ChoiceField(choices=COLUMNS)
    detail = serializers.CharField()


class GoodsImportCell(serializers.Serializer):
    column = serializers.ChoiceField(choices=COLUMNS)
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField()


class GoodsImportSample(serializers.Serializer):
    line = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["product", "variant", "change"])
    sku_code = serializers.CharField()
    title = serializers.CharField()
    cells = GoodsImportCell(many=True)


class GoodsImportRowOutput(serializers.Serializer):
    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=GoodsImport.Status.choices)
    file_name = serializers.CharField()
    rows_total = serializers.IntegerField()
    new_count = serializers.IntegerField(help_text="Variants that are not there yet.")
    changed_count = serializers.IntegerField()
    same_count = serializers.IntegerField(help_text="Rows that change nothing.")
    bad_count = serializers.IntegerField(help_text="Rows with mistakes.")
    skip_bad = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class GoodsImportOutput(GoodsImportRowOutput):
    faults = GoodsImportFault(many=True, help_text="The first 500.")
    sample = GoodsImportSample(many=True, help_text="The first 100 rows that change something.")


class GoodsImportsView(View):
    permission_classes = (IsOrganizer,)
    parser_classes = (UploadParser,)
    query_serializers = {"get": PageQuery}
    raises = {"post": (BadTable, TooLarge, TooManyFiles)}

    @extend_schema(
        operation_id="crm_goods_imports_list",
        summary="Tables of goods you sent in the last days, latest first",
        tags=["CRM"],
        responses=page_of(GoodsImportRowOutput),
    )
    def get(self, request: Request) -> Response:
        rows = list_imports(organizer=organizer_of(request))
        return Response(page(request, rows, self.query, lambda found: [_row(one) for one in found]))

    @extend_schema(
        operation_id="crm_goods_imports_create",
        summary="Send a table of goods; nothing is changed before you confirm it",
        tags=["CRM"],
        request={"multipart/form-data": GoodsImportFileInput},
        responses={201: GoodsImportOutput},
        examples=[OpenApiExample("A table", value={"file": "(binary)"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        file = self.read(request, GoodsImportFileInput)["file"]
        work = take_table(
            organizer=organizer_of(request),
            author=signed_in(request),
            file=file,
            name=file.name,
            language=get_language() or "ru",
        )
        return Response(_show(work), status=status.HTTP_201_CREATED)


class GoodsImportTemplateView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_goods_imports_template",
        summary="An empty table with the columns of goods, in your language",
        tags=["CRM"],
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponseBase:
        file = write_xlsx(gettext("Goods"), template_header(get_language() or "ru"), [])
        return FileResponse(file, as_attachment=True, filename="delux-goods.xlsx", content_type=XLSX)


class GoodsImportView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_goods_imports_get",
        summary="What a table would change, or has changed",
        tags=["CRM"],
        responses=GoodsImportOutput,
    )
    def get(self, request: Request, import_id: int) -> Response:
        return Response(_show(get_import(organizer=organizer_of(request), import_id=import_id)))


class GoodsImportConfirmView(View):
    permission_classes = (IsOrganizer,)
    raises = {"post": (ImportNotReady, HasBadRows, NothingToChange)}

    @extend_schema(
        operation_id="crm_goods_imports_confirm",
        summary="Apply a table that was compared",
        description="All its rows or none, unless those with mistakes are left out. Safe to repeat.",
        tags=["CRM"],
        request=GoodsImportConfirmInput,
        responses=GoodsImportOutput,
        examples=[OpenApiExample("Without bad rows", value={"skip_bad": True}, request_only=True)],
    )
    def post(self, request: Request, import_id: int) -> Response:
        skip_bad = self.read(request, GoodsImportConfirmInput)["skip_bad"]
        work = confirm_import(organizer=organizer_of(request), import_id=import_id, skip_bad=skip_bad)
        return Response(_show(work))


def _show(work: GoodsImport) -> dict[str, Any]:
    return _row(work) | {"faults": work.faults, "sample": work.sample}


def _row(work: GoodsImport) -> dict[str, Any]:
    names = ("status", "file_name", "rows_total", "new_count", "changed_count", "same_count", "bad_count")
    last = ("skip_bad", "created_at", "finished_at")
    return {"id": work.pk} | {name: getattr(work, name) for name in (*names, *last)}


urlpatterns = [
    path("goods-imports/", GoodsImportsView.as_view(), name="crm-goods-imports"),
    path("goods-imports/template/", GoodsImportTemplateView.as_view(), name="crm-goods-template"),
    path("goods-imports/<int:import_id>/", GoodsImportView.as_view(), name="crm-goods-import"),
    path(
        "goods-imports/<int:import_id>/confirm/",
        GoodsImportConfirmView.as_view(),
        name="crm-goods-import-confirm",
    ),
]
