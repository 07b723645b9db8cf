from django.urls import URLPattern

from delux.crm.api import (
    check_in,
    customers,
    dashboard,
    events,
    offline_check_in,
    orders,
    products,
    refunds,
    tasks,
)

urlpatterns: list[URLPattern] = [
    *dashboard.urlpatterns,
    *orders.urlpatterns,
    *refunds.urlpatterns,
    *products.urlpatterns,
    *customers.urlpatterns,
    *tasks.urlpatterns,
    *events.urlpatterns,
    *check_in.urlpatterns,
    *offline_check_in.urlpatterns,
]
