from django.apps import AppConfig


class CrmConfig(AppConfig):
    name = "delux.crm"
    label = "crm"
