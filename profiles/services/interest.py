"""Whether the holder of a published profile still shows interest in it. Rule: docs/rules.md, Still interested.

A row says since when it has not (`LastInterest`). What is asked, and by when, follows from it alone.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cxc import clock
from cxc.access.scoped import Side
from cxc.core.models import SchemeSettings
from cxc.workflow import TransitionContext
from cxc.workflow.registry import after
from cxc.workflow.unit_of_work import unit_of_work
from profiles.enums import OrganisationRole, ProfileState
from profiles.models import LastInterest, Profile, User
from profiles.models.interest import LastInterestQuerySet

PROFILE = "profiles.profile"
ACTING_ROLES = (OrganisationRole.OWNER, OrganisationRole.EDITOR)
# Who signs in twice a day has shown interest once.
ONCE_IN = timedelta(days=1)


def begin(profile: Profile, moment: datetime) -> None:
    """From this moment on days are counted until its holder is asked, where they are not counted already."""
    if profile.state == ProfileState.PUBLISHED:
        LastInterest.objects.get_or_create(profile=profile, defaults={"shown_at": moment})


def renew(rows: LastInterestQuerySet, moment: datetime) -> None:
    """Interest was shown in these at that moment; in which nobody is asked for any there is no row."""
    for row in rows.in_order().select_for_update(of=("self",)).filter(shown_at__lt=moment):
        row.shown_at = moment
        row.save(update_fields=["shown_at"])


def end(profile_ids: Iterable[int]) -> None:
    """Nobody is asked about these any more."""
    for row in LastInterest.objects.filter(profile__in=profile_ids).in_order():
        row.delete()


@after(PROFILE, "publish", order=30)
def begin_at_publication(context: TransitionContext) -> None:
    begin(context.thing, context.now)


@after(PROFILE, "confirm_interest", order=30)
def renew_by_answer(context: TransitionContext) -> None:
    renew(LastInterest.objects.filter(profile=context.thing.pk), context.now)


@after(PROFILE, "edit_published", order=30)
def renew_by_edit(context: TransitionContext) -> None:
    """What its Partnership writes says nothing of the holder."""
    if context.side is Side.HOLDER:
        renew(LastInterest.objects.filter(profile=context.thing.pk), context.now)


@after(PROFILE, "unpublish", "archive", "archive_after_participation", order=30)
def end_with_publication(context: TransitionContext) -> None:
    end([context.thing.pk])


@unit_of_work()
def renew_by_sign_in(user: User) -> None:
    """Whoever may act for the holder has signed in: interest in all that is not asked about yet.

    Once it is asked, only an answer or a deed counts, so that the question is still there for who signs in for it.
    """
    now = clock.now()
    asked = now - timedelta(days=SchemeSettings.current().interest_ask_days)
    rows = LastInterest.objects.filter(
        profile__organisation__memberships__user=user,
        profile__organisation__memberships__role__in=ACTING_ROLES,
        shown_at__gt=asked,
        shown_at__lte=now - ONCE_IN,
    )
    renew(LastInterest.objects.filter(pk__in=rows.values("pk")), now)
