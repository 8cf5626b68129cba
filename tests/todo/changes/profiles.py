"""Changes of profiles and matches."""

from collections.abc import Mapping
from datetime import timedelta

from cxc import clock
from cxc.workflow import create, perform
from matching.models import Match
from profiles.enums import ProfileKind, ProfileState
from profiles.models import (
    LastInterest,
    Profile,
    User,
)
from profiles.queries.principals import actor_of
from profiles.services import archive
from tests.factories import people
from tests.factories.parties import Parties, with_another_visitor
from tests.scenarios import lifecycle, open_visits
from tests.todo.changes.steps import After, Change, profile_in


def draft_purged(parties: Parties) -> None:
    perform(profile_in(ProfileState.DRAFT), "archive_draft", by=parties.so)
    with clock.at(lifecycle.NOW + timedelta(days=400)):
        assert archive.purge_archived() == 1


def moved_to_other_partnership(parties: Parties) -> object:
    submitted = profile_in(ProfileState.SUBMITTED)
    return perform(submitted, "reassign", by=parties.so, partnership=people.partnership("PT"), reason="Nearer.")


def unpublished(parties: Parties) -> object:
    match = Match.objects.filter(state="proposed").earliest("pk")
    return perform(match.host_profile, "unpublish", by=parties.so, reason="Closed.")


def proposals_of_two_profiles(parties: Parties) -> None:
    """One visitor proposes a virtual exchange to two hosts, for each in a profile of its own."""
    visitor = with_another_visitor(parties)
    for host in Profile.objects.filter(kind=ProfileKind.HOST, state=ProfileState.PUBLISHED).order_by("pk")[:2]:
        profile = open_visits.published_visitor(visitor)
        create(Match(visiting_profile=profile, host_profile=host, modality="virtual"), "propose", by=visitor.vo)


def one_of_two_answered(parties: Parties) -> None:
    proposals_of_two_profiles(parties)
    answer_one_of_two(parties)


def answer_one_of_two(_parties: Parties) -> None:
    first = Match.objects.filter(state="proposed", modality="virtual").earliest("pk")
    host = User.objects.get(memberships__organisation=first.host_profile.organisation_id)
    perform(first, "host_yes", by=actor_of(host))


PROFILES: Mapping[str, Change] = {
    "a match of another profile of the visitor": After(proposals_of_two_profiles, answer_one_of_two),
    "no match of another profile of the visitor any more": After(
        one_of_two_answered,
        lambda _: Match.objects.filter(state="confirmed", modality="virtual", exchanges=None).delete(),
    ),
    "draft purged": draft_purged,
    "drafts deleted without the service": lambda _: Profile.objects.filter(
        pk=profile_in(ProfileState.DRAFT).pk
    ).delete(),
    "Partnership of a profile": moved_to_other_partnership,
    "Partnership of a profile without its service": lambda parties: Profile.objects.filter(
        partnership=parties.vop
    ).update(partnership=people.partnership("PT")),
    "profile unpublished": unpublished,
    "interest shown, without the service": lambda _: LastInterest.objects.update(shown_at=clock.now()),
    "no interest asked for any more, without the service": lambda _: LastInterest.objects.all().delete(),
    "proposal deleted": lambda _: Match.objects.filter(state="proposed").delete(),
    "match cancelled": lambda parties: perform(
        Match.objects.get(state="confirmed", exchanges=None), "cancel", by=parties.so, reason="Ill."
    ),
    "confirmed match deleted": lambda _: Match.objects.filter(state="confirmed", exchanges=None).delete(),
}
