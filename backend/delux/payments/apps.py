from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "delux.payments"
    label = "payments"
