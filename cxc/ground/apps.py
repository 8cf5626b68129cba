"""Django's entry for cxc.ground."""

from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "cxc.ground"
    label = "ground"
    verbose_name = "Ground"
