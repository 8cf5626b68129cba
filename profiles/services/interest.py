"""Whether the holder of a published profile still shows interest in it. Rule: docs/rules.md, Still interested.

A row says since when it has not (`LastInterest`). What is asked, and by when, follows from it alone.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cxc import clock
from cxc.access.scoped import Actor, Principal, Side
from cxc.core.models import SchemeSettings
from cxc.workflow import TransitionContext
from cxc.workflow.models import StateEvent
from cxc.workflow.registry import after
from cxc.workflow.unit_of_work import unit_of_work
from profiles.enums import OrganisationRole, ProfileState
from profiles.models import LastInterest, Organisation, Profile, User

PROFILE = "profiles.profile"
ACTING_ROLES = (OrganisationRole.OWNER, OrganisationRole.EDITOR)
# Who signs in twice a day has shown interest once.
ONCE_IN = timedelta(days=1)
# After a profile's transition these rows are written first, then what follows from them: see `locked_in_order`.
INTEREST_ORDER = 15


def begin(profile: Profile, context: TransitionContext) -> None:
    """From this deed on days are counted until its holder is asked, where they are not counted already.

    From now on, where the deed is recorded afterwards: nobody was asked meanwhile. A profile that was recorded
    afterwards itself gets no mails (`cxc.todo.reminders`), so nobody is asked about it.
    """
    if profile.state == ProfileState.PUBLISHED and not StateEvent.of(profile).filter(is_recorded=True).exists():
        moment = clock.now() if context.is_recorded else context.now
        LastInterest.objects.get_or_create(profile=profile, defaults={"shown_at": moment})


def renew(profile_ids: Iterable[int], moment: datetime) -> None:
    """Interest was shown in these at that moment; of those about which nobody is asked there is no row."""
    for row in LastInterest.objects.filter(profile__in=profile_ids, shown_at__lt=moment).locked_in_order():
        row.shown_at = moment
        row.save(update_fields=["shown_at"])


def end(profile_ids: Iterable[int]) -> None:
    """Nobody is asked about these any more."""
    for row in LastInterest.objects.filter(profile__in=profile_ids).locked_in_order():
        row.delete()


@after(PROFILE, "publish", order=INTEREST_ORDER)
def begin_at_publication(context: TransitionContext) -> None:
    begin(context.thing, context)


@after(PROFILE, "confirm_interest", order=INTEREST_ORDER)
def renew_by_answer(context: TransitionContext) -> None:
    renew([context.thing.pk], context.now)


@after(PROFILE, "edit_published", order=INTEREST_ORDER)
def renew_by_edit(context: TransitionContext) -> None:
    """What its Partnership writes says nothing of the holder."""
    if context.side is Side.HOLDER:
        renew([context.thing.pk], context.now)


@after(PROFILE, "unpublish", "archive", "archive_after_participation", order=INTEREST_ORDER)
def end_with_publication(context: TransitionContext) -> None:
    end([context.thing.pk])


def renew_by_identity(organisation: Organisation, by: Actor) -> None:
    """Whoever changes an organisation's kind, country or cluster for it keeps its profiles."""
    if by.principal is Principal.ORGANISATION and by.principal_id == organisation.pk:
        renew(organisation.profiles.values_list("pk", flat=True), clock.now())


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
    renew(rows.values_list("profile", flat=True), now)
