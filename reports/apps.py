"""Django's entry for reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from cxc.access.scoped import Principal
        from cxc.core.erasure import retain
        from cxc.web import menu

        offices = (Principal.SUPPORT_OFFICE, Principal.OBSERVER)
        menu.add(_("Dashboard"), "dashboard", Principal.PARTNERSHIP, order=11)
        menu.add(_("All Partnerships"), "dashboard", *offices, order=49, group=menu.Group.OFFICE)
        menu.add(_("Statistics"), "statistics", order=90, public=True, group=menu.Group.ABOUT)
        retain("numbers, and words of the code", "reports.storedcount", "reports.countedlive")
