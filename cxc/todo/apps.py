"""Django's entry for cxc.todo."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TodoConfig(AppConfig):
    name = "cxc.todo"
    label = "todo"
    verbose_name = _("To-do")

    def ready(self) -> None:
        """The to-do page gets the outbox's item."""
        from cxc.todo import failed_mails  # noqa: F401 - adds to the to-do page
