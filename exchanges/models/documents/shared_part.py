"""The shared part of the Commitment to Quality: one on each visit."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.text import FreeTextField
from cxc.core.sanitise import LONG
from cxc.workflow import state_constraint, state_field, transition
from cxc.workflow.todo import ITSELF, Todo
from exchanges import deadlines, links, notifications
from exchanges.enums import BEING_WRITTEN_STATES, CONFIRMED_STATES, PartState
from exchanges.models.documents.base import (
    DocumentPart,
    creates,
    hands_in,
    revises,
    sends_back,
    takes_back,
    validates,
    validates_as_editorial,
)
from exchanges.models.sides import (
    HO,
    HOP,
    LABEL_OF_VISIT,
    LEAD,
    OBSERVER,
    OF_VISIT,
    OF_VISIT_LISTED,
    PORTAL,
    SO,
    VO,
    VOP,
)
from exchanges.models.visit import Visit
from exchanges.requirements import documents, signatories
from exchanges.requirements.parties import hosting_parties_complete

DRAFT, READY, VALIDATED, RETURNED, SIGNED = PartState


class SharedPart(DocumentPart):
    """The part of the CTQ that all exchanges of a visit share; the agenda belongs to the visit."""

    label_columns: ClassVar = LABEL_OF_VISIT
    side_paths: ClassVar = OF_VISIT
    list_paths: ClassVar = OF_VISIT_LISTED
    read_permissions: ClassVar = {
        "see": (VO, HO, VOP, HOP, LEAD, SO),
        "history": (VO, HO, VOP, HOP, LEAD, SO),
        "steps": (VO, HO, VOP, HOP, LEAD, SO, OBSERVER),
    }
    locks_first: ClassVar = ("visit",)

    TEXTS: ClassVar = {
        "goals": _("goals"),
        "mutual_learning": _("mutual learning"),
        "learning_between_visitors": _("learning between visitors"),
        "feedback_time": _("feedback time after each visit"),
        "external_event": _("external event"),
    }

    NEEDED: ClassVar = ("goals", "mutual_learning", "feedback_time")
    NEEDED_OF_SEVERAL: ClassVar = (*NEEDED, "learning_between_visitors")

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="shared_part")
    state = state_field(PartState, DRAFT)
    goals = FreeTextField(_("goals"), blank=True, max_length=LONG)
    mutual_learning = FreeTextField(_("mutual learning"), blank=True, max_length=LONG)
    learning_between_visitors = FreeTextField(_("learning between visitors"), blank=True, max_length=LONG)
    feedback_time = FreeTextField(_("feedback time after each visit"), blank=True, max_length=LONG)
    external_event = FreeTextField(_("external event"), blank=True, max_length=LONG)
    is_editorial = models.BooleanField(_("editorial version"), default=False, editable=False)
    # The last version that changed more than the wording: signatures on an earlier one are void.
    substance_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("shared part of the CTQ")
        verbose_name_plural = _("shared parts of the CTQ")
        indexes: ClassVar = [
            models.Index(fields=["ready_at"], condition=models.Q(state=PartState.READY), name="shared_part_ready")
        ]
        constraints: ClassVar = [state_constraint("shared_part_state_exists", PartState)]

    def __str__(self) -> str:
        return f"CTQ, {self.visit}"

    def get_absolute_url(self) -> str:
        return reverse("shared_part", args=[self.visit_id])

    @property
    def needed(self) -> tuple[str, ...]:
        """The texts that validation needs; of what visitors learn from each other only where several come."""
        coming = [exchange for exchange in self.visit.exchanges.all() if exchange.state in CONFIRMED_STATES]
        return self.NEEDED_OF_SEVERAL if len(coming) > 1 else self.NEEDED

    def gaps(self) -> list[str]:
        """What is still to be filled in before the Support Office sees it."""
        gaps = [str(self.TEXTS[name]) for name in self.needed if not getattr(self, name)]
        return [*gaps, *self._agenda_gaps()]

    def handed_in(self) -> dict[str, str]:
        """The texts, and the agenda with a line for each item."""
        items = [
            f"{date_format(item.day)}, {item.starts:%H:%M}–{item.ends:%H:%M}: {item.title}; {item.leader}; {item.place}"
            for item in self.visit.agenda_items.all()
        ]
        return super().handed_in() | {"agenda": "\n".join(items)}

    def label_of(self, name: str) -> str:
        """The agenda is no field of the part."""
        return str(_("agenda")) if name == "agenda" else super().label_of(name)

    def _agenda_gaps(self) -> list[str]:
        days = {item.day for item in self.visit.agenda_items.all()}
        if not days:
            return [str(_("the agenda"))]
        outside = [day for day in sorted(days) if not self.visit.first_day <= day <= self.visit.last_day]
        return [
            str(_("the agenda within the visit's dates (%(day)s is not)") % {"day": date_format(day)})
            for day in outside
        ]

    @creates(state)
    def create(self) -> None: ...

    @transition(
        state,
        label=_("Edit the shared part"),
        source=BEING_WRITTEN_STATES,
        sides=(LEAD, HO),
        requires=(documents.visit_unlocked,),
        silent=True,
        button=False,
        todo=replace(documents.WRITE_SHARED_PART, hides_when=lambda part: not part.waits_for_revision),
    )
    def edit(self, *, version_read: int, fields: Mapping[str, Any]) -> None:
        """Texts by name; an agenda edit comes with no texts and raises the row's version too."""
        self.update_texts(version_read, fields)

    @transition(
        state,
        label=_("Remark on the shared part"),
        source=tuple(PartState),
        sides=(VOP, HOP, LEAD, HO, VO, SO),
        requires=(documents.visit_unlocked,),
        silent=True,
        button=False,
    )
    def remark(self, *, text: str) -> None:
        actor = self.context.actor
        assert actor.user is not None  # every side that may is a person's
        self.remarks.create(by_user=actor.user, principal_label=actor.label, text=text, made_at=self.moment)

    @revises(
        state,
        source=VALIDATED,
        sides=(LEAD, HO, PORTAL),
        requires=(documents.visit_unlocked,),
    )
    def revise(self) -> dict[str, int]:
        return self.start_next_version()

    @hands_in(
        state,
        sides=(LEAD,),
        requires=(
            documents.visit_in_preparation,
            documents.visit_unlocked,
            documents.shared_complete,
            signatories.host_signatories_named,
            hosting_parties_complete,
        ),
        todo=Todo(
            "shared_part_ready",
            (LEAD,),
            _("Mark the shared part of the CTQ ready for validation"),
            due=deadlines.SHARED_CTQ,
            remind=deadlines.CTQ_REMIND,
            text=deadlines.CTQ_TEXT,
            anchor="ctq",
            hides_when=lambda part: part.waits_for_revision,
            hands_in=ITSELF,
        ),
        notify=(notifications.SHARED_PART_SUBMITTED,),
    )
    def submit(self) -> None:
        self.wait_for_validation()

    @takes_back(
        state,
        sides=(LEAD, PORTAL),
        requires=(documents.visit_unlocked,),
        notify=(notifications.SHARED_PART_TAKEN_BACK,),
    )
    def take_back(self) -> None:
        """Makes it a draft again for the party that handed it in, until the Support Office has decided.

        By the portal when the visit moves and some of the agenda finds no day on it.
        """
        self.stop_waiting()

    @validates(
        state,
        requires=(documents.visit_in_preparation, signatories.host_signatories_named, hosting_parties_complete),
        todo=Todo(
            "validate_shared",
            (SO,),
            _("Validate or return the shared part of the CTQ"),
            due=deadlines.SHARED_VALIDATION,
            remind=deadlines.ANSWER_REMIND,
            text=deadlines.ANSWER_TEXT,
            page=links.validation_of_shared,
            while_unmet=True,
            since=lambda part: part.ready_at,
            queue_by=lambda part, _deadlines: deadlines.first_start(part),
        ),
        notify=(notifications.SHARED_PART_VALIDATED,),
    )
    def validate(self) -> dict[str, int]:
        self.is_editorial = False
        self.substance_version = self.version
        return self.mark_validated()

    @validates_as_editorial(
        state,
        requires=(documents.visit_in_preparation, documents.validated_before),
        hides_when=(documents.validated_before,),
        notify=(notifications.SHARED_PART_VALIDATED,),
    )
    def validate_as_editorial(self) -> dict[str, int]:
        self.is_editorial = True
        return self.mark_validated()

    @sends_back(
        state,
        requires=(documents.visit_unlocked,),
        notify=(notifications.SHARED_PART_RETURNED,),
    )
    def send_back(self) -> None:
        self.mark_returned(self.context.reason)


class SharedPartComment(models.Model):
    """What another Partnership or a party of the visit remarks on the shared part."""

    shared_part = models.ForeignKey(SharedPart, on_delete=models.CASCADE, related_name="remarks")
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    principal_label = models.CharField(max_length=300)
    text = FreeTextField(_("remark"), printed=False)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering: ClassVar = ["made_at"]

    def __str__(self) -> str:
        return f"{self.principal_label}: {self.text[:60]}"
