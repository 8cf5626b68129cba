"""A question with its transitions: open → answered → closed. Rule: docs/help.md."""

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side
from cxc.core.email_addresses import AddressField
from cxc.core.folding import words_index
from cxc.core.models.text import OneLineField
from cxc.workflow import Allowed, StatefulModel, state_constraint, state_field, transition
from cxc.workflow.todo import Escalation, Todo
from helpdesk import deadlines, requirements
from helpdesk.enums import HelpState
from profiles.models import Partnership

ASKER, PARTNERSHIP, SO, PORTAL = Side.ASKER, Side.PARTNERSHIP, Side.SO, Side.PORTAL
UNCONFIRMED, OPEN, ANSWERED, CLOSED = HelpState


def _waiting_since(request: Any) -> datetime:
    found: datetime = request.waiting_since
    return found


def _secret() -> str:
    return secrets.token_urlsafe(32)


class HelpRequest(StatefulModel):
    """Somebody's question, with the record it is about named by value.

    `asked_by` is the person who was signed in; a visitor who was not leaves a name and an address and
    reaches the question by `secret`. `partnership` answers (its coordinators), or with None the Support
    Office; `with_support_office`: the Partnership passed it on. Moments are UTC.
    """

    side_paths: ClassVar = {ASKER: "asked_by_id", PARTNERSHIP: "partnership_id"}
    read_permissions: ClassVar = {"see": (ASKER, PARTNERSHIP, SO), "history": (PARTNERSHIP, SO)}

    subject = OneLineField(_("subject"), max_length=150, printed=False)
    state = state_field(HelpState, UNCONFIRMED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    acting_for = models.CharField(_("acting for"), max_length=300, blank=True)
    visitor_name = OneLineField(_("name"), max_length=120, blank=True, printed=False)
    visitor_email = AddressField(_("e-mail"), blank=True)
    secret = models.CharField(max_length=64, unique=True, default=_secret, editable=False)
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Partnership")
    )
    with_support_office = models.BooleanField(_("passed on to the Support Office"), default=False)
    about_kind = models.CharField(_("about: kind"), max_length=60, blank=True)
    about_id = models.BigIntegerField(_("about: id"), null=True, blank=True)
    about_label = models.CharField(_("about"), max_length=300, blank=True)
    from_path = models.CharField(_("asked on the page"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    waiting_since = models.DateTimeField(_("waits for an answer since"), default=clock.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    read_at = models.DateTimeField(_("read by who asked at"), null=True, blank=True)
    texts_removed_at = models.DateTimeField(_("texts removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("help request")
        verbose_name_plural = _("help requests")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "partnership"], name="help_waiting"),
            models.Index(fields=["asked_by"], name="help_of_person"),
            words_index("subject", name="help_subject_words"),
        ]
        constraints: ClassVar = [
            state_constraint("help_state_exists", HelpState),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=False, visitor_email="")
                | (Q(asked_by__isnull=True) & (~Q(visitor_email="") | Q(texts_removed_at__isnull=False))),
                name="help_asked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=UNCONFIRMED) | Q(asked_by__isnull=True), name="help_unconfirmed_are_visitors"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.subject}"

    @property
    def number(self) -> str:
        return f"H{self.pk}"

    def event_label(self) -> str:
        """Events can't be changed, so they carry the number only: a subject may tell of people."""
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("help-request", args=[self.pk])

    @property
    def visitor_path(self) -> str:
        """The secret page of a visitor who is not signed in."""
        return reverse("help-visitor", args=[self.secret])

    @property
    def asker_name(self) -> str:
        """Who asks, for those who answer."""
        return str(self.asked_by) if self.asked_by is not None else self.visitor_name

    @property
    def is_for_support_office(self) -> bool:
        """Whether the Support Office owes the answer."""
        return self.partnership_id is None or self.with_support_office

    # --- transitions ------------------------------------------------------------------------------

    @transition("state", label=_("Ask"), source=UNCONFIRMED, target=OPEN, creates=True, sides=(ASKER,), button=False)
    def ask_help(self) -> None:
        self.asked_at = self.waiting_since = self.moment

    @transition(
        "state", label=_("Ask without signing in"), source=UNCONFIRMED, creates=True, sides=(PORTAL,), button=False
    )
    def ask_as_visitor(self) -> None:
        self.asked_at = self.waiting_since = self.moment

    @transition("state", label=_("Confirm the address"), source=UNCONFIRMED, target=OPEN, sides=(PORTAL,), button=False)
    def confirm_address(self) -> None:
        self.waiting_since = self.moment

    @transition(
        "state",
        label=_("Answer"),
        source=(OPEN, ANSWERED, CLOSED),
        target=ANSWERED,
        sides=(PARTNERSHIP, SO),
        button=False,
        todo=(
            Todo(
                "answer_question",
                (PARTNERSHIP,),
                _("Answer the question, or pass it on"),
                due=deadlines.ANSWERED,
                remind=(0, 2, 7),
                text=_("Somebody whose organisation your Partnership looks after waits for an answer."),
                anchor="write",
                since=_waiting_since,
                hides_when=lambda request: request.state != OPEN or request.is_for_support_office,
                escalate=Escalation(
                    "question_stuck",
                    (SO,),
                    _("Its Partnership has not answered in time: send a reminder, or answer instead"),
                    anchor="write",
                ),
            ),
            Todo(
                "answer_question_so",
                (SO,),
                _("Answer the question"),
                due=deadlines.ANSWERED,
                remind=(0, 2, 7),
                text=_("Somebody waits for an answer of the Support Office."),
                anchor="write",
                since=_waiting_since,
                hides_when=lambda request: request.state != OPEN or not request.is_for_support_office,
            ),
        ),
    )
    def answer(self) -> None:
        self.answered_at, self.closed_at = self.moment, None

    @transition(
        "state",
        label=_("Write again"),
        source=(OPEN, ANSWERED, CLOSED),
        target=OPEN,
        sides=(ASKER, PORTAL),
        button=False,
    )
    def write_again(self) -> dict[str, Any]:
        before = self.closed_at
        if self.answered_at and self.waiting_since <= self.answered_at:
            self.waiting_since = self.moment
        self.closed_at = None
        return {"reopened": True} if before else {}

    @transition(
        "state",
        label=_("Pass on to the Support Office"),
        source=OPEN,
        sides=(PARTNERSHIP,),
        requires=(requirements.is_with_the_partnership,),
        reason=True,
    )
    def pass_on(self) -> None:
        self.with_support_office = True

    @transition(
        "state",
        label=_("Close the question"),
        source=(OPEN, ANSWERED),
        target=CLOSED,
        sides=(ASKER, PARTNERSHIP, SO, PORTAL),
    )
    def close(self) -> None:
        self.closed_at = self.moment

    @transition(
        "state",
        label=_("Close what was answered long ago"),
        source=ANSWERED,
        target=CLOSED,
        sides=(Allowed(PORTAL, requirements.answered_long_ago),),
        button=False,
    )
    def close_as_system(self) -> None:
        self.closed_at = self.moment

    @transition(
        "state",
        label=_("Drop what was never confirmed"),
        source=UNCONFIRMED,
        deletes=True,
        sides=(Allowed(PORTAL, requirements.never_confirmed),),
        button=False,
    )
    def delete_unconfirmed(self) -> None: ...
