from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "delux.payments"
    label = "payments"

    def ready(self) -> None:
        from delux.payments import checks  # noqa: F401 - registers itself, which needs the app registry
