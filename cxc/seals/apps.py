"""Django's entry for cxc.seals."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealsConfig(AppConfig):
    name = "cxc.seals"
    label = "seals"
    verbose_name = _("Seals")
