from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "delux.notifications"
    label = "notifications"
