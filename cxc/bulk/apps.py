"""Django's entry for cxc.bulk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "cxc.bulk"
    label = "bulk"
    verbose_name = _("Bulk actions")

    def ready(self) -> None:
        """Reminding is an action on everything on which something is owed."""
        from cxc.bulk import reminders  # noqa: F401 - registers by being imported
