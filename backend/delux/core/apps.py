from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "delux.core"
    label = "core"

    def ready(self) -> None:
        from delux.core import checks  # noqa: F401 - registers itself
