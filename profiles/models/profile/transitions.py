"""The profile and its transitions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.workflow import Allowed, transition
from cxc.workflow.notify import Notify
from cxc.workflow.todo import Escalation, Todo
from profiles import deadlines, requirements
from profiles.enums import ProfileState
from profiles.models.partnerships import Partnership
from profiles.models.profile.fields import ProfileFields
from profiles.models.profile.submission import SubmissionTransitions

HOLDER, PARTNERSHIP, SO, PORTAL = Side.HOLDER, Side.PARTNERSHIP, Side.SO, Side.PORTAL
DRAFT, SUBMITTED, PUBLISHED, REFUSED, ARCHIVED = ProfileState

_WAS_ARCHIVED = Notify(
    (HOLDER,),
    _("Your profile was archived"),
    _("Nothing is lost: you can bring it back while the participation is open, or copy it later."),
)


class Profile(SubmissionTransitions):
    """One organisation's intention to visit or to host, under one Partnership, in one generation."""

    class Meta(ProfileFields.Meta):
        abstract = False

    @transition(
        "state",
        label=_("Edit what is published"),
        source=PUBLISHED,
        sides=(HOLDER, PARTNERSHIP, SO),
        invariants=(
            requirements.complete,
            requirements.period_in_order,
            requirements.new_period_holds_days,
            requirements.declared,
        ),
        external_requirements=("places_cover_confirmed_matches",),
        button=False,
    )
    def edit_published(
        self,
        *,
        version_read: int,
        fields: Mapping[str, Any],
        links: Mapping[str, Sequence[Any]] | None = None,
    ) -> dict[str, Any]:
        self._apply_edit(version_read, fields, links or {})
        return {"changed": sorted([*fields, *(links or {})])}

    @transition(
        "state",
        label=_("Change kind, country or cluster"),
        source=(DRAFT, SUBMITTED, PUBLISHED, REFUSED),
        sides=(HOLDER, PARTNERSHIP, SO),
        reason=True,
        invariants=(requirements.eligible_when_shown,),
        external_requirements=("no_running_exchange",),
        button=False,
        notify=(
            Notify(
                (PARTNERSHIP,),
                _("Kind, country or cluster changed"),
                _("Please confirm the eligibility of what is published anew."),
            ),
        ),
    )
    def change_identity(self, *, changes: Mapping[str, str]) -> dict[str, Any]:
        """The organisation's kind, country or cluster changes: eligibility is confirmed anew."""
        self.eligibility_confirmed_at = None
        return {"changes": dict(changes)}

    @transition(
        "state",
        label=_("Confirm eligibility"),
        source=PUBLISHED,
        sides=(PARTNERSHIP, SO),
        requires=(requirements.not_own_organisation, requirements.eligible),
        todo=Todo(
            "confirm_eligibility",
            (PARTNERSHIP, SO),
            _("Confirm the eligibility anew: kind, country or cluster changed"),
            anchor="transitions",
            conflict=lambda profile: profile.organisation_id,
            hides_when=lambda profile: profile.eligibility_confirmed_at is not None,
        ),
    )
    def confirm_eligibility(self) -> None:
        self.eligibility_confirmed_at = self.moment

    @transition(
        "state",
        label=_("Confirm interest"),
        source=PUBLISHED,
        sides=(HOLDER, PARTNERSHIP, SO),
        requires=(requirements.interest_asked,),
        hides_when=(requirements.interest_asked,),
        todo=Todo(
            "confirm_interest",
            (HOLDER,),
            _("Are you still interested? Keep the profile, or archive it"),
            due=deadlines.INTEREST_ANSWERED,
            remind=deadlines.interest_reminders,
            text=_(
                "Nobody of your organisation has done anything with it for %(interest_ask_days)s days. On its page you"
                " keep it with one click, or archive it. Without an answer it is no longer proposed to others."
            ),
            anchor="interest",
            since=deadlines.interest_shown_at,
            hides_when=lambda profile: deadlines.interest_shown_at(profile) is None,
            escalate=Escalation(
                "ask_whether_interested",
                (PARTNERSHIP,),
                _("Has not answered whether it is still interested: write to it, or archive the profile"),
                anchor="interest",
            ),
        ),
    )
    def confirm_interest(self) -> None:
        """The profile stays as it is, and its holder is asked again later."""

    @transition(
        "state",
        label=_("Unpublish"),
        source=PUBLISHED,
        target=DRAFT,
        sides=(HOLDER, PARTNERSHIP, SO),
        reason=True,
        external_requirements=("no_running_exchange_except_for_so",),
        notify=(Notify((HOLDER, PARTNERSHIP), _("A profile is no longer published")),),
    )
    def unpublish(self) -> None:
        self.eligibility_confirmed_at = None
        self._touch()

    @transition(
        "state",
        label=_("Archive"),
        source=DRAFT,
        target=ARCHIVED,
        sides=(HOLDER, PARTNERSHIP, SO, Allowed(PORTAL, requirements.stale)),
        external_requirements=("no_confirmed_match_if_archived_by_portal",),
        notify=(_WAS_ARCHIVED,),
    )
    def archive_draft(self) -> None:
        self.archived_at = self.moment

    @transition(
        "state",
        label=_("Archive"),
        source=PUBLISHED,
        target=ARCHIVED,
        sides=(HOLDER, PARTNERSHIP, SO),
        external_requirements=("no_running_exchange",),
        notify=(_WAS_ARCHIVED,),
    )
    def archive(self) -> None:
        self.archived_at = self.moment

    @transition(
        "state",
        label=_("Archive after the participation's last day"),
        source=(SUBMITTED, REFUSED, PUBLISHED),
        target=ARCHIVED,
        sides=(Allowed(PORTAL, requirements.participation_over),),
        external_requirements=("no_running_exchange",),
        notify=(_WAS_ARCHIVED,),
    )
    def archive_after_participation(self) -> None:
        self.archived_at = self.moment

    @transition(
        "state",
        label=_("Bring back"),
        source=ARCHIVED,
        target=DRAFT,
        sides=(HOLDER, PARTNERSHIP, SO),
        requires=(requirements.participation_open,),
    )
    def restore(self) -> None:
        self.archived_at = None
        self.eligibility_confirmed_at = None
        self._touch()

    @transition(
        "state",
        label=_("Delete for good"),
        source=ARCHIVED,
        deletes=True,
        sides=(HOLDER, SO, Allowed(PORTAL, requirements.archived_long_enough)),
        requires=(requirements.never_submitted,),
    )
    def delete_for_good(self) -> None: ...

    @transition(
        "state",
        label=_("Move to another Partnership"),
        source=(DRAFT, SUBMITTED, PUBLISHED, REFUSED),
        sides=(SO,),
        reason=True,
        invariants=(requirements.partnership_takes_part,),
        external_requirements=("no_confirmed_exchange",),
        button=False,
        notify=(Notify((PARTNERSHIP, HOLDER), _("A profile was moved to another Partnership")),),
    )
    def reassign(self, *, partnership: Partnership) -> dict[str, Any]:
        # Whoever makes a match of it just now, which copies the Partnership, is done first.
        before = type(self)._base_manager.select_for_update().get(pk=self.pk).partnership
        self.partnership = partnership
        self.partnership_why = gettext("Moved here by the Support Office.")
        return {"from": str(before or ""), "to": str(partnership)}
