"""The desk's lists as files: whole, as their filters leave them. A long one is made by the worker."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import orjson
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.core.api.pagination import page
from delux.core.api.serializers import PageQuery, StrictSerializer, page_of
from delux.core.api.views import View
from delux.core.spreadsheets import XLSX, CsvForm
from delux.crm.api.customers import CustomersFilter
from delux.crm.api.orders import OrdersFilter
from delux.crm.api.products import ProductsFilter
from delux.crm.models import Export
from delux.crm.selectors.exports import get_export, list_exports
from delux.crm.selectors.tables import TABLES
from delux.crm.services.exports import (
    AT_ONCE,
    ExportNotReady,
    FileForm,
    TooLongForExcel,
    TooManyExports,
    name_file,
    open_export,
    start_export,
    write_at_once,
)
from delux.events.api.desk_serializers import AttendeesFilter

CSV = "text/csv"
_Post = TypeVar("_Post", bound=Callable[..., HttpResponseBase])
_TYPES = {"csv": f"{CSV}; charset=utf-8", "xlsx": XLSX}
_FILES = {(200, CSV): OpenApiTypes.BINARY, (200, XLSX): OpenApiTypes.BINARY}
_AT_LENGTH = (
    f"The columns are in your language. Up to {AT_ONCE} rows are answered at once. A longer list is answered "
    "with 202 and an export that the worker makes: you are told when it is ready. The same wish again, while "
    "it is being made, answers the same export."
)
_EXAMPLE = OpenApiExample(
    "For Excel in Russian", value={"file_type": "csv", "divider": ";", "has_mark": True}, request_only=True
)


class ExportInput(StrictSerializer):
    file_type = serializers.ChoiceField(choices=["csv", "xlsx"], default="csv")
    divider = serializers.ChoiceField(
        choices=[",", ";"],
        default=",",
        help_text="Between the cells of a CSV. With `;` decimals are written with a comma.",
    )
    has_mark = serializers.BooleanField(
        default=True, help_text="A CSV begins with a byte order mark, which Excel needs."
    )


class ExportOutput(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=list(TABLES))
    status = serializers.ChoiceField(choices=Export.Status.choices)
    file_name = serializers.CharField()
    rows_done = serializers.IntegerField()
    rows_total = serializers.IntegerField(
        help_text="As they were counted when it was asked for; once it is ready, as they were written."
    )
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(help_text="When it is deleted.")


class _ListExportView(View):
    """A list of the desk as a file; ``query_serializers`` are the list's filters."""

    permission_classes = (IsOrganizer,)
    raises = {"post": (TooManyExports, TooLongForExcel)}
    kind: ClassVar[str]

    def answer(self, request: Request, **filters: Any) -> HttpResponseBase:
        wish = self.read(request, ExportInput)
        form = FileForm(wish["file_type"], CsvForm(wish["divider"], wish["has_mark"]))
        # As JSON has them: a long list's filters are kept in a row.
        query = orjson.loads(orjson.dumps(self.query)) | filters
        query.pop("lang", None)
        table = TABLES[self.kind](organizer_of(request), query)
        rows = table.count()
        if rows > AT_ONCE:
            language = get_language() or "ru"
            work = start_export(
                author=signed_in(request), table=table, rows=rows, form=form, language=language
            )
            return Response(ExportOutput(work).data, status=status.HTTP_202_ACCEPTED)
        name = name_file(table, form, timezone.now())
        content: Any = write_at_once(table=table, form=form)
        if form.file_type == "xlsx":
            return _file(content, name)
        return StreamingHttpResponse(
            content,
            content_type=_TYPES["csv"],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _takes_a_list_away(operation_id: str, summary: str) -> Callable[[_Post], _Post]:
    """Say in the API's document what all of these have in common."""
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=_AT_LENGTH,
        tags=["CRM"],
        request=ExportInput,
        responses=_FILES | {202: ExportOutput},
        examples=[_EXAMPLE],
    )


class OrdersExportView(_ListExportView):
    kind = "orders"
    query_serializers = {"post": OrdersFilter}

    @_takes_a_list_away("crm_exports_orders", "Your parts of paid orders as a file")
    def post(self, request: Request) -> HttpResponseBase:
        return self.answer(request)


class OrderLinesExportView(_ListExportView):
    kind = "order_lines"
    query_serializers = {"post": OrdersFilter}

    @_takes_a_list_away("crm_exports_order_lines", "The lines of your parts of paid orders as a file")
    def post(self, request: Request) -> HttpResponseBase:
        return self.answer(request)


class CustomersExportView(_ListExportView):
    kind = "customers"
    query_serializers = {"post": CustomersFilter}

    @_takes_a_list_away("crm_exports_customers", "People who have bought of you as a file")
    def post(self, request: Request) -> HttpResponseBase:
        return self.answer(request)


class AttendeesExportView(_ListExportView):
    kind = "attendees"
    query_serializers = {"post": AttendeesFilter}

    @_takes_a_list_away(
        "crm_exports_attendees", "Who holds tickets of your event as a file, with times by the event's clock"
    )
    def post(self, request: Request, event_id: int) -> HttpResponseBase:
        return self.answer(request, event=event_id)


class GoodsExportView(_ListExportView):
    kind = "goods"
    query_serializers = {"post": ProductsFilter}

    @_takes_a_list_away(
        "crm_exports_goods", "Your products, variant by variant, as a file that an import of goods takes"
    )
    def post(self, request: Request) -> HttpResponseBase:
        return self.answer(request)


class ExportsView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": PageQuery}

    @extend_schema(
        operation_id="crm_exports_list",
        summary="Long files of the last seven days, latest first",
        tags=["CRM"],
        responses=page_of(ExportOutput),
    )
    def get(self, request: Request) -> Response:
        rows = list_exports(organizer=organizer_of(request))
        return Response(
            page(request, rows, self.query, lambda found: [ExportOutput(one).data for one in found])
        )


class ExportView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_exports_get", summary="How far a long file is", tags=["CRM"], responses=ExportOutput
    )
    def get(self, request: Request, export_id: int) -> Response:
        work = get_export(organizer=organizer_of(request), export_id=export_id)
        return Response(ExportOutput(work).data)


class ExportFileView(View):
    permission_classes = (IsOrganizer,)
    raises = {"get": (ExportNotReady,)}

    @extend_schema(
        operation_id="crm_exports_download",
        summary="A long file that is ready",
        tags=["CRM"],
        responses=_FILES,
    )
    def get(self, request: Request, export_id: int) -> HttpResponseBase:
        work, file = open_export(organizer=organizer_of(request), export_id=export_id, at=timezone.now())
        return _file(file, work.file_name)


def _file(content: Any, name: str) -> FileResponse:
    return FileResponse(
        content, as_attachment=True, filename=name, content_type=_TYPES[name.rpartition(".")[2]]
    )


urlpatterns = [
    path("exports/", ExportsView.as_view(), name="crm-exports"),
    path("exports/orders/", OrdersExportView.as_view(), name="crm-export-orders"),
    path("exports/order-lines/", OrderLinesExportView.as_view(), name="crm-export-order-lines"),
    path("exports/customers/", CustomersExportView.as_view(), name="crm-export-customers"),
    path("exports/goods/", GoodsExportView.as_view(), name="crm-export-goods"),
    path("exports/attendees/<int:event_id>/", AttendeesExportView.as_view(), name="crm-export-attendees"),
    path("exports/<int:export_id>/", ExportView.as_view(), name="crm-export"),
    path("exports/<int:export_id>/file/", ExportFileView.as_view(), name="crm-export-file"),
]
