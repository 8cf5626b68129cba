"""Edits the pairs of a draft by hand: removes, restores, adds. Nothing is told to anybody."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from cxc.core.sanitise import one_full_stop
from cxc.workflow import Refused
from cxc.workflow.unit_of_work import unit_of_work
from matching.models import Plan, PlannedPair
from matching.services.plans.partners import partners
from matching.services.plans.requests import require_own
from matching.services.proposals import propose
from profiles.models import Profile


def remove_pair(plan: Plan, pair_id: int, *, by: Actor) -> PlannedPair:
    """The pair stays on the page, crossed out, and is not proposed. Twice is once."""
    with _locked_draft(plan, by):
        return _set_included(_get_pair(plan, pair_id), included=False)


def restore_pair(plan: Plan, pair_id: int, *, by: Actor) -> PlannedPair:
    """The pair counts again; refused where its visitor has been given another host meanwhile."""
    with _locked_draft(plan, by):
        pair = _get_pair(plan, pair_id)
        _require_free(plan, pair.visiting, but=pair)
        return _set_included(pair, included=True)


def add_pair(plan: Plan, *, visiting: Profile, host: Profile, by: Actor, instead_of: int | None = None) -> PlannedPair:
    """A pair chosen by hand; `instead_of`: the number of the pair that is removed for it.

    Refused with the sentences with which the proposal would be refused. A host may be given more visitors
    than it has places: the page says so, a person decides.
    """
    with _locked_draft(plan, by):
        if instead_of is not None:
            _set_included(_get_pair(plan, instead_of), included=False)
        if plan.host_id not in {None, host.pk}:
            raise Refused(
                one_full_stop(_("Choose %(host)s as the host: this plan is for one host.") % {"host": plan.host})
            )
        _require_free(plan, visiting)
        _require_possible(plan, visiting, host, by)
        found = next(iter(partners(visiting, only=[host.pk])), None)
        if found is None or plan.modality not in found.modalities:
            raise Refused(
                _("Look at the periods and places of %(visitor)s and %(host)s: they are not on each other's lists.")
                % {"visitor": visiting.organisation, "host": host.organisation}
            )
        fields = {
            "score": found.score,
            "own": found.own,
            "theirs": found.theirs,
            "reasons": found.reasons,
            "is_included": True,
            "by_hand": True,
        }
        return PlannedPair.objects.update_or_create(plan=plan, visiting=visiting, host=host, defaults=fields)[0]


@contextmanager
def _locked_draft(plan: Plan, by: Actor) -> Iterator[None]:
    """The plan locked, and a draft; else Refused with where it stands."""
    require_own(plan, by)
    with unit_of_work():
        row = Plan.objects.select_for_update().filter(pk=plan.pk).first()
        if row is None:
            raise Refused(_("Make a new plan: this one was deleted."))
        if not row.is_draft:
            raise Refused(
                _("Make a new plan: this one is no draft any more, it is “%(stage)s”.") % {"stage": row.stage.label}
                if row.generated_at
                else _("Wait until the plan is made.")
            )
        yield


def _get_pair(plan: Plan, pair_id: int) -> PlannedPair:
    pair = plan.pairs.with_display_relations().filter(pk=pair_id).first()
    if pair is None:
        raise Refused(_("Reload the page: this pair is not in the plan any more."))
    return pair


def _set_included(pair: PlannedPair, *, included: bool) -> PlannedPair:
    pair.is_included = included
    pair.save(update_fields=["is_included"])
    return pair


def _require_free(plan: Plan, visiting: Profile, but: PlannedPair | None = None) -> None:
    """A visitor stands in a plan once."""
    others = plan.pairs.included().filter(visiting=visiting)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if (other := others.with_display_relations().first()) is not None:
        raise Refused(
            _("Remove the pair of %(visitor)s and %(host)s first: they are planned already.")
            % {"visitor": visiting.organisation, "host": other.host.organisation}
        )


class _DryRunError(Exception):
    """Takes a proposal back that was only tried."""


def _require_possible(plan: Plan, visiting: Profile, host: Profile, by: Actor) -> None:
    """Raises what the proposal would raise: it is made and taken back, so that there is one set of rules."""
    try:
        with unit_of_work():
            propose(visiting=visiting, host=host, modality=plan.modality, by=by)
            raise _DryRunError
    except _DryRunError:
        return
