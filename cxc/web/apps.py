"""Django's entry for cxc.web."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "cxc.web"
    label = "web"
    verbose_name = _("Form drafts")

    def ready(self) -> None:
        """The menu gets the to-do page and the way into the Django admin."""
        from cxc.access.scoped import Principal
        from cxc.web import menu

        menu.add(_("To-do"), "todo", order=10)
        menu.add(_("Data and records"), "admin:index", Principal.SUPPORT_OFFICE, order=85, group=menu.Group.OFFICE)
        menu.add(_("Components"), "components", Principal.SUPPORT_OFFICE, order=86, group=menu.Group.OFFICE)
