"""What both parts of the CTQ and the Financial Agreement share: texts in versions, and how they are validated."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc.core.models.text import FreeTextField
from cxc.core.sanitise import LONG
from cxc.workflow import Edited, StatefulModel, take_fields, transition
from cxc.workflow.returned import Returned, texts_of
from exchanges.enums import BEING_WRITTEN_STATES, VALIDATED_STATES, ExchangeState, PartState, Party
from exchanges.models.documents.version import Versioned
from exchanges.models.sides import PORTAL, SO
from exchanges.requirements import signatories

DRAFT, READY, VALIDATED, RETURNED, SIGNED = PartState

# Transitions that the three have in common. Each part declares what it requires, who may, and what follows.
creates = partial(transition, label=_("Create"), source=DRAFT, creates=True, sides=(PORTAL,), silent=True)
revises = partial(transition, label=_("Change what was validated: begin a new version"), target=DRAFT)
hands_in = partial(transition, label=_("Ready for validation"), source=BEING_WRITTEN_STATES, target=READY)
takes_back = partial(transition, label=_("Take back"), source=READY, target=DRAFT)
validates = partial(transition, label=_("Validate"), source=READY, target=VALIDATED, sides=(SO,))
validates_as_editorial = partial(
    transition,
    label=_("Validate as an editorial version: signatures stay"),
    source=READY,
    target=VALIDATED,
    sides=(SO,),
)
sends_back = partial(
    transition,
    label=_("Return with comments"),
    source=READY,
    target=RETURNED,
    sides=(SO,),
    reason=True,
    returns=True,
)
# Those who are asked to sign a version, while their party has not.
declines = partial(
    transition,
    label=_("Decline to sign"),
    source=VALIDATED,
    target=RETURNED,
    reason=True,
    returns=True,
    by_signatories=True,
    requires=(signatories.can_be_signed, signatories.party_has_not_signed),
    hides_when=(signatories.can_be_signed, signatories.party_has_not_signed),
)
passes_on = partial(
    transition,
    label=_("Pass the signature to a colleague"),
    source=VALIDATED,
    by_signatories=True,
    button=False,
    requires=(signatories.can_be_signed, signatories.party_has_not_signed),
)
# Those who sign, while an editorial version of what they have signed is young.
objects_to_editorial = partial(
    transition,
    label=_("Object to the editorial version"),
    source=VALIDATED_STATES,
    reason=True,
    by_signatories=True,
    requires=(signatories.editorial_version_is_recent, signatories.signed_before_editorial_version),
    hides_when=(signatories.editorial_version_is_recent,),
)


class DocumentPart(StatefulModel, Edited, Returned):
    """What both parts share: versions and texts.

    `version` is the one being written or standing; `validated_version` the last that was
    validated (0: none yet). `row_version` guards against two people writing at once.
    """

    TEXTS: ClassVar[dict[str, Any]] = {}

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    validated_version = models.PositiveIntegerField(default=0, editable=False)
    comments = FreeTextField(_("comments of the Support Office"), blank=True, editable=False, max_length=LONG)
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    validated_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def update_texts(self, version_read: int, fields: Mapping[str, Any]) -> None:
        """Take over an edit; Stale, with both texts, when somebody saved since `version_read`.

        A part that was returned without being revised stands on a validated version: writing in it
        begins the next.
        """
        if take_fields(self, fields, allowed=self.TEXTS, version_read=version_read):
            self.start_next_version()

    def start_next_version(self) -> dict[str, int]:
        """Begin a new version, unless the present one was never validated. Its number, for the event."""
        if self.validated_version == self.version:
            self.version += 1
        self.validated_at = None
        return {"version": self.version}

    def wait_for_validation(self) -> None:
        """It is handed in and waits for the Support Office from now on."""
        self.ready_at = self.moment

    def stop_waiting(self) -> None:
        """It is a draft again for the party that handed it in, until the Support Office has decided."""
        self.ready_at = None

    def handed_in(self) -> dict[str, str]:
        return texts_of(self, self.TEXTS)

    @property
    def waits_for_revision(self) -> bool:
        """Whether it was returned with comments, and nothing in it was changed since."""
        return self.state == PartState.RETURNED and not self.is_changed_since_return

    def mark_returned(self, reason: str) -> None:
        """It is returned with these comments; the next look at it shows them, and what was changed since."""
        self.comments = reason
        self.remember_return(reason)

    def mark_declined(self) -> None:
        """A signatory has declined to sign it: it is returned, and says for which body and why.

        Who declined stands in the event, by id: this text stays when somebody is forgotten.
        """
        self.mark_returned(f"{self.context.actor.label}: {self.context.reason}")

    def mark_validated(self) -> dict[str, int]:
        """What is written is validated from now on. The version's number, for the event."""
        self.forget_return()
        self.validated_version = self.version
        self.validated_at = self.moment
        self.comments = ""
        return {"version": self.version}


class SignedPart(DocumentPart, Versioned):
    """A part that is signed: each version that was validated is kept with its signatures (`DocumentVersion`)."""

    PARTIES: ClassVar[tuple[Party, ...]] = ()

    class Meta(DocumentPart.Meta):
        abstract = True

    @property
    def is_in_force(self) -> bool:
        return self.state in VALIDATED_STATES

    @property
    def takes_signatures(self) -> bool:
        """Whether the exchange is where its documents are signed."""
        return bool(self.exchange.state == ExchangeState.PREPARATION)

    def unsigned_parties(self) -> list[Party]:
        """The parties that have not signed the version that is written or in force."""
        version = self.current_version
        if version is None or version.part_version != self.version:
            return list(self.PARTIES)
        return version.unsigned_parties()

    def parties_still_to_sign(self) -> list[str]:
        """The same, as people call them."""
        return [str(party.label) for party in self.unsigned_parties()]

    @property
    def signed_at(self) -> datetime | None:
        """When the last signature came in; None while it is not signed."""
        version = self.current_version if self.state == PartState.SIGNED else None
        return version.completed_at() if version else None
