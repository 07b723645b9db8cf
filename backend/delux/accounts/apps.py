from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "delux.accounts"
    label = "accounts"
