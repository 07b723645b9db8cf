from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "delux.notifications"
    label = "notifications"

    def ready(self) -> None:
        from delux.notifications import metrics  # noqa: F401 - registers what it watches, which needs the models
