"""A profile until it is published: filled in, submitted, answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.workflow import take_fields, transition
from cxc.workflow.notify import Notify
from cxc.workflow.returned import plain
from cxc.workflow.todo import ITSELF, Escalation, Todo
from profiles import deadlines, links, requirements
from profiles.enums import ProfileState
from profiles.models.partnerships import Partnership
from profiles.models.profile.fields import ProfileFields

HOLDER, PARTNERSHIP, SO = Side.HOLDER, Side.PARTNERSHIP, Side.SO
DRAFT, SUBMITTED, PUBLISHED, REFUSED, _ARCHIVED = ProfileState

_TO_REVIEW = Notify(
    (PARTNERSHIP,), _("A profile to review"), _("It waits for you to publish it, send it back or refuse it.")
)


class SubmissionTransitions(ProfileFields):
    """From the first line of a draft to the answer of its Partnership."""

    class Meta(ProfileFields.Meta):
        abstract = True

    @transition(
        "state",
        label=_("Create"),
        source=DRAFT,
        creates=True,
        sides=(HOLDER, PARTNERSHIP, SO),
        requires=(requirements.participation_open,),
    )
    def create(self) -> None:
        self.touched_at = self.created_at = self.moment

    @transition("state", label=_("Edit"), source=DRAFT, sides=(HOLDER, PARTNERSHIP, SO), silent=True, button=False)
    def edit(
        self,
        *,
        version_read: int,
        fields: Mapping[str, Any],
        links: Mapping[str, Sequence[Any]] | None = None,
    ) -> None:
        self._apply_edit(version_read, fields, links or {})

    @transition(
        "state",
        label=_("Choose the Partnership"),
        source=DRAFT,
        sides=(HOLDER, PARTNERSHIP, SO),
        silent=True,
        button=False,
    )
    def choose_partnership(self, *, partnership: Partnership | None, why: str = "") -> None:
        self.partnership = partnership
        self.partnership_why = why
        self._touch()

    @transition(
        "state",
        label=_("Submit"),
        source=DRAFT,
        target=SUBMITTED,
        sides=(HOLDER, PARTNERSHIP, SO),
        requires=(
            requirements.complete,
            requirements.period_in_order,
            requirements.period_holds_days,
            requirements.declared,
            requirements.eligible,
            requirements.address_stated,
            requirements.partnership_takes_part,
            requirements.participation_open,
        ),
        todo=Todo(
            "finish_draft",
            (HOLDER,),
            _("Finish and submit the profile"),
            due=deadlines.ARCHIVED,
            remind=deadlines.archive_warnings,
            text=_("A draft that nobody touches is archived on that day; you can bring it back later."),
            page=links.next_input,
            since=lambda profile: profile.touched_at,
            while_unmet=True,
            hands_in=ITSELF,
        ),
        notify=(_TO_REVIEW,),
    )
    def submit(self) -> None:
        self.submitted_at = self.moment
        self.first_submitted_at = self.first_submitted_at or self.submitted_at

    @transition(
        "state",
        label=_("Publish"),
        source=SUBMITTED,
        target=PUBLISHED,
        sides=(PARTNERSHIP, SO),
        requires=(requirements.not_own_organisation, requirements.eligible, requirements.participation_open),
        todo=Todo(
            "accept_profile",
            (PARTNERSHIP,),
            _("Publish the profile, or send it back"),
            due=deadlines.ANSWERED,
            remind=(-1, 1, 7, 14),
            text=_("The organisation waits for your answer."),
            anchor="transitions",
            conflict=lambda profile: profile.organisation_id,
            since=lambda profile: profile.submitted_at,
            while_unmet=True,
            escalate=Escalation(
                "profile_stuck",
                (SO,),
                _("Its Partnership has not answered in time: send a reminder, or answer instead"),
                anchor="transitions",
            ),
        ),
        notify=(
            Notify(
                (HOLDER,),
                _("Your profile is published"),
                _("The next step: look at your best matches, and propose one to a partner."),
                to_next_step=True,
            ),
        ),
    )
    def publish(self) -> None:
        self.published_at = self.eligibility_confirmed_at = self.moment
        self.forget_return()

    @transition(
        "state",
        label=_("Send back"),
        source=SUBMITTED,
        target=DRAFT,
        sides=(PARTNERSHIP, SO),
        reason=True,
        returns=True,
        notify=(Notify((HOLDER,), _("Your profile was sent back"), _("Please put it right and submit it again.")),),
    )
    def send_back(self) -> None:
        self.remember_return(self.context.reason)
        self._touch()

    @transition(
        "state",
        label=_("Refuse"),
        source=SUBMITTED,
        target=REFUSED,
        sides=(PARTNERSHIP, SO),
        reason=True,
        notify=(
            Notify((HOLDER,), _("Your profile was refused"), _("You can answer and submit it again, with a reason.")),
        ),
    )
    def refuse(self) -> None: ...

    @transition(
        "state",
        label=_("Take back"),
        source=SUBMITTED,
        target=DRAFT,
        sides=(HOLDER, SO),
        notify=(Notify((PARTNERSHIP,), _("A profile was taken back")),),
    )
    def take_back(self) -> None:
        self._touch()

    @transition(
        "state",
        label=_("Submit again"),
        source=REFUSED,
        target=SUBMITTED,
        sides=(HOLDER, PARTNERSHIP, SO),
        reason=True,
        requires=(requirements.eligible, requirements.address_stated, requirements.participation_open),
        todo=Todo(
            "answer_refusal",
            (HOLDER,),
            _("Your profile was refused: read why, change it and submit it again"),
            page=links.submit_again,
            while_unmet=True,
        ),
        notify=(_TO_REVIEW,),
    )
    def submit_again(self) -> None:
        self.submitted_at = self.moment

    def handed_in(self) -> dict[str, str]:
        """What its Partnership reads before it decides."""
        links = {name: [str(one) for one in getattr(self, name).all()] for name in sorted(self.EDITABLE_LINKS)}
        values = {name: getattr(self, name) for name in sorted(self.EDITABLE - {"brochure"})}
        return {name: plain(value) for name, value in (values | links).items()}

    # --- what the transitions share --------------------------------------------------------------

    def _touch(self) -> None:
        self.touched_at = self.moment

    def _apply_edit(self, version_read: int, fields: Mapping[str, Any], links: Mapping[str, Sequence[Any]]) -> None:
        """Write an edit into the profile; Stale when somebody saved since `version_read`."""
        if unknown := sorted(set(links) - self.EDITABLE_LINKS):
            raise TypeError(f"Not to be edited here: {unknown}")
        take_fields(self, fields, allowed=self.EDITABLE, version_read=version_read)
        for name, values in links.items():
            getattr(self, name).set(values)
        self._touch()
