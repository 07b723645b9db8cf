from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "delux.events"
    label = "events"
