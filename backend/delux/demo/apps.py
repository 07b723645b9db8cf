from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo data: stands above every app and is imported by none."""

    name = "delux.demo"
    label = "demo"
