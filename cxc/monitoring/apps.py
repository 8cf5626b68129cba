"""Django's entry for cxc.monitoring."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "cxc.monitoring"
    label = "monitoring"
