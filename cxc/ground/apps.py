"""Django's entry for cxc.ground."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroundConfig(AppConfig):
    name = "cxc.ground"
    label = "ground"
    verbose_name = _("Mails, events, settings")

    def ready(self) -> None:
        """The to-do page with the outbox's item on it, and the way into the Django admin."""
        from cxc.access.scoped import Principal
        from cxc.todo import failed_mails  # noqa: F401 - adds to the to-do page
        from cxc.web import menu

        menu.add(_("To-do"), "todo", order=10)
        menu.add(_("Data and records"), "admin:index", Principal.SUPPORT_OFFICE, order=85, group=menu.Group.OFFICE)
        menu.add(_("Components"), "components", Principal.SUPPORT_OFFICE, order=86, group=menu.Group.OFFICE)
