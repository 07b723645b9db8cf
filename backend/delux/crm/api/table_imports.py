"""Tables of goods and of customers: sent, compared with what is there, applied."""

from typing import Any, ClassVar

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
from delux.crm.models import TableImport
from delux.crm.selectors.table_imports import get_import, list_imports
from delux.crm.services.import_kinds import KINDS
from delux.crm.services.table_imports import (
    HasBadRows,
    ImportNotReady,
    NothingToChange,
    TooManyFiles,
    confirm_import,
    take_table,
)

COLUMNS = [name for kind in KINDS.values() for name in kind.columns.names]
_ALL_OR_NONE = "All its rows or none, unless those with mistakes are left out. Safe to repeat."
_FILE = OpenApiExample("A table", value={"file": "(binary)"}, request_only=True)
_SKIP = OpenApiExample("Without bad rows", value={"skip_bad": True}, request_only=True)


class TableImportFileInput(StrictSerializer):
    file = serializers.FileField(help_text="CSV in UTF-8 or XLSX, at most 5 MB and 10 000 rows.")


class TableImportConfirmInput(StrictSerializer):
    skip_bad = serializers.BooleanField(
        default=False, help_text="Leave rows with mistakes out; otherwise one mistake stops everything."
    )


class TableImportFault(serializers.Serializer):
    line = serializers.IntegerField(help_text="As the file counts them, the header being line 1.")
    column = serializers.ChoiceField(choices=COLUMNS)
    detail = serializers.CharField()


class TableImportCell(serializers.Serializer):
    column = serializers.ChoiceField(choices=COLUMNS)
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField()


class TableImportSample(serializers.Serializer):
    line = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["product", "variant", "change"])
    key = serializers.CharField(help_text="The article number, or the e-mail.")
    title = serializers.CharField()
    cells = TableImportCell(many=True)


class TableImportRowOutput(serializers.Serializer):
    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=TableImport.Status.choices)
    file_name = serializers.CharField()
    rows_total = serializers.IntegerField()
    new_count = serializers.IntegerField(help_text="Variants that are not there yet; of goods alone.")
    changed_count = serializers.IntegerField()
    same_count = serializers.IntegerField(help_text="Rows that change nothing.")
    bad_count = serializers.IntegerField(help_text="Rows with mistakes.")
    skip_bad = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class TableImportOutput(TableImportRowOutput):
    faults = TableImportFault(many=True, help_text="The first 500.")
    sample = TableImportSample(many=True, help_text="The first 100 rows that change something.")


_PAGE = page_of(TableImportRowOutput)


class _ImportsView(View):
    permission_classes = (IsOrganizer,)
    parser_classes = (UploadParser,)
    query_serializers = {"get": PageQuery}
    raises = {"post": (BadTable, TooLarge, TooManyFiles)}
    kind: ClassVar[str]

    def list_them(self, request: Request) -> Response:
        rows = list_imports(organizer=organizer_of(request), kind=self.kind)
        return Response(page(request, rows, self.query, lambda found: [_row(one) for one in found]))

    def take(self, request: Request) -> Response:
        file = self.read(request, TableImportFileInput)["file"]
        work = take_table(
            organizer=organizer_of(request),
            author=signed_in(request),
            kind=self.kind,
            file=file,
            name=file.name,
            language=get_language() or "ru",
        )
        return Response(_show(work), status=status.HTTP_201_CREATED)


class GoodsImportsView(_ImportsView):
    kind = TableImport.Kind.GOODS

    @extend_schema(
        operation_id="crm_goods_imports_list",
        summary="Tables of goods you sent in the last days, latest first",
        tags=["CRM"],
        responses=_PAGE,
    )
    def get(self, request: Request) -> Response:
        return self.list_them(request)

    @extend_schema(
        operation_id="crm_goods_imports_create",
        summary="Send a table of goods; nothing is changed before you confirm it",
        tags=["CRM"],
        request={"multipart/form-data": TableImportFileInput},
        responses={201: TableImportOutput},
        examples=[_FILE],
    )
    def post(self, request: Request) -> Response:
        return self.take(request)


class CustomerImportsView(_ImportsView):
    kind = TableImport.Kind.CUSTOMERS

    @extend_schema(
        operation_id="crm_customer_imports_list",
        summary="Tables of customers you sent in the last days, latest first",
        tags=["CRM"],
        responses=_PAGE,
    )
    def get(self, request: Request) -> Response:
        return self.list_them(request)

    @extend_schema(
        operation_id="crm_customer_imports_create",
        summary="Send a table of tags and notes of customers; nothing is added before you confirm it",
        description="A row is the e-mail of somebody who has bought of you. Tags and notes are added, none "
        "is taken away.",
        tags=["CRM"],
        request={"multipart/form-data": TableImportFileInput},
        responses={201: TableImportOutput},
        examples=[_FILE],
    )
    def post(self, request: Request) -> Response:
        return self.take(request)


class GoodsImportTemplateView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_goods_imports_template",
        summary="An empty table with the columns of goods, in your language",
        tags=["CRM"],
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponseBase:
        return _template(TableImport.Kind.GOODS, gettext("Goods"))


class CustomerImportTemplateView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_customer_imports_template",
        summary="An empty table with the columns of customers, in your language",
        tags=["CRM"],
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponseBase:
        return _template(TableImport.Kind.CUSTOMERS, gettext("Customers"))


class GoodsImportView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_goods_imports_get",
        summary="What a table of goods would change, or has changed",
        tags=["CRM"],
        responses=TableImportOutput,
    )
    def get(self, request: Request, import_id: int) -> Response:
        return _look(request, TableImport.Kind.GOODS, import_id)


class CustomerImportView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_customer_imports_get",
        summary="What a table of customers would add, or has added",
        tags=["CRM"],
        responses=TableImportOutput,
    )
    def get(self, request: Request, customer_import_id: int) -> Response:
        return _look(request, TableImport.Kind.CUSTOMERS, customer_import_id)


class _ConfirmView(View):
    permission_classes = (IsOrganizer,)
    raises = {"post": (ImportNotReady, HasBadRows, NothingToChange)}

    def confirm(self, request: Request, kind: str, import_id: int) -> Response:
        skip_bad = self.read(request, TableImportConfirmInput)["skip_bad"]
        work = confirm_import(
            organizer=organizer_of(request), kind=kind, import_id=import_id, skip_bad=skip_bad
        )
        return Response(_show(work))


class GoodsImportConfirmView(_ConfirmView):
    @extend_schema(
        operation_id="crm_goods_imports_confirm",
        summary="Apply a table of goods that was compared",
        description=_ALL_OR_NONE,
        tags=["CRM"],
        request=TableImportConfirmInput,
        responses=TableImportOutput,
        examples=[_SKIP],
    )
    def post(self, request: Request, import_id: int) -> Response:
        return self.confirm(request, TableImport.Kind.GOODS, import_id)


class CustomerImportConfirmView(_ConfirmView):
    @extend_schema(
        operation_id="crm_customer_imports_confirm",
        summary="Apply a table of customers that was compared",
        description=_ALL_OR_NONE,
        tags=["CRM"],
        request=TableImportConfirmInput,
        responses=TableImportOutput,
        examples=[_SKIP],
    )
    def post(self, request: Request, customer_import_id: int) -> Response:
        return self.confirm(request, TableImport.Kind.CUSTOMERS, customer_import_id)


def _template(kind: TableImport.Kind, title: str) -> FileResponse:
    file = write_xlsx(title, KINDS[kind].columns.header(get_language() or "ru"), [])
    return FileResponse(file, as_attachment=True, filename=f"delux-{kind}.xlsx", content_type=XLSX)


def _look(request: Request, kind: str, import_id: int) -> Response:
    return Response(_show(get_import(organizer=organizer_of(request), kind=kind, import_id=import_id)))


def _show(work: TableImport) -> dict[str, Any]:
    return _row(work) | {"faults": work.faults, "sample": work.sample}


def _row(work: TableImport) -> dict[str, Any]:
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
    path("customer-imports/", CustomerImportsView.as_view(), name="crm-customer-imports"),
    path("customer-imports/template/", CustomerImportTemplateView.as_view(), name="crm-customer-template"),
    path(
        "customer-imports/<int:customer_import_id>/",
        CustomerImportView.as_view(),
        name="crm-customer-import",
    ),
    path(
        "customer-imports/<int:customer_import_id>/confirm/",
        CustomerImportConfirmView.as_view(),
        name="crm-customer-import-confirm",
    ),
]
