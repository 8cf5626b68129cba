"""Documents that show that a stay took place."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Actor, Side, sides_of
from cxc.core.models.text import FreeTextField, OneLineField
from cxc.core.sanitise import LONG
from cxc.workflow import Allowed, StatefulModel, StatefulQuerySet, state_constraint, state_field, transition
from cxc.workflow.notify import Notify
from cxc.workflow.todo import Todo
from exchanges import deadlines, links
from exchanges.enums import EvidenceKind, EvidenceState
from exchanges.models.exchange import Exchange
from exchanges.models.sides import HO, OF_EXCHANGE, OF_EXCHANGE_LISTED, SO, VO, VOP
from exchanges.requirements import completion, report_and_evidence

WAITING, ACCEPTED, RETURNED = EvidenceState


def _is_not_first_that_waits(evidence: Any) -> bool:
    """All that an exchange has handed in is answered at one place: what waits longest is owed an answer."""
    waiting = [one for one in evidence.exchange.evidence.all() if one.state == WAITING]
    return not waiting or waiting[0] != evidence


def _notify(to: tuple[Side, ...], subject: Any, text: Any = "") -> tuple[Notify]:
    return (Notify(to, subject, text, anchor="evidence", label=lambda evidence: evidence.exchange),)


class Evidence(StatefulModel):
    """A document that shows that the stay took place."""

    side_paths: ClassVar = OF_EXCHANGE
    list_paths: ClassVar = OF_EXCHANGE_LISTED
    # A host sees the letter it handed in, and no other document: `visible_host_letters`.
    read_permissions: ClassVar = {
        "see": (VO, VOP, SO),
        "history": (VO, VOP, SO),
    }
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
        indexes: ClassVar = [
            models.Index(fields=["uploaded_at"], condition=models.Q(state=WAITING), name="evidence_waiting"),
        ]
        constraints: ClassVar = [
            state_constraint("evidence_state_exists", EvidenceState),
            models.UniqueConstraint(fields=["exchange", "file"], name="file_once_evidence_of_an_exchange"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.exchange.reference}"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#evidence"

    @classmethod
    def visible_host_letters(cls, actor: Actor, exchange: Exchange) -> "StatefulQuerySet[Evidence]":
        """The letters that the host itself handed in."""
        if HO not in sides_of(actor, exchange):
            return cls.objects.none()
        return cls.objects.filter(exchange=exchange, uploaded_side=HO)

    @transition(
        state,
        label=_("Hand in evidence"),
        source=WAITING,
        creates=True,
        sides=(VO, VOP, Allowed(HO, report_and_evidence.hosts_own_letter)),
        requires=(completion.is_physical, report_and_evidence.evidence_can_be_handed_in),
        notify=_notify((VOP,), _("Evidence handed in")),
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
        requires=(
            report_and_evidence.evidence_can_be_handed_in,
            completion.no_conflict,
            report_and_evidence.evidence_opened,
        ),
        todo=Todo(
            "answer_evidence",
            (VOP,),
            _("Accept or return the evidence"),
            due=deadlines.EVIDENCE_ANSWER,
            remind=(-1, 3, 10),
            page=links.evidence_decision,
            anchor="evidence",
            conflict=lambda evidence: evidence.exchange.organisation_id,
            hides_when=_is_not_first_that_waits,
        ),
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
        returns=True,
        requires=(report_and_evidence.evidence_can_be_handed_in,),
        invariants=(report_and_evidence.still_evidenced,),
        notify=_notify((VO,), _("Evidence returned"), _("Read the reason, and hand in other evidence in its place.")),
    )
    def send_back(self) -> None:
        self.comments = self.context.reason
