"""The profile and its transitions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.workflow import Allowed, take_fields, transition
from cxc.workflow.returned import plain
from profiles import requirements as r
from profiles.enums import ProfileState
from profiles.models.partnerships import Partnership
from profiles.models.profile.fields import ProfileFields

HOLDER, PARTNERSHIP, SO, PORTAL = Side.HOLDER, Side.PARTNERSHIP, Side.SO, Side.PORTAL
DRAFT, SUBMITTED, PUBLISHED, REFUSED, ARCHIVED = ProfileState


class Profile(ProfileFields):
    """One organisation's intention to visit or to host, under one Partnership, in one generation."""

    @transition(
        "state",
        label=_("Create"),
        source=DRAFT,
        creates=True,
        sides=(HOLDER, PARTNERSHIP, SO),
        requires=(r.participation_open,),
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
            r.complete,
            r.period_in_order,
            r.period_holds_days,
            r.declared,
            r.eligible,
            r.address_stated,
            r.partnership_takes_part,
            r.participation_open,
        ),
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
        requires=(r.not_own_organisation, r.eligible, r.participation_open),
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
    )
    def send_back(self) -> None:
        self.remember_return(self.context.reason)
        self._touch()

    @transition("state", label=_("Refuse"), source=SUBMITTED, target=REFUSED, sides=(PARTNERSHIP, SO), reason=True)
    def refuse(self) -> None: ...

    @transition("state", label=_("Take back"), source=SUBMITTED, target=DRAFT, sides=(HOLDER, SO))
    def take_back(self) -> None:
        self._touch()

    @transition(
        "state",
        label=_("Submit again"),
        source=REFUSED,
        target=SUBMITTED,
        sides=(HOLDER, PARTNERSHIP, SO),
        reason=True,
        requires=(r.eligible, r.address_stated, r.participation_open),
    )
    def submit_again(self) -> None:
        self.submitted_at = self.moment

    @transition(
        "state",
        label=_("Edit what is published"),
        source=PUBLISHED,
        sides=(HOLDER, PARTNERSHIP, SO),
        invariants=(r.complete, r.period_in_order, r.new_period_holds_days, r.declared),
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
        invariants=(r.eligible_when_shown,),
        external_requirements=("no_running_exchange",),
        button=False,
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
        requires=(r.not_own_organisation, r.eligible),
    )
    def confirm_eligibility(self) -> None:
        self.eligibility_confirmed_at = self.moment

    @transition(
        "state",
        label=_("Unpublish"),
        source=PUBLISHED,
        target=DRAFT,
        sides=(HOLDER, PARTNERSHIP, SO),
        reason=True,
        external_requirements=("no_running_exchange_except_for_so",),
    )
    def unpublish(self) -> None:
        self.eligibility_confirmed_at = None
        self._touch()

    @transition(
        "state",
        label=_("Archive"),
        source=DRAFT,
        target=ARCHIVED,
        sides=(HOLDER, PARTNERSHIP, SO, Allowed(PORTAL, r.stale)),
        external_requirements=("no_confirmed_match_if_archived_by_portal",),
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
    )
    def archive(self) -> None:
        self.archived_at = self.moment

    @transition(
        "state",
        label=_("Archive after the participation's last day"),
        source=(SUBMITTED, REFUSED, PUBLISHED),
        target=ARCHIVED,
        sides=(Allowed(PORTAL, r.participation_over),),
        external_requirements=("no_running_exchange",),
    )
    def archive_after_participation(self) -> None:
        self.archived_at = self.moment

    @transition(
        "state",
        label=_("Bring back"),
        source=ARCHIVED,
        target=DRAFT,
        sides=(HOLDER, PARTNERSHIP, SO),
        requires=(r.participation_open,),
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
        sides=(HOLDER, SO, Allowed(PORTAL, r.archived_long_enough)),
        requires=(r.never_submitted,),
    )
    def delete_for_good(self) -> None: ...

    @transition(
        "state",
        label=_("Move to another Partnership"),
        source=(DRAFT, SUBMITTED, PUBLISHED, REFUSED),
        sides=(SO,),
        reason=True,
        invariants=(r.partnership_takes_part,),
        external_requirements=("no_confirmed_exchange",),
        button=False,
    )
    def reassign(self, *, partnership: Partnership) -> dict[str, Any]:
        before = self.partnership
        self.partnership = partnership
        self.partnership_why = gettext("Moved here by the Support Office.")
        return {"from": str(before or ""), "to": str(partnership)}

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
