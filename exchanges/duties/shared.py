"""What is owed before an exchange's own papers: building it, and the shared part of its visit."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.duties import Duty, Watch
from exchanges import deadlines, links
from exchanges.enums import BEING_WRITTEN_STATES, ExchangeState, PartState
from exchanges.models import Exchange, SharedPart
from matching.enums import MatchState
from matching.models import Match

HO, VOP, HOP, LEAD, SO = Side.HO, Side.VOP, Side.HOP, Side.LEAD, Side.SO


# --- confirmed matches -----------------------------------------------------------------------


def _without_exchange() -> VisibleQuerySet:
    standing = Exchange.objects.filter(match=OuterRef("pk")).exclude(state=ExchangeState.CANCELLED)
    return Match.objects.filter(~Exists(standing), state=MatchState.CONFIRMED).with_display_relations()


MATCHES = Watch(
    "matching.match",
    _("Exchange building"),
    _without_exchange,
    (
        Duty(
            "build_exchange",
            _("Build the exchange of the confirmed match"),
            (VOP, HOP),
            lambda _match, _deadlines: True,
            since=lambda match: match.confirmed_at,
            place="next",
        ),
    ),
    states=(MatchState.CONFIRMED,),
)


# --- the shared part -----------------------------------------------------------------------------


def _shared_parts() -> VisibleQuerySet:
    """Of visits with an exchange in preparation."""
    building = Exchange.objects.filter(visit=OuterRef("visit"), state=ExchangeState.PREPARATION)
    return (
        SharedPart.objects.filter(Exists(building), state__in=[*BEING_WRITTEN_STATES, PartState.READY])
        .select_related("visit__host_profile__organisation", "visit__host_profile__partnership", "visit__lead__seat")
        .prefetch_related("visit__exchanges__match__visiting_profile", "visit__agenda_items")
    )


def _exchanges_waiting(part: SharedPart) -> list[tuple[str, int]]:
    """The exchanges whose CTQ waits for it."""
    waiting = [one for one in part.visit.exchanges.all() if one.state == ExchangeState.PREPARATION]
    return [("exchanges.exchange", one.pk) for one in waiting]


SHARED_PARTS = Watch(
    "exchanges.sharedpart",
    _("Exchange building"),
    _shared_parts,
    (
        Duty(
            "shared_part",
            _("Write the shared part of the CTQ with the agenda"),
            (HO, LEAD),
            lambda part, _deadlines: part.state in BEING_WRITTEN_STATES,
            due=deadlines.SHARED_CTQ.day,
            due_says=deadlines.SHARED_CTQ.text,
            reminds=deadlines.CTQ_REMIND,
            words=deadlines.CTQ_TEXT,
            page=links.shared_part,
            place="ctq",
        ),
        Duty(
            "validate_shared",
            _("Validate or return the shared part of the CTQ"),
            (SO,),
            lambda part, _deadlines: part.state == PartState.READY,
            due=deadlines.SHARED_VALIDATION.day,
            due_says=deadlines.SHARED_VALIDATION.text,
            reminds=deadlines.ANSWER_REMIND,
            words=deadlines.ANSWER_TEXT,
            page=links.validation_of_shared,
            since=lambda part: part.ready_at,
            queue_day=lambda part, _deadlines: deadlines.first_start(part),
        ),
    ),
    label=lambda part: str(part.visit),
    zone=lambda part: part.visit.time_zone,
    holds_up=_exchanges_waiting,
)
