"""Django's entry for cxc.comms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommsConfig(AppConfig):
    name = "cxc.comms"
    label = "comms"
    verbose_name = _("Mails")
