from django.urls import URLPattern

from delux.crm.api import customers, dashboard, orders, tasks

urlpatterns: list[URLPattern] = [
    *dashboard.urlpatterns,
    *orders.urlpatterns,
    *customers.urlpatterns,
    *tasks.urlpatterns,
]
