"""Multiplies exchanges that are over until the portal holds so many.

Copied are exchanges recorded afterwards, and those closed and paid so long ago that nothing is owed on them any more:
each with its match, visit, payment, documents, events and all else that belongs to it. An organisation none of whose
profiles is in use is copied with its profiles; one that still takes part comes or hosts again, online, which a scheme
allows any number of times, under the profile it has. Participations, people and what is open stay as they are.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from benchmarks.scaling.row_copies import Model, RowCopies
from benchmarks.speed.bulk_insert import after_loading
from cxc import clock
from cxc.workflow.models import StateEvent
from exchanges.enums import ExchangeState, PaymentState
from exchanges.models import Exchange, Visit
from matching.models import Match
from profiles.enums import Modality, ProfileState
from profiles.models import Organisation, Partnership, Profile
from reports.dashboard.funnel_counts import count_funnel
from reports.models import CountedLive, StoredCount
from reports.stored_counts import store_counts

# The last thing that the portal asks for is the follow-up a year after the end.
SETTLED_AFTER = timedelta(days=430)


def exchanges_to_copy() -> "QuerySet[Exchange]":
    """Those that are over, and that the same or a copied organisation may have had once more."""
    settled = Q(payment__state=PaymentState.PAID, closed_at__lt=clock.now() - SETTLED_AFTER)
    in_use = Profile.objects.filter(organisation=OuterRef("organisation")).exclude(state=ProfileState.ARCHIVED)
    repeatable = Q(modality=Modality.VIRTUAL) | ~Exists(in_use)
    return Exchange.objects.filter(Q(is_recorded=True) | settled, repeatable, state=ExchangeState.CLOSED)


def rows_of(exchanges: "QuerySet[Exchange]") -> dict[Model, "QuerySet[Any]"]:
    """The exchanges, their matches and visits, and the profiles and organisations that are no longer in use."""
    in_use = Profile.objects.filter(organisation=OuterRef("organisation")).exclude(state=ProfileState.ARCHIVED)
    matches = Match.objects.filter(pk__in=exchanges.values("match"))
    sides = Q(pk__in=matches.values("visiting_profile")) | Q(pk__in=matches.values("host_profile"))
    profiles = Profile.objects.filter(sides, ~Exists(in_use))
    return {
        Organisation: Organisation.objects.filter(pk__in=profiles.values("organisation")),
        Profile: profiles,
        Match: matches,
        Visit: Visit.objects.filter(pk__in=exchanges.values("visit")),
        Exchange: exchanges,
    }


class Multiplier:
    """Makes copies of all exchanges that are over, and more of one Partnership's.

    That Partnership (the one whose coordinator is measured) gets as many as the others have on average.
    """

    def __init__(self, partnership: Partnership | None = None) -> None:
        vop = "match__visiting_profile__partnership"
        found = exchanges_to_copy()
        own = found.filter(**{vop: partnership}) if partnership else found.none()
        self.everything = RowCopies("all", rows_of(found))
        self.own = RowCopies("own", rows_of(own)) if own else None
        average = found.count() / max(1, found.order_by().values(vop).distinct().count())
        self.more_of_own = max(0, round(average / len(own)) - 1) if own else 0
        self.copies = 0

    def grow_to(self, exchanges: int) -> int:
        """Copy until there are so many, or as near below as whole copies come; how many there are then."""
        missing = exchanges - Exchange.objects.count()
        own = self.own.exchanges if self.own else 0
        rounds = max(0, missing // (self.everything.exchanges + self.more_of_own * own))
        self._make(self.everything, rounds)
        if self.own:
            self._make(self.own, max(0, missing - rounds * self.everything.exchanges) // own)
        store_counts()
        counts = (StoredCount._meta.db_table, CountedLive._meta.db_table)
        after_loading(StateEvent._meta.db_table, *counts, *(table.name for table in self.everything.tables.values()))
        count_funnel()
        return Exchange.objects.count()

    def _make(self, rows: RowCopies, copies: int) -> None:
        rows.make(copies, numbered_from=self.copies)
        self.copies += copies
