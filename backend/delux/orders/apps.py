from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "delux.orders"
    label = "orders"
