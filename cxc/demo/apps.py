"""Django's entry for cxc.demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "cxc.demo"
    label = "demo"
    verbose_name = "Demo world"
