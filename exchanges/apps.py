"""Django's entry for exchanges."""

from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    name = "exchanges"
