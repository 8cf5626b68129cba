"""What is owed on profiles."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.duties import Duty, Watch, never
from cxc.workflow.deadlines import Deadlines, days
from profiles import links
from profiles.enums import ProfileState
from profiles.models import Profile

DRAFT, SUBMITTED, PUBLISHED, REFUSED, _ARCHIVED = ProfileState
HOLDER, PARTNERSHIP, SO = Side.HOLDER, Side.PARTNERSHIP, Side.SO


def _profiles() -> VisibleQuerySet:
    return Profile.objects.exclude(state=ProfileState.ARCHIVED).with_display_relations().prefetch_related("types")


def _archived_on(profile: Profile, deadlines: Deadlines) -> date:
    return profile.touched_at.date() + days(deadlines.scheme.draft_archive_days)


def _warned_on(scheme: Any) -> list[int]:
    return [day - scheme.draft_archive_days for day in scheme.draft_warn_days]


def answer_due(profile: Profile, deadlines: Deadlines) -> date | None:
    """By when a submitted profile is answered: some working days at the Partnership's seat."""
    if profile.submitted_at is None or profile.partnership is None:
        return None
    return deadlines.after_working_days(
        profile.submitted_at.date(), deadlines.scheme.profile_answer_working_days, profile.partnership.seat_id
    )


def _answer_late(profile: Profile, deadlines: Deadlines) -> bool:
    due = answer_due(profile, deadlines)
    return profile.state == SUBMITTED and due is not None and due < deadlines.today()


def _own(profile: Profile) -> int:
    """Nobody decides on a profile of an organisation they belong to."""
    return profile.organisation_id


PROFILES = Watch(
    "profiles.profile",
    _("Registration"),
    _profiles,
    (
        Duty(
            "finish_draft",
            _("Finish and submit the profile"),
            (HOLDER,),
            lambda profile, _deadlines: profile.state == DRAFT,
            due=_archived_on,
            due_says=_("90 days after it was last touched: it is archived then"),
            reminds=_warned_on,
            words=_("A draft that nobody touches is archived on that day; you can bring it back later."),
            page=links.next_input,
            since=lambda profile: profile.touched_at,
        ),
        Duty(
            "answer_refusal",
            _("Your profile was refused: read why, change it and submit it again"),
            (HOLDER,),
            lambda profile, _deadlines: profile.state == REFUSED,
            page=links.submit_again,
        ),
        Duty(
            "accept_profile",
            _("Publish the profile, or send it back"),
            (PARTNERSHIP,),
            lambda profile, _deadlines: profile.state == SUBMITTED,
            due=answer_due,
            due_says=_("5 working days (Partnership's seat) after it was submitted"),
            reminds=(-1, 1, 7, 14),
            words=_("The organisation waits for your answer."),
            place="moves",
            conflict=_own,
            since=lambda profile: profile.submitted_at,
        ),
        Duty(
            "confirm_eligibility",
            _("Confirm the eligibility anew: kind, country or cluster changed"),
            (PARTNERSHIP, SO),
            lambda profile, _deadlines: profile.state == PUBLISHED and profile.eligibility_confirmed_at is None,
            place="moves",
            conflict=_own,
        ),
        Duty(
            "profile_stuck",
            _("Its Partnership has not answered in time: send a reminder, or answer instead"),
            (SO,),
            _answer_late,
            due=answer_due,
            place="moves",
            holds=never,
            since=lambda profile: profile.submitted_at,
        ),
    ),
)
