"""Django's entry for cxc.bulk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "cxc.bulk"
    label = "bulk"
    verbose_name = _("Actions on many things")
