from django.urls import URLPattern

from delux.crm.api import (
    check_in,
    customers,
    dashboard,
    events,
    exports,
    goods_imports,
    mailings,
    offline_check_in,
    orders,
    products,
    refund_requests,
    refunds,
    tasks,
)

urlpatterns: list[URLPattern] = [
    *dashboard.urlpatterns,
    *orders.urlpatterns,
    *refunds.urlpatterns,
    *refund_requests.urlpatterns,
    *products.urlpatterns,
    *customers.urlpatterns,
    *tasks.urlpatterns,
    *mailings.urlpatterns,
    *goods_imports.urlpatterns,
    *exports.urlpatterns,
    *events.urlpatterns,
    *check_in.urlpatterns,
    *offline_check_in.urlpatterns,
]
