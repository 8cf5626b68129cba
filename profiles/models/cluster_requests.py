"""Clusters that are not in the register and are asked for by an organisation.

Rule: docs/rules.md, Organisations and Partnerships.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.text import FreeTextField, OneLineField
from profiles.models.organisations import ClusterOrganisation, Organisation


class ClusterRequest(models.Model):
    """An organisation asks for its cluster to be added to the register; the Support Office answers.

    `cluster` or `refusal` is the answer. While it is open the organisation's profiles wait as drafts.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="cluster_requests")
    name = OneLineField(_("name of the cluster"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    cluster = models.ForeignKey(ClusterOrganisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refusal = FreeTextField(_("reason for the refusal"), blank=True, printed=False)

    class Meta:
        verbose_name = _("cluster request")
        verbose_name_plural = _("cluster requests")
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(answered_at__isnull=True), name="one_open_request_for_a_cluster"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, cluster__isnull=True, refusal="")
                | Q(answered_at__isnull=False, cluster__isnull=False, refusal="")
                | (Q(answered_at__isnull=False, cluster__isnull=True) & ~Q(refusal="")),
                name="request_for_a_cluster_has_one_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("cluster-request", args=[self.pk])
