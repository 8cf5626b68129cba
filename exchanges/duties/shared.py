"""What is owed before an exchange's own papers: building it, and the shared part of its visit."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.duties import Duty, Watch
from cxc.workflow.deadlines import Deadlines, days
from exchanges import links
from exchanges.duties.reading import answer_by
from exchanges.enums import BEING_WRITTEN_STATES, RUNNING_STATES, ExchangeState, PartState
from exchanges.models import Exchange, SharedPart
from matching.enums import MatchState
from matching.models import Match
from profiles.models import Partnership

HO, VOP, HOP, LEAD, SO = Side.HO, Side.VOP, Side.HOP, Side.LEAD, Side.SO
CTQ_REMINDS = (-14, -7, -2, 1, 7)
CTQ_SAYS = _("14 days before the start")
CTQ_WORDS = _("The Support Office has to have the Commitment to Quality 14 days before the start.")
ANSWER_SAYS = _("5 working days (seat of the Partnership) after it was ready")


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


def _first_start(part: SharedPart) -> date:
    starts = [exchange.start for exchange in part.visit.exchanges.all() if exchange.state in RUNNING_STATES]
    return min((start for start in starts if start), default=part.visit.first_day)


def _shared_due(part: SharedPart, deadlines: Deadlines) -> date:
    return _first_start(part) - days(deadlines.scheme.ctq_days_before_start)


def _shared_answer_due(part: SharedPart, deadlines: Deadlines) -> date | None:
    return answer_due(part.ready_at, deadlines, part.visit.lead)


def answer_due(ready_at: datetime | None, deadlines: Deadlines, asking: Partnership) -> date | None:
    """The Support Office answers within 5 working days."""
    return answer_by(ready_at, deadlines.scheme.ctq_answer_working_days, deadlines, asking) if ready_at else None


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
            due=_shared_due,
            due_says=CTQ_SAYS,
            reminds=CTQ_REMINDS,
            words=CTQ_WORDS,
            page=links.shared_part,
            place="ctq",
        ),
        Duty(
            "validate_shared",
            _("Validate or return the shared part of the CTQ"),
            (SO,),
            lambda part, _deadlines: part.state == PartState.READY,
            due=_shared_answer_due,
            due_says=ANSWER_SAYS,
            reminds=(-1, 1, 3),
            words=_("The Support Office answers within 5 working days."),
            page=lambda part: links.validation(part.visit_id),
            since=lambda part: part.ready_at,
            queue_day=lambda part, _deadlines: _first_start(part),
        ),
    ),
    label=lambda part: str(part.visit),
    zone=lambda part: part.visit.time_zone,
    holds_up=_exchanges_waiting,
)
