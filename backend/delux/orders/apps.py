from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "delux.orders"
    label = "orders"

    def ready(self) -> None:
        from delux.orders import metrics  # noqa: F401 - registers what it watches, which needs the models
