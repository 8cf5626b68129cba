"""Django's entry for cxc.ground."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroundConfig(AppConfig):
    name = "cxc.ground"
    label = "ground"
    verbose_name = "Ground"

    def ready(self) -> None:
        """The to-do page: its menu entry, and the outbox's item on it."""
        from cxc.ground import mail_todo, menu  # noqa: F401 - adds to the to-do page

        menu.add(_("To-do"), "todo", order=10)
