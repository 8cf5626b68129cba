"""Django's entry for cxc.comms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommsConfig(AppConfig):
    name = "cxc.comms"
    label = "comms"
    verbose_name = _("Mails")

    def ready(self) -> None:
        """Transitions write the mails that they declare: the models of all apps are loaded."""
        from cxc.comms import notifications

        notifications.register()
