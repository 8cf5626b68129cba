"""People and things of the portal that fails, and what is found of them afterwards. Read once Django is set up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import OperationalError, close_old_connections
from django.db.models import Q

from benchmarks.failing.writers import Writer
from cxc import clock
from cxc.access.scoped import Actor
from cxc.bulk import runs
from cxc.bulk.actions import action_of
from cxc.bulk.models import BulkItem, BulkRun
from cxc.comms.models import Mail
from cxc.core.refusals import Refused
from cxc.workflow.models import StateEvent
from exchanges.models import Evidence
from helpdesk.models import HelpRequest
from profiles.enums import ProfileState
from profiles.models import Profile
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties, with_another_visitor
from tests.plugin.machines import wait_until
from tests.scenarios import lifecycle

# Nobody sends one mail for so long.
LONGEST_SENDING = timedelta(seconds=60)
PREVIEW_SECONDS = 240


def visitors(number: int) -> list[Writer]:
    """So many visitors whose stay goes on, each signed in."""
    with clock.at(lifecycle.NOW):
        parties = usual_parties()
        found = [(parties, lifecycle.ongoing(parties))]
        while len(found) < number:
            parties = with_another_visitor(usual_parties())
            found.append((parties, lifecycle.ongoing(parties)))
    return [
        Writer(client_for(parties.vo).cookies["sessionid"].value, f"/exchanges/{exchange.pk}/evidence/")
        for parties, exchange in found
    ]


def coordinator_with_drafts(number: int) -> tuple[Actor, Any]:
    """A coordinator, and so many drafts of profiles under their Partnership."""
    with clock.at(lifecycle.NOW):
        partnership = people.partnership("FR")
        for _number in range(number):
            organisation = people.organisation("FR")
            lifecycle.draft(organisation, partnership, people.member(organisation))
    return people.coordinator(partnership), Profile.objects.filter(partnership=partnership, state=ProfileState.DRAFT)


class Bulk:
    """A bulk action that archives drafts, confirmed; workers carry it out."""

    def __init__(self, coordinator: Actor, drafts: Any) -> None:
        action = action_of("profile-archive")
        assert action is not None
        self.count = drafts.count()
        self.run = runs.create_run(action, drafts, by=coordinator)
        previewed = BulkRun.objects.filter(pk=self.run.pk, previewed_at__isnull=False)
        wait_until(previewed.exists, PREVIEW_SECONDS, "the preview of the run")
        runs.confirm(self.run, "Too old.")

    def done(self) -> int:
        return self.run.items.filter(outcome=BulkItem.Outcome.DONE).count()

    def is_finished(self) -> bool:
        return BulkRun.objects.filter(pk=self.run.pk, finished_at__isnull=False).exists()

    def doubled(self) -> int:
        """How many more events there are than things."""
        ids = self.run.items.values("thing_id")
        events = StateEvent.objects.filter(kind="profiles.profile", transition="archive_draft", thing_id__in=ids)
        return sum(number - 1 for number in Counter(events.values_list("thing_id", flat=True)).values())


@dataclass(frozen=True)
class StoredMarks:
    """How many marks are stored once with the very file, how many twice."""

    whole: int
    doubled: int


def stored(sent: Mapping[str, bytes]) -> StoredMarks:
    """What is there of these marks."""
    evidence = {mark: list(Evidence.objects.filter(note=mark)) for mark, content in sent.items() if content}
    questions = [HelpRequest.objects.filter(subject=mark).count() for mark, content in sent.items() if not content]
    whole = sum(bool(rows) and all(_is_whole(row) for row in rows) for rows in evidence.values())
    return StoredMarks(
        whole + sum(number > 0 for number in questions),
        sum(max(0, len(rows) - 1) for rows in evidence.values()) + sum(max(0, number - 1) for number in questions),
    )


def _is_whole(piece: Evidence) -> bool:
    """Whether its file is in the store with the size that it had. (Pictures and PDFs are written anew when taken.)"""
    try:
        with piece.file.file.open("rb") as file:
            return len(file.read()) == piece.file.size
    except (FileNotFoundError, Refused):
        return False


def settled() -> bool:
    """Whether every mail is sent, but for those that a worker left behind while it sent them."""
    close_old_connections()
    left = Q(status=Mail.Status.SENDING, created_at__lt=clock.real_now() - LONGEST_SENDING)
    try:
        return not Mail.objects.exclude(Q(status=Mail.Status.SENT) | left).exists()
    except OperationalError:
        return False


def left_mails() -> int:
    """How many mails a worker left behind: a quarter of an hour later the portal shows them to a person."""
    return Mail.objects.filter(status=Mail.Status.SENDING).count()
