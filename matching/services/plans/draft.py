"""Generates the draft of a plan: reads every fit, assigns by both methods, stores the pairs of the one asked for."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from cxc import clock
from cxc.workflow.unit_of_work import unit_of_work
from matching.assignment import (
    Assignment,
    FitMatrix,
    find_blocking_pairs,
    greatest_total_assignment,
    stable_assignment,
    total_fit,
)
from matching.enums import PlanMethod
from matching.models import Plan, PlannedPair
from matching.queries.unmatched import hosts_for, places_to_fill, visitors_for
from matching.services.plans.lock import plan_lock
from matching.services.plans.partners import Reason, partner_scores, partners
from profiles.models import Profile

logger = logging.getLogger(__name__)
# So often the row tells how far it is.
PROGRESS_STEP = 20


class DiscardedError(Exception):
    """The plan was deleted while it was being made."""


@dataclass(frozen=True)
class AssignmentInput:
    """What is assigned: visitors by row, hosts by column, places by column."""

    visitors: Sequence[Profile]
    hosts: Sequence[Profile]
    places: np.ndarray
    fits: FitMatrix


def generate(pk: int) -> bool:
    """Make the plan's draft; False where nothing is to be made, or another worker is at it. May run twice."""
    with plan_lock(pk) as is_locked:
        plan = Plan.objects.select_related("generation", "host").filter(pk=pk, generated_at=None, error="").first()
        if not is_locked or plan is None:
            return False
        try:
            return _save_draft(plan, _assignment_input(plan))
        except DiscardedError:
            return False
        except Exception:
            logger.exception("matching.plan %s could not be made", pk)
            sentence = _("It could not be made, for a technical reason. Please try again.")
            Plan.objects.filter(pk=pk).update(error=sentence)
            return False


def _assignment_input(plan: Plan) -> AssignmentInput:
    """Everybody's fits: a ranking for each visitor, or for each host where they are fewer."""
    visitors = list(visitors_for(plan))
    hosts = list(hosts_for(plan))
    to_fill = places_to_fill(plan, hosts)
    from_hosts = len(hosts) < len(visitors)
    rows, columns = (hosts, visitors) if from_hosts else (visitors, hosts)
    score, own, theirs = (np.full((len(rows), len(columns)), value) for value in (np.nan, 0.0, 0.0))
    column_of = {profile.pk: number for number, profile in enumerate(columns)}
    for number, mine in enumerate(rows):
        _save_progress(plan, number, len(rows))
        for number_there, fit, fit_here, fit_there in partner_scores(mine, plan.modality, only=column_of):
            if 100 * fit >= plan.min_fit:
                at = number, column_of[number_there]
                score[at], own[at], theirs[at] = fit, fit_here, fit_there
    _save_progress(plan, len(rows), len(rows))
    fits = FitMatrix(score.T, theirs.T, own.T) if from_hosts else FitMatrix(score, own, theirs)
    return AssignmentInput(visitors, hosts, np.array([to_fill[host.pk] for host in hosts], dtype=np.int64), fits)


def _save_progress(plan: Plan, done: int, total: int) -> None:
    """How far it is, on the row, so that every page can say so."""
    if (done % PROGRESS_STEP == 0 or done == total) and not Plan.objects.filter(pk=plan.pk).update(
        progress_done=done, progress_total=total
    ):
        raise DiscardedError


def _save_draft(plan: Plan, given: AssignmentInput) -> bool:
    """Both methods worked out; their totals and the draft of the chosen one written at once."""
    greatest = greatest_total_assignment(given.fits, given.places)
    stable = stable_assignment(given.fits, given.places)
    chosen = greatest if plan.method == PlanMethod.GREATEST_TOTAL else stable
    pairs = _pairs(plan, given, chosen)
    with unit_of_work():
        row = Plan.objects.select_for_update().filter(pk=plan.pk, generated_at=None).first()
        if row is None:
            return False
        PlannedPair.objects.bulk_create(pairs, batch_size=500)
        row.visitors, row.hosts = len(given.visitors), len(given.hosts)
        row.greatest_total, row.greatest_pairs = total_fit(given.fits, greatest), len(greatest)
        row.stable_total, row.stable_pairs = total_fit(given.fits, stable), len(stable)
        row.blocking_pairs = len(find_blocking_pairs(given.fits, given.places, greatest))
        row.generated_at = clock.now()
        row.save()
    return True


def _pairs(plan: Plan, given: AssignmentInput, chosen: Assignment) -> list[PlannedPair]:
    return [
        PlannedPair(
            plan=plan,
            visiting=given.visitors[row],
            host=given.hosts[column],
            score=given.fits.score[row, column],
            own=given.fits.visitors[row, column],
            theirs=given.fits.hosts[row, column],
            reasons=_reasons(given.visitors[row], given.hosts[column]),
        )
        for row, column in chosen
    ]


def _reasons(visitor: Profile, host: Profile) -> Sequence[Reason]:
    """As the visitor reads them; asked for the chosen pairs only. None for one that is not possible any more."""
    return next((partner.reasons for partner in partners(visitor, only=[host.pk])), ())
