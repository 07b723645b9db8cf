from datetime import date, timedelta
from typing import Any

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of
from delux.accounts.models import OrganizerProfile
from delux.core.api.serializers import IdField, ImageOutput, MoneyField, QuerySerializer
from delux.core.api.views import View
from delux.core.money import Currency
from delux.core.replica import from_replica
from delux.crm.selectors.dashboard import Period, get_dashboard
from delux.crm.selectors.sales import zone_of
from delux.events.models import Event
from delux.orders.models import ItemType

LONGEST = 366
DEFAULT = 30
# Wide enough for everything sold here, narrow enough that the period before it is a date too.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def check_days(first: date | None, last: date | None) -> None:
    """Refuse days that no calendar of ours knows, and a period that ends before it begins."""
    for name, day in (("date_from", first), ("date_to", last)):
        if day and not EARLIEST <= day <= LATEST:
            raise serializers.ValidationError(
                {name: [_("Choose a day from 2000 to 2099.")]}, code="out_of_range"
            )
    if first and last and first > last:
        raise serializers.ValidationError(
            {"date_to": [_("The period ends before it begins.")]}, code="wrong_order"
        )


class DashboardQuery(QuerySerializer):
    date_from = serializers.DateField(
        required=False,
        help_text="First day, by the clock of your market. 30 days are shown unless you say otherwise.",
    )
    date_to = serializers.DateField(required=False, help_text="Last day, today unless you say otherwise.")
    event = IdField(required=False, help_text="Figures of this event of yours alone.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        first, last = attrs.get("date_from"), attrs.get("date_to")
        check_days(first, last)
        if first and last and (last - first).days >= LONGEST:
            raise serializers.ValidationError({"date_to": [_("Choose at most 366 days.")]}, code="too_long")
        return attrs


class DashboardTotals(serializers.Serializer):
    date_from = serializers.DateField()
    date_to = serializers.DateField()
    views = serializers.IntegerField(help_text="How often pages of yours were opened, by people.")
    orders_placed = serializers.IntegerField(help_text="Placed in these days, whatever became of them.")
    orders_paid = serializers.IntegerField(help_text="Those of them that were paid for, then or later.")
    revenue = MoneyField(help_text="Paid and not given back, without shipping.")
    refunded = MoneyField(help_text="Given back by you in these days, whenever it was bought, with shipping.")
    orders = serializers.IntegerField()
    tickets_sold = serializers.IntegerField()
    goods_sold = serializers.IntegerField()
    check_ins = serializers.IntegerField()


class DashboardDay(serializers.Serializer):
    date = serializers.DateField()
    views = serializers.IntegerField()
    orders_placed = serializers.IntegerField()
    orders_paid = serializers.IntegerField()
    revenue = MoneyField()
    refunded = MoneyField()
    orders = serializers.IntegerField()
    tickets_sold = serializers.IntegerField()
    goods_sold = serializers.IntegerField()
    check_ins = serializers.IntegerField()


class Attendance(serializers.Serializer):
    tickets = serializers.IntegerField(help_text="Valid ones, to events that began in the period.")
    came = serializers.IntegerField(help_text="Those of them that were checked in.")


class BestSeller(serializers.Serializer):
    item_type = serializers.ChoiceField(choices=ItemType.choices)
    id = serializers.IntegerField(help_text="Of the event or the product.")
    slug = serializers.CharField()
    title = serializers.CharField(help_text="With `event`, the name of the kind of ticket.")
    image = ImageOutput(allow_null=True)
    quantity = serializers.IntegerField()
    revenue = MoneyField()


class DashboardEvent(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    start_datetime = serializers.DateTimeField()
    timezone = serializers.CharField()
    tickets_sold = serializers.IntegerField()
    tickets_left = serializers.IntegerField()


class LowStock(serializers.Serializer):
    variant_id = serializers.IntegerField()
    product_id = serializers.IntegerField()
    title = serializers.CharField()
    sku_code = serializers.CharField()
    size = serializers.CharField()
    colour = serializers.CharField()
    left = serializers.IntegerField()


class OpenTasks(serializers.Serializer):
    open = serializers.IntegerField()
    overdue = serializers.IntegerField()


class DashboardOutput(serializers.Serializer):
    currency = serializers.ChoiceField(choices=Currency.choices)
    timezone = serializers.CharField(help_text="IANA zone the days are counted in.")
    totals = DashboardTotals()
    previous = DashboardTotals(help_text="The period of the same length just before.")
    days = DashboardDay(many=True, help_text="Every day of the period, quiet ones included.")
    attendance = Attendance()
    best_sellers = BestSeller(many=True)
    tickets_left = serializers.IntegerField(help_text="Over all published events that are not over.")
    upcoming_events = DashboardEvent(many=True)
    low_stock_count = serializers.IntegerField()
    low_stock = LowStock(many=True, help_text="Variants on sale with five pieces or fewer, scarcest first.")
    parts_to_fulfil = serializers.IntegerField(help_text="Paid orders with gear that still has to leave.")
    tasks = OpenTasks()


class DashboardView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": DashboardQuery}

    @extend_schema(
        operation_id="crm_dashboard",
        summary="Your sales over a period, and what needs doing",
        tags=["CRM"],
        responses=DashboardOutput,
    )
    @from_replica
    def get(self, request: Request) -> Response:
        organizer, now = organizer_of(request), timezone.now()
        period = self.period(now.astimezone(zone_of(organizer)).date())
        return Response(
            get_dashboard(organizer=organizer, period=period, at=now, event=self.event(organizer))
        )

    def event(self, organizer: OrganizerProfile) -> Event | None:
        if (event_id := self.query.get("event")) is None:
            return None
        event = Event.objects.owned_by(organizer).filter(pk=event_id).first()
        if event is None:
            raise serializers.ValidationError(
                {"event": [_("You have no such event.")]}, code="does_not_exist"
            )
        return event

    def period(self, today: date) -> Period:
        last = self.query.get("date_to")
        first = self.query.get("date_from")
        if last is None:
            last = today if first is None else min(max(today, first), first + timedelta(days=LONGEST - 1))
        return Period(first or last - timedelta(days=DEFAULT - 1), last)


urlpatterns = [path("dashboard/", DashboardView.as_view(), name="crm-dashboard")]
