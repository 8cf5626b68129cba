"""Thirty rules, each with the change that breaks it and the tests that have to notice. Rules: docs/rules.md.

They are of every kind: what transitions require, days and money, who sees and signs what, queues and locks, forms.
Where a constraint of the database holds a rule too, the code that tells people before they try is what is broken.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A rule, and how it is broken: in this file the right text is replaced by the wrong one.

    tests  of which at least one has to fail then
    """

    sentence: str
    file: str
    right: str
    wrong: str
    tests: str


RULES = (
    # --- matches and profiles ---
    Rule(
        "A host that has no free place can't accept.",
        "matching/requirements/confirmation.py",
        "return held < match.host_profile.places or _(",
        "return held <= match.host_profile.places or _(",
        "tests/matching/test_places.py",
    ),
    Rule(
        "A proposal whose visitor is matched elsewhere waits for nobody.",
        "matching/models/match/querysets.py",
        "return self.filter(~self._elsewhere(), state=MatchState.PROPOSED)",
        "return self.filter(state=MatchState.PROPOSED)",
        "tests/matching/views/test_matches_list.py",
    ),
    Rule(
        "Visitor and host are in different countries.",
        "matching/requirements/proposals.py",
        "if visiting.organisation.country_id == host.organisation.country_id:",
        "if visiting.organisation_id == host.organisation_id:",
        "tests/matching/test_requirements.py",
    ),
    Rule(
        "A visitor has no more open proposals than the settings allow.",
        "matching/requirements/proposals.py",
        "return made.count() < limit or _(",
        "return made.count() <= limit or _(",
        "tests/matching/test_requirements.py",
    ),
    Rule(
        "Nobody proposes after the period of a profile.",
        "matching/requirements/proposals.py",
        "if end is not None and end <= context.now:",
        "if end is not None and end > context.now:",
        "tests/matching/test_period_over.py",
    ),
    Rule(
        "Only the side that ended a match undoes that.",
        "matching/requirements/answers.py",
        "return context.side is Side.SO or bool(context.thing.ended_by == context.side)",
        "return True",
        "tests/matching/test_undo_and_reopen.py",
    ),
    Rule(
        "Nobody publishes the profile of an organisation that they belong to.",
        "profiles/requirements.py",
        "return context.thing.organisation_id not in context.actor.organisations",
        "return True",
        "tests/profiles/services/test_profiles.py",
    ),
    Rule(
        "Drafts are archived only once nobody has touched them for long enough.",
        "profiles/requirements.py",
        "return deadlines.archived_from(context.thing) <= context.now",
        "return True",
        "tests/profiles/services/test_archive.py",
    ),
    Rule(
        "An organisation keeps an owner.",
        "profiles/services/members.py",
        "    if role != leading_role(team):\n        _refuse_last(team, membership)",
        "    if role == leading_role(team):\n        _refuse_last(team, membership)",
        "tests/profiles/services/test_members.py",
    ),
    # --- days and money ---
    Rule(
        "National holidays are no working days.",
        "cxc/core/calendar.py",
        "return day.weekday() < _SATURDAY and (day in removed or not holiday)",
        "return day.weekday() < _SATURDAY",
        "tests/core/test_calendar.py",
    ),
    Rule(
        "A stay has at least the least working days.",
        "exchanges/rules/stay.py",
        '    if days >= least:\n        return ""',
        '    if days >= least - 1:\n        return ""',
        "tests/exchanges/services/test_figures.py",
    ),
    Rule(
        "A stay ends within a month.",
        "exchanges/rules/stay.py",
        '    if end < limit:\n        return ""',
        '    if end <= limit:\n        return ""',
        "tests/exchanges/services/test_figures.py",
    ),
    Rule(
        "A stay lies within the visit.",
        "exchanges/rules/stay.py",
        "if visit.first_day <= start and end <= visit.last_day:",
        "if visit.first_day <= start or end <= visit.last_day:",
        "tests/exchanges/services/test_figures.py",
    ),
    Rule(
        "The lump sum is within the host country's ceiling.",
        "exchanges/rules/money.py",
        "if amount is None or amount <= ceiling:",
        "if amount is None or amount <= 2 * ceiling:",
        "tests/exchanges/services/test_figures.py",
    ),
    Rule(
        "No more is paid than is due.",
        "exchanges/rules/money.py",
        "if 0 < amount <= payment.amount_due:",
        "if 0 < amount:",
        "tests/exchanges/services/test_payments.py",
    ),
    Rule(
        "Shares of the ceiling are rounded to the cent, halves up.",
        "exchanges/rules/money.py",
        "return (ceiling * percent / 100).quantize(CENT, ROUND_HALF_UP)",
        'return (ceiling * percent / 100).quantize(CENT, "ROUND_DOWN")',
        "tests/exchanges/services/test_figures.py",
    ),
    Rule(
        "Another amount than the pay-out rule gives is paid for a reason.",
        "exchanges/requirements/money.py",
        "        or bool(exchange.payable_why)\n",
        "        or True\n",
        "tests/exchanges/services/test_payments.py tests/exchanges/services/test_money_holds.py",
    ),
    # --- exchanges and documents ---
    Rule(
        "Nobody decides on the money of an organisation that they belong to.",
        "exchanges/requirements/completion.py",
        "return exchange_of(context.thing).organisation_id not in context.actor.organisations",
        "return True",
        "tests/exchanges/services/test_figures.py",
    ),
    Rule(
        "An exchange is closed with its report accepted.",
        "exchanges/requirements/completion.py",
        "return report is not None and report.state == ReportState.ACCEPTED",
        "return report is not None",
        "tests/lifecycles/test_table.py",
    ),
    Rule(
        "A visitor has one physical exchange in a generation.",
        "exchanges/requirements/preparation/participants.py",
        "return loaded(exchange, _other_physical) is None or _(",
        "return True or _(",
        "tests/exchanges/services/test_carrying_out_moves.py",
    ),
    Rule(
        "A visit takes no more visitors than it has places.",
        "exchanges/requirements/preparation/stay.py",
        'return taken < limit or _("Ask the lead',
        'return taken <= limit or _("Ask the lead',
        "tests/exchanges/services/test_visits.py",
    ),
    Rule(
        "An exchange is ready only once the Financial Agreement is signed.",
        "exchanges/requirements/preparation/signed_documents.py",
        "    if agreement is not None and agreement.state == PartState.SIGNED:\n",
        "    if agreement is not None:\n",
        "tests/workflow/test_execution.py",
    ),
    Rule(
        "Evidence is accepted by who has opened it.",
        "exchanges/requirements/report_and_evidence.py",
        "return context.is_recorded or bool(context.thing.openings.filter(user=context.actor.user).exists())",
        "return True",
        "tests/exchanges/views/test_decisions.py",
    ),
    Rule(
        "An exchange begins at midnight of its first day at the host's.",
        "exchanges/requirements/preparation/start.py",
        "def start_reached(context: TransitionContext) -> bool:\n    start = agreed_start_moment(context.thing)\n"
        "    return start is not None and context.now >= start",
        "def start_reached(context: TransitionContext) -> bool:\n    start = agreed_start_moment(context.thing)\n"
        "    return start is not None",
        "tests/exchanges/services/test_start.py",
    ),
    # --- who sees what ---
    Rule(
        "Who may not see a thing gets no page of it.",
        "cxc/access/scoped.py",
        "    if thing is None or not sides_of(actor, thing):\n        raise Http404",
        "    if thing is None:\n        raise Http404",
        "tests/exchanges/views/test_roles.py",
    ),
    Rule(
        "Lists hold what the reader may see.",
        "cxc/access/scoped.py",
        "        if not ways:\n            return self.none()",
        "        if not ways:\n            return self",
        "tests/exchanges/views/test_roles.py tests/exchanges/views/test_lists.py",
    ),
    Rule(
        "Signing waits for signatories, not for everybody.",
        "cxc/todo/stored.py",
        "listed = [one for one in listed if actor.signatory and one.todo.needs is Needs.SIGN]",
        "listed = list(listed)",
        "tests/todo/test_for_whom.py tests/todo/test_items.py",
    ),
    # --- what runs by itself, and forms ---
    Rule(
        "A mail that is being sent is taken by one worker alone.",
        "cxc/comms/delivery.py",
        "mail = due(now).select_for_update(skip_locked=True).filter(pk=pk).first()",
        "mail = due(now).filter(pk=pk).first()",
        "tests/comms/test_outbox_parallel.py",
    ),
    Rule(
        "A transition is refused while a requirement is not met.",
        "cxc/workflow/execution.py",
        "        raise RequirementsUnmet(unmet)\n    return declared, context",
        "        pass\n    return declared, context",
        "tests/exchanges/test_recorded_afterwards.py",
    ),
    Rule(
        "What was changed by somebody else meanwhile is not overwritten.",
        "cxc/workflow/edits.py",
        "if version_read is not None and version_read != thing.row_version:",
        "if version_read is not None and version_read > thing.row_version:",
        "tests/exchanges/services/test_concurrent_edits.py",
    ),
)
