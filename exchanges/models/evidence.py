"""Documents that show that a stay took place."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Actor, Side
from cxc.core.models.text import FreeTextField, OneLineField
from cxc.core.sanitise import LONG
from cxc.workflow import Allowed, StatefulModel, StatefulQuerySet, state_constraint, state_field, transition
from exchanges.enums import EvidenceKind, EvidenceState
from exchanges.models.exchange import Exchange
from exchanges.models.sides import HO, OF_EXCHANGE, SO, VO, VOP
from exchanges.requirements import completion as f

WAITING, ACCEPTED, RETURNED = EvidenceState


class Evidence(StatefulModel):
    """A document that shows that the stay took place."""

    side_paths: ClassVar = OF_EXCHANGE
    # A host sees the letter it handed in, and no other document: `visible_host_letters`.
    read_permissions: ClassVar = {"see": (VO, VOP, SO), "history": (VO, VOP, SO)}
    locks_first: ClassVar = ("exchange",)

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="evidence")
    state = state_field(EvidenceState, WAITING)
    kind = models.CharField(_("kind"), max_length=12, choices=EvidenceKind.choices)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    note = OneLineField(_("note"), blank=True)
    uploaded_side = models.CharField(max_length=20, choices=Side.choices, editable=False)
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)
    comments = FreeTextField(_("why it was returned"), blank=True, editable=False, max_length=LONG)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar = ["uploaded_at", "id"]
        constraints: ClassVar = [state_constraint("evidence_state_exists", EvidenceState)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.exchange.reference}"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#evidence"

    @classmethod
    def visible_host_letters(cls, actor: Actor, exchange: Exchange) -> "StatefulQuerySet[Evidence]":
        """The letters that the host itself handed in."""
        if actor.principal_id != exchange.host.pk:
            return cls.objects.none()
        return cls.objects.filter(exchange=exchange, uploaded_side=HO)

    @transition(
        state,
        label=_("Hand in evidence"),
        source=WAITING,
        creates=True,
        sides=(VO, VOP, Allowed(HO, f.hosts_own_letter)),
        requires=(f.is_physical, f.evidence_can_be_handed_in),
    )
    def upload(self) -> None:
        self.uploaded_side = self.context.side
        self.uploaded_at = self.moment

    @transition(
        state,
        label=_("Accept"),
        source=(WAITING, RETURNED),
        target=ACCEPTED,
        sides=(VOP, SO),
        requires=(f.evidence_can_be_handed_in, f.no_conflict),
    )
    def accept(self) -> None:
        self.comments = ""

    @transition(
        state,
        label=_("Return"),
        source=(WAITING, ACCEPTED),
        target=RETURNED,
        sides=(VOP, SO),
        reason=True,
        requires=(f.evidence_can_be_handed_in,),
        invariants=(f.still_evidenced,),
    )
    def send_back(self) -> None:
        self.comments = self.context.reason
