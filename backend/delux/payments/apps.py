from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "delux.payments"
    label = "payments"

    def ready(self) -> None:
        from delux.payments import checks, metrics  # noqa: F401 - register themselves, which needs the app registry
