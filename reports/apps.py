"""Django's entry for reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from cxc.ground import menu

        menu.add(_("Statistics"), "statistics", order=90, public=True, group=menu.Group.ABOUT)
