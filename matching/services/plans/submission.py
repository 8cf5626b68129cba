"""Submits a plan: each included pair proposed, one by one, each once; a refusal stops nobody else."""

import logging
from collections.abc import Callable

from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.personal import principal_key
from cxc.access.scoped import Actor
from cxc.workflow import Refused
from cxc.workflow.unit_of_work import unit_of_work
from matching.models import Match, Plan, PlannedPair
from matching.services.plans.lock import plan_lock
from matching.services.plans.requests import queue_work, require_own
from matching.services.proposals import propose
from profiles.queries.principals import actor_of

logger = logging.getLogger(__name__)

# How the pairs of some plans are proposed, said by apps above: a match, or None where it is not theirs to say.
Proposer = Callable[[PlannedPair, Plan, Actor], Match | None]
_proposers: list[Proposer] = []


def add_proposer(proposer: Proposer) -> Proposer:
    """Register how the pairs of some plans are proposed: `@submission.add_proposer`."""
    if proposer not in _proposers:
        _proposers.append(proposer)
    return proposer


def submit(plan: Plan, *, by: Actor, message: str = "") -> Plan:
    """Send the draft off: a worker proposes its kept pairs, as this person. Refused where it was sent before."""
    require_own(plan, by)
    with unit_of_work():
        row = Plan.objects.select_for_update().get(pk=plan.pk)
        if row.submitted_at is not None:
            raise Refused(_("Reload the page: this plan has been sent already."))
        if row.generated_at is None:
            raise Refused(_("Wait until the plan is made."))
        if not row.pairs.included().exists():
            raise Refused(_("Add a pair first: none is left in this plan."))
        row.submitted_at, row.submitted_by, row.submitted_as, row.error = clock.now(), by.user, principal_key(by), ""
        row.message = message.strip()
        row.save()
        queue_work(row)
    return row


def propose_pairs(pk: int) -> int:
    """Propose what is not proposed yet; how many were. May run twice, late, or beside itself."""
    with plan_lock(pk) as is_locked:
        plan = (
            Plan.objects.select_related("submitted_by").filter(pk=pk, sent_at=None, submitted_at__isnull=False).first()
        )
        if not is_locked or plan is None:
            return 0
        actor = _actor(plan)
        if actor is None:
            _back_to_draft(plan)
            return 0
        done = sum(_propose_one(number, plan, actor) for number in plan.pairs.waiting().values_list("pk", flat=True))
        Plan.objects.filter(pk=pk).update(sent_at=clock.now())
        return done


def _actor(plan: Plan) -> Actor | None:
    """The person who sent it, acting for the same principal as then; None when they can't any more."""
    user = plan.submitted_by
    assert user is not None  # the database wants one beside `submitted_at`
    actor = actor_of(user, plan.submitted_as)
    return actor if user.is_active and actor.may_write and principal_key(actor) == plan.submitted_as else None


def _back_to_draft(plan: Plan) -> None:
    sentence = _("%(person)s may not propose here any more: somebody else has to send it.") % {
        "person": plan.submitted_by
    }
    Plan.objects.filter(pk=plan.pk).update(submitted_at=None, submitted_by=None, submitted_as="", error=sentence)


def _propose_one(pair_id: int, plan: Plan, actor: Actor) -> bool:
    """Whether this pair was proposed now. The match, or why there is none, is written with it."""
    with unit_of_work():
        pair = PlannedPair.objects.waiting().select_for_update(of=("self",)).filter(pk=pair_id).first()
        if pair is None:
            return False
        try:
            with unit_of_work():
                pair.match = _propose(pair, plan, actor)
        except Refused as refusal:
            pair.match, pair.refused = None, " ".join(refusal.sentences) or str(refusal)
        except Exception:
            logger.exception("matching.plannedpair %s could not be proposed", pair_id)
            pair.match, pair.refused = None, _("It failed for a technical reason. Please propose it by hand.")
        pair.save(update_fields=["match", "refused"])
        return pair.match is not None


def _propose(pair: PlannedPair, plan: Plan, actor: Actor) -> Match:
    for proposer in _proposers:
        match = proposer(pair, plan, actor)
        if match is not None:
            return match
    return propose(visiting=pair.visiting, host=pair.host, modality=plan.modality, by=actor, message=plan.message)
