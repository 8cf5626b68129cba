"""Django's entry for cxc.messaging."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "cxc.messaging"
    label = "messaging"
    verbose_name = _("Messages")
