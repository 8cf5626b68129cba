"""Django's entry for cxc.core."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cxc.core"
    label = "core"
    verbose_name = _("Files, holidays, settings")

    def ready(self) -> None:
        from cxc.core.languages import flatten_catalogues

        flatten_catalogues()
