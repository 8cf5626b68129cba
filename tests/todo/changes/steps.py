"""What the tables of changes are made of, and where in `tests.todo.things_in_each_state` they happen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from cxc.todo import reconcile
from exchanges.enums import ExchangeState
from exchanges.models import Exchange, WaitingListEntry
from profiles.enums import ProfileState
from profiles.models import (
    Profile,
)
from tests.factories.parties import Parties

Change = Callable[[Parties], object]
LATER = date(2027, 3, 1)


def sql(statement: str) -> Change:
    """A change made by raw SQL."""

    def run(_parties: Parties) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


@dataclass(frozen=True)
class After:
    """The second change, once all that depends on the first was derived."""

    first: Change
    then: Change

    def __call__(self, parties: Parties) -> object:
        return self.then(parties)

    def begin(self, parties: Parties) -> None:
        """What comes before."""
        self.first(parties)
        reconcile.work_off()


def in_state(state: ExchangeState) -> Exchange:
    return Exchange.objects.filter(state=state, modality="physical").earliest("pk")


def own(parties: Parties) -> Exchange:
    return Exchange.objects.get(organisation=parties.visitor)


def profile_in(state: ProfileState) -> Profile:
    return Profile.objects.filter(state=state).earliest("pk")


def waiting() -> WaitingListEntry:
    return WaitingListEntry.objects.earliest("pk")
