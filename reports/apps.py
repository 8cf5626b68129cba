"""Django's entry for reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from cxc.access.scoped import Body
        from cxc.ground import menu

        offices = (Body.SUPPORT_OFFICE, Body.OBSERVER)
        menu.add(_("Dashboard"), "dashboard", Body.PARTNERSHIP, order=11)
        menu.add(_("All Partnerships"), "dashboard", *offices, order=49, group=menu.Group.OFFICE)
        menu.add(_("Statistics"), "statistics", order=90, public=True, group=menu.Group.ABOUT)
