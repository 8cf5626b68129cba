"""Django's entry for cxc.todo."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TodoConfig(AppConfig):
    name = "cxc.todo"
    label = "todo"
    verbose_name = _("To-do")

    def ready(self) -> None:
        """The to-do page gets the outbox's item; what changes is derived anew at the end of each unit of work."""
        from cxc.todo import failed_mails, reconcile, triggers  # noqa: F401 - register by being imported

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="todo triggers")
