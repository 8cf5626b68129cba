"""Django's entry for reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
