from django.urls import URLPattern

from delux.crm.api import (
    check_in,
    customers,
    dashboard,
    events,
    exports,
    mailings,
    offline_check_in,
    orders,
    products,
    refund_requests,
    refunds,
    table_imports,
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
    *table_imports.urlpatterns,
    *exports.urlpatterns,
    *events.urlpatterns,
    *check_in.urlpatterns,
    *offline_check_in.urlpatterns,
]
