"""What joining a visit means at the stage that it has reached: places, documents, signatures, time for the CTQ.

The visits come `with_stage`. Rule: docs/joining-and-leaving.md.
"""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.access.scoped import Actor, may_see
from cxc.workflow import consequences
from cxc.workflow.deadlines import Deadlines, days
from exchanges.deadlines import answer_due_on
from exchanges.enums import (
    CONFIRMED_STATES,
    EXCHANGE,
    LOCKED_STATES,
    VALIDATED_STATES,
    ExchangeState,
    PartState,
    VisitState,
)
from exchanges.models import Exchange, SharedPart, Visit, VisitProposal
from exchanges.rules.stay import working_dates
from matching.models import Match
from profiles.enums import Modality

MATCH = "matching.match"
ONE_DAY = timedelta(days=1)


def visit_at_stage(pk: int) -> Visit:
    """The visit with all that its sentences read."""
    return Visit.objects.with_stage().get(pk=pk)


def of_adding(visit: Visit, actor: Actor) -> list[str]:
    """For the Partnerships that add exchanges to the visit, or let somebody join it."""
    deadlines = Deadlines()
    found = [
        _places(visit),
        _waiting_list(visit, actor),
        *_documents(visit),
        _time(visit, visit.first_day, deadlines),
        _used_up(visit),
        _open_move(visit),
    ]
    return [sentence for sentence in found if sentence]


def of_asking(visit: Visit) -> list[str]:
    """For a visitor that asks for a place."""
    deadlines = Deadlines()
    found = [*_documents(visit), _time(visit, visit.first_day, deadlines), _used_up(visit)]
    return [sentence for sentence in found if sentence]


def of_accepting(match: Match, actor: Actor) -> list[str]:
    """For those who accept a proposal; empty where it is for no visit."""
    proposal = VisitProposal.objects.filter(match=match.pk).first()
    if proposal is None:
        return []
    visit = visit_at_stage(proposal.visit_id)
    places = [_places(visit)] if may_see(actor, visit, "join_requests") else []
    return [_which_visit(visit), *places, *of_asking(visit)]


def _which_visit(visit: Visit) -> str:
    values = {"visit": visit, "first": date_format(visit.first_day), "last": date_format(visit.last_day)}
    return _("The proposal is for this visit: %(visit)s, from %(first)s to %(last)s.") % values


def of_preparing(exchange: Exchange, _actor: Actor) -> list[str]:
    """For those who start the preparation of an exchange, or reopen it."""
    visit, deadlines = visit_at_stage(exchange.visit_id), Deadlines()
    found = [*_documents(visit, besides=exchange.pk), _time(visit, exchange.start or visit.first_day, deadlines)]
    return [sentence for sentence in found if sentence]


def of_reopening(exchange: Exchange, actor: Actor) -> list[str]:
    """The same, and what becomes of what was validated and signed before it was cancelled."""
    return [sentence for sentence in (_documents_of_reopened(exchange), *of_preparing(exchange, actor)) if sentence]


consequences.describe_at_stage(MATCH, "visitor_yes", "host_yes", sentences=of_accepting)
consequences.describe_at_stage(EXCHANGE, "prepare", sentences=of_preparing)
consequences.describe_at_stage(EXCHANGE, "reopen_cancelled", sentences=of_reopening)


# --- places ------------------------------------------------------------------------------------------------


def _places(visit: Visit) -> str:
    return _places_of_open_visit(visit) if visit.state == VisitState.OPEN else _places_of_planned_visit(visit)


def _places_of_open_visit(visit: Visit) -> str:
    values = {"count": visit.free_places, "places": visit.effective_places}
    if not visit.free_places:
        full = _(
            "All %(places)s places are taken or asked for; whoever asked for this visit holds one of them. Others can"
            " be added as a draft, but their preparation starts only when a place is free."
        )
        return full % values
    sentence = ngettext(
        "%(count)s of %(places)s places is free. Drafts and open requests are counted.",
        "%(count)s of %(places)s places are free. Drafts and open requests are counted.",
        visit.free_places,
    )
    return sentence % values


def _places_of_planned_visit(visit: Visit) -> str:
    """The host's place is held by the match already; the visit has one for each exchange in preparation or further."""
    present = [one for one in visit.exchanges.all() if one.state != ExchangeState.CANCELLED]
    free = visit.effective_places - len(present)
    values = {"count": free, "places": visit.effective_places}
    if free > 0:
        sentence = ngettext(
            "%(count)s of %(places)s places of the visit is free.",
            "%(count)s of %(places)s places of the visit are free.",
            free,
        )
        return sentence % values
    full = _(
        "No place of the visit is free: it has %(places)s, drafts counted. Another exchange can be added as a draft,"
        " but its preparation starts only when a place is free."
    )
    return full % values


def _waiting_list(visit: Visit, actor: Actor) -> str:
    count = visit.waiting_count
    if not count or not may_see(actor, visit, "join_requests"):
        return ""
    sentence = ngettext(
        "%(count)s visitor is on the waiting list. Offer it a free place before you add somebody else.",
        "%(count)s visitors are on the waiting list. Offer them a free place before you add somebody else.",
        count,
    )
    return sentence % {"count": count}


def _used_up(visit: Visit) -> str:
    if visit.modality != Modality.PHYSICAL:
        return ""
    return _(
        "A draft does not count as the visitor's one physical exchange in this generation. It counts from the start of"
        " its preparation."
    )


def _open_move(visit: Visit) -> str:
    if not any(move.is_open for move in visit.moves.all()):
        return ""
    return _("A move of the visit to other days is open. The Partnership of a new visitor is asked to agree to it too.")


# --- documents -----------------------------------------------------------------------------------------------


def _documents(visit: Visit, besides: int | None = None) -> list[str]:
    """`besides`: the exchange that joins."""
    others = [one for one in visit.exchanges.all() if one.state != ExchangeState.CANCELLED and one.pk != besides]
    kept = _("What was validated and signed for the other exchanges of the visit stays valid.") if others else ""
    return [_shared_part(visit, others), kept]


def _shared_part(visit: Visit, others: list[Exchange]) -> str:
    shared = visit.shared_part_or_none
    is_locked = any(one.state in LOCKED_STATES for one in others)
    if shared is None:
        return ""
    values = {"version": shared.version}
    if is_locked:
        return _locked(shared)
    if shared.state in VALIDATED_STATES:
        return (
            _(
                "The shared part of the CTQ is validated. A new visitor signs version %(version)s of it, unless it is"
                " changed before."
            )
            % values
        )
    if shared.state == PartState.READY:
        return _(
            "The shared part of the CTQ waits for the Support Office. The own part of a new visitor is validated after"
            " it."
        )
    return _being_written(shared, others)


def _locked(shared: SharedPart) -> str:
    locked = _("An exchange of the visit is ready to start or further on, so shared part, agenda and dates are locked.")
    if shared.state not in VALIDATED_STATES:
        return locked
    stands = _("A new visitor signs version %(version)s of the shared part as it stands.")
    return f"{locked} {stands % {'version': shared.version}}"


def _being_written(shared: SharedPart, others: list[Exchange]) -> str:
    text = _(
        "The shared part of the CTQ is still being written. A new visitor can remark on it, and signs the version that"
        " the Support Office validates."
    )
    if not shared.learning_between_visitors and any(one.state in CONFIRMED_STATES for one in others):
        needed = _("With several visitors it has to say what they learn from each other.")
        return f"{text} {needed}"
    return text


def _documents_of_reopened(exchange: Exchange) -> str:
    own, shared = exchange.own_part_or_none, exchange.visit.shared_part_or_none
    version = own.current_version if own is not None and own.state in VALIDATED_STATES else None
    if version is None or shared is None:
        return ""
    if shared.state in VALIDATED_STATES and version.shared_version == shared.version:
        return _("Its CTQ counts again with the signatures that it has: the shared part is the same.")
    return _("The shared part has changed since, so its CTQ is validated and signed again.")


# --- time for the Commitment to Quality ----------------------------------------------------------------------


def _time(visit: Visit, first_day: date, deadlines: Deadlines) -> str:
    """Whether there is time left, for an exchange that begins on this day."""
    if deadlines.now >= visit.midnight_of(first_day):
        return _after_the_beginning(visit, deadlines)
    due = first_day - days(deadlines.scheme.ctq_days_before_start)
    values = {
        "due": date_format(due),
        "days": deadlines.scheme.ctq_days_before_start,
        "answer_days": deadlines.scheme.ctq_answer_working_days,
        "first": date_format(first_day),
    }
    if deadlines.today(visit.time_zone) > due:
        return _late_ctq(visit, first_day, deadlines, values)
    return (
        _(
            "There is time for the CTQ: it is due at the Support Office on %(due)s, %(days)s days before the start. The"
            " Support Office answers within %(answer_days)s working days."
        )
        % values
    )


def _late_ctq(visit: Visit, first_day: date, deadlines: Deadlines, values: dict[str, object]) -> str:
    late = _(
        "The CTQ is late: it was due at the Support Office on %(due)s. It can still be handed in, and has to be"
        " validated and signed by all before %(first)s."
    )
    answer = answer_due_on(deadlines.now, deadlines.scheme.ctq_answer_working_days, deadlines, visit.lead)
    if answer < first_day:
        return late % values
    too_late = _("The Support Office has until %(answer)s to answer, which may be too late for the start.")
    return f"{late % values} {too_late % {'answer': date_format(answer)}}"


def _after_the_beginning(visit: Visit, deadlines: Deadlines) -> str:
    tomorrow = max(deadlines.today(visit.time_zone) + ONE_DAY, visit.first_day)
    left, least = _working_days_from(visit, tomorrow), visit.host_profile.generation.min_working_days
    values = {"left": left, "least": least, "first": date_format(tomorrow), "last": date_format(visit.last_day)}
    if left < least:
        sentence = ngettext(
            "It is too late to join: %(left)s working day of the visit is left, and an exchange needs %(least)s.",
            "It is too late to join: %(left)s working days of the visit are left, and an exchange needs %(least)s.",
            left,
        )
        return sentence % values
    return (
        _(
            "The visit has begun. Choose a stay between %(first)s and %(last)s for a new visitor. Its CTQ is late, and"
            " has to be validated and signed by all before that stay begins."
        )
        % values
    )


def _working_days_from(visit: Visit, first: date) -> int:
    if first > visit.last_day:
        return 0
    worked, not_worked = visit.marked_days()
    counting = working_dates(visit.host_country.pk, first, visit.last_day, worked=worked, not_worked=not_worked)
    return len(counting)
