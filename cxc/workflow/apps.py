"""Django's entry for cxc.workflow."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "cxc.workflow"
    label = "workflow"
    verbose_name = _("Events")
