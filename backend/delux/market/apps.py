from django.apps import AppConfig


class MarketConfig(AppConfig):
    name = "delux.market"
    label = "market"
