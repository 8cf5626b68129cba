"""Performs transitions: lock, check, call, save, write the event, run what follows."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import PERSON_SIDES, PORTAL, Actor, Principal, Side, sides_of
from cxc.core.languages import in_the_portals_language
from cxc.core.refusals import Refused
from cxc.core.sanitise import LONG, in_lines
from cxc.workflow import registry
from cxc.workflow.locking import lock, lock_above
from cxc.workflow.models import StateEvent
from cxc.workflow.refusals import NotAllowed, ReasonMissing, RequirementsUnmet, WrongState
from cxc.workflow.requirements import LIVE, Mode, Requirement, Timing, TransitionContext, UnmetRequirement
from cxc.workflow.transitions import StatefulModel, Transition, kind_of, running, transitions_of
from cxc.workflow.unit_of_work import unit_of_work

T = TypeVar("T", bound=StatefulModel)


def perform(thing: T, name: str, *, by: Actor, reason: str = "", timing: Timing = LIVE, **facts: Any) -> T:
    """Carry out a transition and return the thing as it stands afterwards (`thing` itself, renewed).

    NotAllowed, WrongState, ReasonMissing or RequirementsUnmet when refused: nothing is changed then.
    Whatever the transition's own body or a follower raises also undoes everything.
    """
    declared = transitions_of(type(thing))[name]
    with _constraints_as_requirements(thing), unit_of_work():
        locked = lock(thing, keep_known=timing.is_recorded)
        context = _context_for(declared, locked, by, reason, timing, facts)
        event = _carry_out(declared, context)
        if declared.deletes:
            _keep(event)
            _follow(declared, context)
            locked.delete()
        else:
            locked.save()
            _keep(event)
            _follow(declared, context)
    thing.take_from(locked)
    return thing


def create(thing: T, name: str = "create", *, by: Actor, reason: str = "", timing: Timing = LIVE, **facts: Any) -> T:
    """Save a new thing through the transition that creates it; refused like any other."""
    declared = transitions_of(type(thing))[name]
    with _constraints_as_requirements(thing), unit_of_work():
        lock_above(thing)
        context = _context_for(declared, thing, by, reason, timing, facts)
        event = _carry_out(declared, context)
        thing.save()
        if event is not None:
            event.thing_id, event.label = thing.pk, _label_kept(thing)
        _keep(event)
        _follow(declared, context)
    return thing


@dataclass(frozen=True)
class RecordedStep:
    """One transition of a path that is recorded afterwards, with the moment it happened."""

    name: str
    at: datetime
    side: Side | None = None
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def record(thing: T, steps: Iterable[RecordedStep], *, by: Actor, source: str) -> T:
    """Enter what happened outside the portal: a whole dated path, in one lock and one save.

    Facts are checked at each step; timing is set aside and documents count as met. `by` is the
    Support Office (or the portal itself); `source` says where this is known from. One event a
    step. A new thing's path begins with the transition that creates it; steps come in the order in which they happened,
    none after now. What follows the steps runs after the one save, and sees the thing as it stands
    at the end of its path. Rule: docs/rules.md, Recorded afterwards.
    """
    if by.principal not in {Principal.SUPPORT_OFFICE, Principal.PORTAL} or not source.strip():
        raise NotAllowed(_("Only the Support Office records afterwards, and it names the source."))
    path, is_new = list(steps), thing.pk is None
    _refuse_impossible_path(thing, path, is_new=is_new)
    with _constraints_as_requirements(thing), unit_of_work():
        if is_new:
            lock_above(thing, keep_known=True)
        row = thing if is_new else lock(thing)
        passed = [_record_step(row, step, by, source) for step in path]
        row.save()
        for _declared, _context, event in passed:
            if event is not None:
                event.thing_id, event.label = row.pk, _label_kept(row)
        StateEvent.objects.bulk_create([event for *_rest, event in passed if event is not None])
        _follow_once(passed)
    if not is_new:
        thing.take_from(row)
    return thing


def _refuse_impossible_path(thing: StatefulModel, path: list[RecordedStep], *, is_new: bool) -> None:
    """ValueError for a path that is none; Refused for days that can't be."""
    known = transitions_of(type(thing))
    creating = [known[step.name].creates for step in path]
    if not path or creating != [is_new] + [False] * (len(path) - 1) or any(known[step.name].deletes for step in path):
        raise ValueError(
            "A path begins by creating the thing when it is new, and neither creates it again nor deletes it."
        )
    moments = [step.at for step in path]
    if moments != sorted(moments):
        raise Refused(_("%(thing)s: what is recorded happened in another order than its dates say.") % {"thing": thing})
    if moments[-1] > clock.now():
        raise Refused(_("%(thing)s: only what has happened already is recorded afterwards.") % {"thing": thing})


def _record_step(
    row: StatefulModel, step: RecordedStep, by: Actor, source: str
) -> tuple[Transition, TransitionContext, StateEvent | None]:
    declared = transitions_of(type(row))[step.name]
    side = step.side or declared.sides[0].side
    context = TransitionContext(row, by, side, Timing(Mode.RECORDED, step.at, source), step.reason, step.facts)
    _refuse_wrong_state(declared, row)
    if unmet := unmet_requirements(declared, context):
        raise RequirementsUnmet(unmet)
    return declared, context, _carry_out(declared, context)


@contextmanager
def _constraints_as_requirements(thing: StatefulModel) -> Iterator[None]:
    """A constraint that a parallel transition has made this one violate, refused with the requirement behind it."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        need = thing.constraint_requirements.get(name)
        if need is None:
            raise
        raise RequirementsUnmet([UnmetRequirement(need, str(need.otherwise))]) from error


def unmet_requirements(declared: Transition, context: TransitionContext) -> list[UnmetRequirement]:
    """What of the transition's requirements (own, from above, of the acting side) is not met."""
    return [unmet for need in needs(declared, context) if (unmet := need.unmet(context)) is not None]


def needs(declared: Transition, context: TransitionContext) -> tuple[Requirement, ...]:
    """The requirements that this side has to meet for this transition."""
    may = declared.may(context.side)
    return (*(may.requires if may else ()), *registry.requirements_of(kind_of(context.thing), declared))


def sides_that_may(declared: Transition, thing: StatefulModel, actor: Actor) -> list[Side]:
    """The sides on which the actor may perform this transition, in the order of the declaration."""
    own = sides_of(actor, thing)
    if not (actor.signatory if declared.by_signatories else actor.may_write):
        own &= PERSON_SIDES
    return [may.side for may in declared.sides if may.side in own]


def _context_for(
    declared: Transition, thing: StatefulModel, by: Actor, reason: str, timing: Timing, facts: Mapping[str, Any]
) -> TransitionContext:
    """The context of the first side on which the least is unmet; refused where something is."""
    reason = _within_its_limit(in_lines(reason))
    contexts = [
        TransitionContext(thing, by, side, timing, reason, facts) for side in _sides(declared, thing, by, timing)
    ]
    if not contexts:
        raise not_allowed(declared)
    _refuse_wrong_state(declared, thing)
    answers = [(context, unmet_requirements(declared, context)) for context in contexts]
    context, unmet = min(answers, key=lambda answer: len(answer[1]))
    if unmet:
        raise RequirementsUnmet(unmet)
    if declared.wants_reason(context.side) and not context.reason and not timing.is_recorded:
        raise ReasonMissing
    return context


def _within_its_limit(reason: str) -> str:
    if len(reason) > LONG:
        sentence = _("Shorten the reason to %(most)d characters: it has %(count)d.")
        raise Refused(sentence % {"most": LONG, "count": len(reason)})
    return reason


def _sides(declared: Transition, thing: StatefulModel, by: Actor, timing: Timing) -> list[Side]:
    if timing.is_recorded and by.principal in {Principal.SUPPORT_OFFICE, Principal.PORTAL}:
        return [declared.sides[0].side]
    return sides_that_may(declared, thing, by)


def _refuse_wrong_state(declared: Transition, thing: StatefulModel) -> None:
    if thing.state not in declared.source:
        raise wrong_state(declared, thing)


def not_allowed(declared: Transition) -> NotAllowed:
    """The refusal of one who stands on no side that may perform this transition; it names who may."""
    sentences = [_("You may not do this: %(transition)s.") % {"transition": declared.label}]
    if who := [str(may.side.label) for may in declared.sides if may.side is not Side.PORTAL]:
        sentences.append(_("It is done by: %(who)s.") % {"who": ", ".join(who)})
    return NotAllowed(*sentences)


def wrong_state(declared: Transition, thing: StatefulModel) -> WrongState:
    """The refusal of a transition that does not begin where the thing stands."""
    return WrongState(
        _("%(thing)s is “%(state)s” now; this can't be done from there: %(transition)s.")
        % {"thing": thing, "state": thing.get_state_display(), "transition": declared.label}  # type: ignore[attr-defined]
    )


def _carry_out(declared: Transition, context: TransitionContext) -> StateEvent | None:
    """Call the transition and make its event (not yet saved)."""
    before = "" if declared.creates else context.thing.state
    token = running.set(context)
    try:
        details = getattr(context.thing, declared.name)(**context.facts)
    finally:
        running.reset(token)
    if broken := [unmet for need in declared.invariants if (unmet := need.unmet(context)) is not None]:
        raise RequirementsUnmet(broken)
    if declared.silent:
        return None
    return StateEvent(
        kind=kind_of(context.thing),
        thing_id=context.thing.pk,
        label=_label_kept(context.thing) if context.thing.pk else "",
        transition=declared.name,
        from_state=before,
        to_state=StateEvent.DELETED if declared.deletes else context.thing.state,
        by_user=context.actor.user,
        side=context.side,
        principal_label=_principal_label(context.actor),
        reason=context.reason,
        details=details or {},
        happened_at=context.now,
        recorded_at=clock.now(),
        is_recorded=context.is_recorded,
        source=context.timing.source,
    )


@in_the_portals_language
def _label_kept(thing: StatefulModel) -> str:
    return thing.event_label()


@in_the_portals_language
def _principal_label(actor: Actor) -> str:
    return str(actor.label)


def _keep(event: StateEvent | None) -> None:
    if event is not None:
        event.save()


def _follow(declared: Transition, context: TransitionContext) -> None:
    for follower in registry.followers_of(kind_of(context.thing), declared.name):
        follower(context)


def _follow_once(passed: list[tuple[Transition, TransitionContext, StateEvent | None]]) -> None:
    """Each follower once, for the last step that it follows: all see the thing as it stands at the end."""
    last = {
        follower: context
        for declared, context, _event in passed
        for follower in registry.followers_of(kind_of(context.thing), declared.name)
    }
    for follower, context in last.items():
        follower(context)


def perform_as_system(thing: T, name: str, *, timing: Timing = LIVE, reason: str = "", **facts: Any) -> T:
    """`perform` as the portal."""
    return perform(thing, name, by=PORTAL, timing=timing, reason=reason, **facts)
