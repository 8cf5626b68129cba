"""A match that is proposed for one visit."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from exchanges.models.visit import Visit
from exchanges.models.waiting_list_entry import WaitingListEntry
from matching.models import Match


class VisitProposal(models.Model):
    """A match is for this visit: asked for by the visitor, or offered from the waiting list.

    The row goes with the visit, the match stays. An exchange begun on another visit of the host takes
    the row along.
    """

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="proposals")
    waiting_list_entry = models.ForeignKey(
        WaitingListEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("proposal for a visit")
        verbose_name_plural = _("proposals for visits")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.match}: {self.visit}"
