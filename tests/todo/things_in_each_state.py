"""Things of every kind on which something is owed, in each state in which it is, side by side in one database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from cxc.todo import reconcile
from cxc.todo.models import ReconcileRequest
from cxc.workflow import create, perform
from exchanges.models import Visit
from exchanges.services import agenda
from helpdesk.services.messages import write_message
from helpdesk.services.questions import ask_question
from matching.models import Match
from profiles.enums import Modality
from profiles.models import Sector
from tests.factories import people
from tests.factories.cache import cached
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import completion, lifecycle, open_visits, states, visit_moves
from tests.scenarios.lifecycle import FIRST, LAST


def parties_with_things() -> Parties:
    """The usual parties; their own exchange is in preparation with nothing validated, and others stand beside it.

    The to-do of all of them is derived, and nothing asks for it any more.
    """
    parties = _parties_with_things()
    # A world from the cache is written anew, which the triggers note.
    ReconcileRequest.objects.all().delete()
    return parties


@cached
def _parties_with_things() -> Parties:
    parties = usual_parties()
    first = lifecycle.in_preparation(parties)
    figures = {"start": first.agreed_start, "end": first.agreed_end, "lump_sum": first.agreed_lump_sum}
    perform(first, "set_agreed", by=parties.vop_coordinator, sector=Sector.objects.first(), **figures)
    others = _other_visitors(parties)
    _on_the_way(others, first.visit)
    _at_other_hosts(parties)
    _profiles_and_questions(parties, others)
    reconcile.reconcile_everything()
    return parties


def _other_visitors(parties: Parties) -> Iterator[Parties]:
    while True:
        yield with_another_visitor(parties)


def _on_the_way(others: Iterator[Parties], visit: Visit) -> None:
    """One more exchange of the same visit, whose own part and agreement wait for an answer."""
    joined = next(others)
    of = lifecycle.joined(joined, visit)
    lifecycle.submitted_own_part(joined, of)
    lifecycle.submitted_agreement(joined, of)


def _at_other_hosts(parties: Parties) -> None:
    """Each with parties of its own under the same Partnerships: further on, over, planned, matched, proposed."""
    lifecycle.validated_documents(apart := _apart(parties), lifecycle.in_preparation(apart))
    states.prepared_exchange(_apart(parties))
    lifecycle.planned(_apart(parties))
    lifecycle.ready(_apart(parties))
    lifecycle.confirmed(_apart(parties))
    lifecycle.proposed(_apart(parties))
    lifecycle.in_preparation(_apart(parties), Modality.VIRTUAL)
    _written(_apart(parties))
    states.ready_shared(_apart(parties))
    states.ready_own(_apart(parties))
    _under_way(_apart(parties))
    completion.completed(_apart(parties))
    states.submitted_report(_apart(parties))
    completion.closed(_apart(parties))
    states.recorded_submission(_apart(parties))
    open_visits.waiting_entry(_apart(parties))
    states.asked_move(_apart(parties))
    states.agreed_move(_apart(parties))
    _agreed_while_one_is_ready(_apart(parties))
    _waiting_for_place_held_elsewhere(_apart(parties))


def _apart(parties: Parties) -> Parties:
    visitor, host = people.organisation("ES"), people.organisation("BE")
    return replace(
        parties,
        visitor=visitor,
        host=host,
        vo=people.member(visitor, signs=True),
        ho=people.member(host, signs=True),
    )


def _waiting_for_place_held_elsewhere(parties: Parties) -> None:
    """The host's one place is taken by an exchange of its own visit, and given back before the open one begins."""
    host = open_visits.published_host(parties, places=1)
    other, visitor = open_visits.another_published_visitor(parties)
    match = create(Match(visiting_profile=other, host_profile=host, modality="physical"), "propose", by=visitor)
    perform(match, "host_yes", by=parties.ho)
    coordinator = parties.vop_coordinator
    perform(lifecycle.exchange(match, lifecycle.visit(match, coordinator), coordinator), "prepare", by=coordinator)
    later = {name: day + timedelta(days=56) for name, day in (("first_day", FIRST), ("last_day", LAST))}
    visit = open_visits.open_visit(parties, host, **later)
    open_visits.waiting_on(visit, open_visits.published_visitor(parties), parties.vo)


def _agreed_while_one_is_ready(parties: Parties) -> None:
    """The Support Office sets the exchange back before its visit can be moved."""
    visit_moves.agree(visit_moves.ask(lifecycle.ready(parties).visit, parties.vop_coordinator), parties.ho)


def _written(parties: Parties) -> None:
    """All documents of an exchange are written, and none is marked ready for validation."""
    exchange = lifecycle.in_preparation(parties)
    own, shared, agreement = exchange.own_part, exchange.visit.shared_part, exchange.agreement
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields=lifecycle.OWN_TEXTS)
    perform(agreement, "edit", by=parties.vo, version_read=agreement.row_version, fields={"iban": lifecycle.IBAN})
    perform(shared, "edit", by=parties.ho, version_read=shared.row_version, fields=lifecycle.SHARED_TEXTS)
    lines = lifecycle.agenda_lines(exchange.visit)
    agenda.save_agenda(shared, lines, by=parties.ho, version_read=shared.row_version)


def _under_way(parties: Parties) -> None:
    completion.submitted_evidence(lifecycle.ongoing(parties), parties.vo)


def _profiles_and_questions(parties: Parties, others: Iterator[Parties]) -> None:
    states.draft_profile(next(others))
    states.submitted_profile(next(others))
    states.refused_profile(next(others))
    ask_question(by=parties.vo, subject="When?", text="By when?")
    answered = ask_question(by=parties.vo, subject="Who?", text="Who pays?")
    write_message(answered, by=parties.vop_coordinator, text="We do.")
