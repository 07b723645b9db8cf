from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "delux.core"
    label = "core"
