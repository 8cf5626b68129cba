"""The own part of the Commitment to Quality: one on each exchange."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc.core.models.text import FreeTextField
from cxc.core.sanitise import LONG
from cxc.workflow import Refused, state_constraint, state_field, transition
from cxc.workflow.todo import ITSELF, Todo
from exchanges import deadlines, links, notifications
from exchanges.enums import BEING_WRITTEN_STATES, CTQ, CTQ_PARTIES, VALIDATED_STATES, PartState
from exchanges.models.documents.base import (
    SignedPart,
    creates,
    declines,
    hands_in,
    objects_to_editorial,
    passes_on,
    revises,
    sends_back,
    takes_back,
    validates,
    validates_as_editorial,
)
from exchanges.models.documents.version import DocumentVersion
from exchanges.models.exchange import Exchange
from exchanges.models.sides import HO, HOP, OBSERVER, OF_EXCHANGE, OF_EXCHANGE_LISTED, PORTAL, SO, VO, VOP
from exchanges.requirements import documents, signatories
from exchanges.requirements.parties import visiting_parties_complete

DRAFT, READY, VALIDATED, RETURNED, SIGNED = PartState


class OwnPart(SignedPart):
    """The part of the CTQ that is one exchange's own."""

    side_paths: ClassVar = OF_EXCHANGE
    list_paths: ClassVar = OF_EXCHANGE_LISTED
    read_permissions: ClassVar = {
        "see": (VO, HO, VOP, HOP, SO),
        "history": (VO, HO, VOP, HOP, SO),
        "steps": (VO, HO, VOP, HOP, SO, OBSERVER),
    }
    locks_first: ClassVar = ("exchange",)

    KIND: ClassVar = CTQ
    PARTIES: ClassVar = CTQ_PARTIES
    TEXTS: ClassVar = {
        "objectives": _("objectives"),
        "outcomes": _("expected outcomes"),
        "follow_up": _("follow-up"),
        "follow_up_months": _("follow-up after months"),
        "responsibilities": _("responsibilities"),
    }

    NEEDED: ClassVar = ("objectives", "outcomes", "follow_up", "responsibilities")

    exchange = models.OneToOneField(Exchange, on_delete=models.CASCADE, related_name="own_part")
    state = state_field(PartState, DRAFT)
    objectives = FreeTextField(_("objectives"), blank=True, max_length=LONG)
    outcomes = FreeTextField(_("expected outcomes"), blank=True, max_length=LONG)
    follow_up = FreeTextField(_("follow-up"), blank=True, max_length=LONG)
    follow_up_months = models.PositiveSmallIntegerField(
        _("follow-up after months"), default=6, validators=[MinValueValidator(2), MaxValueValidator(12)]
    )
    responsibilities = FreeTextField(_("responsibilities"), blank=True, max_length=LONG)

    class Meta:
        verbose_name = _("own part of the CTQ")
        verbose_name_plural = _("own parts of the CTQ")
        indexes: ClassVar = [
            models.Index(fields=["ready_at"], condition=models.Q(state=PartState.READY), name="own_part_ready")
        ]
        constraints: ClassVar = [
            state_constraint("own_part_state_exists", PartState),
            models.CheckConstraint(
                condition=models.Q(follow_up_months__gte=2, follow_up_months__lte=12),
                name="follow_up_in_2_to_12_months",
            ),
        ]

    def __str__(self) -> str:
        return f"CTQ {self.exchange.reference}"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#ctq"

    def gaps(self) -> list[str]:
        return [str(self.TEXTS[name]) for name in self.missing_texts()]

    def missing_texts(self) -> list[str]:
        """The names of the fields that have to be filled in before it is ready."""
        return [name for name in self.NEEDED if not getattr(self, name)]

    @creates(state)
    def create(self) -> None: ...

    @transition(
        state,
        label=_("Edit the own part"),
        source=BEING_WRITTEN_STATES,
        sides=(VO, VOP),
        requires=(documents.exchange_is_editable,),
        silent=True,
        button=False,
        todo=replace(documents.WRITE_OWN_PART, hides_when=lambda part: not part.waits_for_revision),
    )
    def edit(self, *, version_read: int, fields: Mapping[str, Any]) -> None:
        self.update_texts(version_read, fields)
        if not 2 <= self.follow_up_months <= 12:
            raise Refused(str(_("The follow-up is after 2 to 12 months.")))

    @revises(
        state,
        source=VALIDATED_STATES,
        sides=(VO, VOP, PORTAL),
        requires=(documents.exchange_is_editable,),
    )
    def revise(self) -> dict[str, int]:
        return self.start_next_version()

    @transition(
        state,
        label=_("Wait for the shared part's new version"),
        source=VALIDATED_STATES,
        target=READY,
        sides=(PORTAL,),
    )
    def wait_for_shared(self) -> None:
        self.wait_for_validation()

    @hands_in(
        state,
        sides=(VOP,),
        requires=(
            documents.exchange_in_preparation,
            documents.own_complete,
            documents.agreed_dates_given,
            signatories.visitor_signatories_named,
            signatories.signatories_differ,
            visiting_parties_complete,
        ),
        todo=Todo(
            "own_part_ready",
            (VOP,),
            _("Mark the visitor's part of the CTQ ready for validation"),
            due=deadlines.CTQ,
            remind=deadlines.CTQ_REMIND,
            text=deadlines.CTQ_TEXT,
            anchor="ctq",
            hides_when=lambda part: part.waits_for_revision,
            hands_in=ITSELF,
        ),
        notify=(notifications.OWN_PART_SUBMITTED,),
    )
    def submit(self) -> None:
        self.wait_for_validation()

    @takes_back(
        state,
        sides=(VOP,),
        requires=(documents.exchange_is_editable,),
        notify=(notifications.OWN_PART_TAKEN_BACK,),
    )
    def take_back(self) -> None:
        """Makes it a draft again for the party that handed it in, until the Support Office has decided."""
        self.stop_waiting()

    @validates(
        state,
        requires=(
            documents.exchange_in_preparation,
            documents.shared_validated,
            signatories.visitor_signatories_named,
            signatories.signatories_differ,
            visiting_parties_complete,
        ),
        todo=Todo(
            "validate_own",
            (SO,),
            _("Validate or return the visitor's part of the CTQ"),
            due=deadlines.VALIDATION,
            remind=deadlines.ANSWER_REMIND,
            text=deadlines.ANSWER_TEXT,
            page=links.validation_of_own,
            after=(documents.shared_validated,),
            while_unmet=True,
            since=lambda part: part.ready_at,
            queue_by=deadlines.start_day,
        ),
        notify=(notifications.CTQ_VALIDATED,),
    )
    def validate(self) -> dict[str, int]:
        return self.mark_validated()

    @validates_as_editorial(
        state,
        requires=(
            documents.exchange_in_preparation,
            documents.shared_validated,
            documents.validated_before,
            documents.substance_unchanged,
        ),
        hides_when=(documents.validated_before,),
        notify=(notifications.CTQ_EDITORIAL,),
    )
    def validate_as_editorial(self) -> dict[str, int]:
        return self.mark_validated()

    @transition(
        state,
        label=_("Stay validated under an editorial version of the shared part"),
        source=READY,
        target=VALIDATED,
        sides=(PORTAL,),
        requires=(
            documents.exchange_is_editable,
            documents.shared_validated,
            documents.own_unchanged,
            documents.substance_unchanged,
        ),
        notify=(notifications.CTQ_EDITORIAL,),
    )
    def stay_validated(self) -> dict[str, int]:
        return self.mark_validated()

    @sends_back(
        state,
        requires=(documents.exchange_is_editable,),
        notify=(notifications.CTQ_RETURNED,),
    )
    def send_back(self) -> None:
        self.mark_returned(self.context.reason)

    @transition(
        state,
        label=_("Returned with the shared part"),
        source=READY,
        target=RETURNED,
        sides=(PORTAL,),
        reason=True,
        returns=True,
        notify=(notifications.CTQ_RETURNED,),
    )
    def returned_with_shared(self) -> None:
        self.mark_returned(self.context.reason)

    @declines(state, sides=(VO, HO, VOP, HOP))
    def decline(self) -> None:
        """A signatory declines to sign the version that stands. Signatures given stay with their version."""
        self.mark_declined()

    @passes_on(state, sides=(VO, HO, VOP, HOP))
    def pass_on(self, *, colleague: int) -> dict[str, int]:
        """A signatory asks a colleague (the id of a person) to sign instead."""
        return {"colleague": colleague}

    @objects_to_editorial(state, sides=(VO, HO, VOP, HOP), notify=(notifications.CTQ_EDITORIAL_VOIDED,))
    def object_to_editorial(self) -> dict[str, int]:
        """The editorial version counts no more, the one before does, with its signatures and this part's texts of then.

        The shared part of the visit stays as it was corrected. The number of the version, for the event.
        """
        voided = self.current_version
        assert voided is not None  # required above
        voided.voided_at = self.moment
        voided.save(update_fields=["voided_at"])
        self._stand_as_in(self.current_version)
        return {"voided": voided.number}

    def _stand_as_in(self, version: DocumentVersion | None) -> None:
        """The part as this version prints it."""
        assert version is not None  # what is editorial follows a version
        for name, value in version.content["own"].items():
            setattr(self, name, value)
        self.version = self.validated_version = version.part_version

    @transition(
        state,
        label=_("Signatures are missing again"),
        source=SIGNED,
        target=VALIDATED,
        sides=(PORTAL,),
        silent=True,
    )
    def reopen_signatures(self) -> None: ...

    @transition(
        state,
        label=_("Signed by all"),
        source=VALIDATED,
        target=SIGNED,
        sides=(PORTAL,),
        requires=(documents.all_signed,),
        notify=(notifications.CTQ_SIGNED,),
    )
    def complete_signatures(self) -> None: ...
