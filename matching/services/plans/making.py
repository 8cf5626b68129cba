"""Making a plan: every fit read, with progress on its row; both methods; the draft of the one that was asked for."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from cxc import clock
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
from matching.services.plans.alone import alone_with
from matching.services.plans.partners import Reason, numbers, partners
from profiles.models import Profile

logger = logging.getLogger(__name__)
# So often the row tells how far it is.
EVERY = 20


class DiscardedError(Exception):
    """The plan was thrown away while it was being made."""


@dataclass(frozen=True)
class Case:
    """What is assigned: visitors by row, hosts by column, places by column."""

    visitors: Sequence[Profile]
    hosts: Sequence[Profile]
    places: np.ndarray
    fits: FitMatrix


def make(pk: int) -> bool:
    """Make the plan's draft; False where nothing is to be made, or another worker is at it. May run twice."""
    with alone_with(pk) as alone:
        plan = Plan.objects.select_related("generation", "host").filter(pk=pk, made_at=None, error="").first()
        if not alone or plan is None:
            return False
        try:
            return _keep(plan, _case(plan))
        except DiscardedError:
            return False
        except Exception:
            logger.exception("matching.plan %s could not be made", pk)
            sentence = _("It could not be made, for a technical reason. Please try again.")
            Plan.objects.filter(pk=pk).update(error=sentence)
            return False


def _case(plan: Plan) -> Case:
    """Everybody's fits: a ranking for each visitor, or for each host where they are fewer."""
    visitors = list(visitors_for(plan))
    hosts = list(hosts_for(plan))
    to_fill = places_to_fill(plan, hosts)
    from_hosts = len(hosts) < len(visitors)
    rows, columns = (hosts, visitors) if from_hosts else (visitors, hosts)
    score, own, theirs = (np.full((len(rows), len(columns)), value) for value in (np.nan, 0.0, 0.0))
    place_of = {profile.pk: number for number, profile in enumerate(columns)}
    for number, mine in enumerate(rows):
        _tell(plan, number, len(rows))
        for number_there, fit, fit_here, fit_there in numbers(mine, plan.modality, only=place_of):
            if 100 * fit >= plan.least:
                at = number, place_of[number_there]
                score[at], own[at], theirs[at] = fit, fit_here, fit_there
    _tell(plan, len(rows), len(rows))
    fits = FitMatrix(score.T, theirs.T, own.T) if from_hosts else FitMatrix(score, own, theirs)
    return Case(visitors, hosts, np.array([to_fill[host.pk] for host in hosts], dtype=np.int64), fits)


def _tell(plan: Plan, done: int, of: int) -> None:
    """How far it is, on the row, so that every page can say so."""
    if (done % EVERY == 0 or done == of) and not Plan.objects.filter(pk=plan.pk).update(done=done, of=of):
        raise DiscardedError


def _keep(plan: Plan, case: Case) -> bool:
    """Both methods worked out; their totals and the draft of the chosen one written at once."""
    greatest = greatest_total_assignment(case.fits, case.places)
    stable = stable_assignment(case.fits, case.places)
    chosen = greatest if plan.method == PlanMethod.GREATEST_TOTAL else stable
    pairs = _pairs(plan, case, chosen)
    with transaction.atomic():
        row = Plan.objects.select_for_update().filter(pk=plan.pk, made_at=None).first()
        if row is None:
            return False
        PlannedPair.objects.bulk_create(pairs, batch_size=500)
        row.visitors, row.hosts = len(case.visitors), len(case.hosts)
        row.greatest_total, row.greatest_pairs = total_fit(case.fits, greatest), len(greatest)
        row.stable_total, row.stable_pairs = total_fit(case.fits, stable), len(stable)
        row.would_swap = len(find_blocking_pairs(case.fits, case.places, greatest))
        row.made_at = clock.now()
        row.save()
    return True


def _pairs(plan: Plan, case: Case, chosen: Assignment) -> list[PlannedPair]:
    return [
        PlannedPair(
            plan=plan,
            visiting=case.visitors[row],
            host=case.hosts[column],
            score=case.fits.score[row, column],
            own=case.fits.visitors[row, column],
            theirs=case.fits.hosts[row, column],
            reasons=_reasons(case.visitors[row], case.hosts[column]),
        )
        for row, column in chosen
    ]


def _reasons(visitor: Profile, host: Profile) -> Sequence[Reason]:
    """As the visitor reads them; asked for the chosen pairs only. None for one that is not possible any more."""
    return next((partner.reasons for partner in partners(visitor, only=[host.pk])), ())
