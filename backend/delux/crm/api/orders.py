from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.accounts.models import OrganizerProfile
from delux.core.api.pagination import page
from delux.core.api.serializers import (
    CleanCharField,
    IdField,
    MoneyField,
    PageQuery,
    QuerySerializer,
    StrictSerializer,
    page_of,
)
from delux.core.api.views import View
from delux.core.money import ZERO, Currency
from delux.crm.api.dashboard import check_days
from delux.crm.api.order_page import CrmOrderOutput, show_part
from delux.crm.selectors import orders
from delux.orders.models import Fulfilment, Order
from delux.orders.services.fulfilment import BY_HAND, FulfilmentNotMovable, move_fulfilment


class OrdersFilter(QuerySerializer):
    q = serializers.CharField(
        required=False,
        max_length=100,
        help_text="Words of the order's number or the customer's name or e-mail, or a part of the phone.",
    )
    status = serializers.ChoiceField(
        choices=Fulfilment.Status.choices, required=False, help_text="Of your part."
    )
    delivery_type = serializers.ChoiceField(
        choices=Order.DeliveryType.choices,
        required=False,
        help_text="`none` means tickets alone in your part.",
    )
    customer = IdField(required=False, help_text="Id of one of your customers.")
    date_from = serializers.DateField(
        required=False, help_text="First day of payment, by the clock of your market."
    )
    date_to = serializers.DateField(required=False, help_text="Last day of payment.")
    ordering = serializers.ChoiceField(choices=list(orders.ORDERINGS), default="-paid_at")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_days(attrs.get("date_from"), attrs.get("date_to"))
        return attrs


class CrmOrdersQuery(OrdersFilter, PageQuery):
    pass


class CrmOrderCustomer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField(allow_null=True)


class CrmOrderRowOutput(serializers.Serializer):
    id = serializers.IntegerField()
    order_number = serializers.CharField()
    status = serializers.ChoiceField(
        choices=Fulfilment.Status.choices, help_text="Of your part of the order."
    )
    delivery_type = serializers.ChoiceField(choices=Order.DeliveryType.choices)
    customer = CrmOrderCustomer()
    title = serializers.CharField(help_text="What was bought first.")
    pieces = serializers.IntegerField(help_text="Over all your lines, before refunds.")
    total = MoneyField(help_text="Your lines and your shipping, before refunds.")
    refunded = MoneyField(help_text="Of your lines.")
    currency = serializers.ChoiceField(choices=Currency.choices)
    tracking_number = serializers.CharField()
    paid_at = serializers.DateTimeField()


class CrmOrdersView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": CrmOrdersQuery}

    @extend_schema(
        operation_id="crm_orders_list",
        summary="Your parts of paid orders",
        tags=["CRM"],
        responses=page_of(CrmOrderRowOutput),
    )
    def get(self, request: Request) -> Response:
        organizer = organizer_of(request)
        parts = orders.list_parts(
            organizer=organizer,
            search=self.query.get("q", ""),
            status=self.query.get("status", ""),
            delivery_type=self.query.get("delivery_type", ""),
            customer_id=self.query.get("customer"),
            date_from=self.query.get("date_from"),
            date_to=self.query.get("date_to"),
        )
        rows = orders.as_rows(parts, self.query["ordering"])
        return Response(
            page(request, rows, self.query, lambda found: show_rows(organizer, found), count=parts.count())
        )


class CrmOrderInput(StrictSerializer):
    status = serializers.ChoiceField(choices=[(to.value, to.label) for to in BY_HAND], required=False)
    tracking_number = CleanCharField(max_length=80, required=False, allow_blank=True)


class CrmOrderView(View):
    permission_classes = (IsOrganizer,)
    raises = {"patch": (FulfilmentNotMovable,)}

    @extend_schema(
        operation_id="crm_orders_get",
        summary="Your part of one order, by its id or number",
        tags=["CRM"],
        responses=CrmOrderOutput,
    )
    def get(self, request: Request, ref: str) -> Response:
        return Response(show_part(orders.get_part(organizer=organizer_of(request), ref=ref)))

    @extend_schema(
        operation_id="crm_orders_move",
        summary="Move your part on, and note its tracking number",
        description="Asking for the status it has changes nothing. The buyer is told when it is shipped.",
        tags=["CRM"],
        request=CrmOrderInput,
        responses=CrmOrderOutput,
        examples=[
            OpenApiExample(
                "Shipped", value={"status": "shipped", "tracking_number": "KZ123456789"}, request_only=True
            )
        ],
    )
    def patch(self, request: Request, ref: str) -> Response:
        wanted = self.read(request, CrmOrderInput)
        organizer = organizer_of(request)
        move_fulfilment(
            organizer=organizer,
            order_id=orders.get_part(organizer=organizer, ref=ref).order_id,
            actor=signed_in(request),
            at=timezone.now(),
            to=wanted.get("status"),
            tracking_number=wanted.get("tracking_number"),
        )
        return Response(show_part(orders.get_part(organizer=organizer, ref=ref)))


def show_rows(organizer: OrganizerProfile, rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of ``list_parts`` as CrmOrderRowOutput; one query for the lines of them all."""
    lines: dict[int, list[orders.LineOfPart]] = defaultdict(list)
    for line in orders.own_lines(organizer=organizer, order_ids=[row["order_id"] for row in rows]):
        lines[line.order_id].append(line)
    return [_row(row, lines[row["order_id"]]) for row in rows]


def _row(row: Mapping[str, Any], lines: list[orders.LineOfPart]) -> dict[str, Any]:
    refunded: Decimal = sum((line.unit_price * line.refunded_quantity for line in lines), ZERO)
    return {
        "id": row["order_id"],
        "order_number": row["order__order_number"],
        "status": row["status"],
        "delivery_type": row["order__delivery_type"] if row["has_gear"] else Order.DeliveryType.NONE.value,
        "customer": {
            "id": row["order__user_id"],
            "name": orders.name_of_buyer(row),
            "email": row["order__user__email"],
        },
        "title": lines[0].title if lines else "",
        "pieces": sum(line.quantity for line in lines),
        "total": row["own_total"],
        "refunded": refunded,
        "currency": row["order__currency"],
        "tracking_number": row["tracking_number"],
        "paid_at": row["opened_at"],
    }


urlpatterns = [
    path("orders/", CrmOrdersView.as_view(), name="crm-orders"),
    path("orders/<slug:ref>/", CrmOrderView.as_view(), name="crm-order"),
]
