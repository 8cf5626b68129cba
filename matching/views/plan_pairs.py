"""A draft edited by hand: a pair removed, restored, another partner chosen. Works without scripts."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxc.access.guards import PortalRequest, signed_in
from cxc.core.sanitise import whole_number
from cxc.workflow import NotAllowed, Refused
from matching.forms.plans import PartnerForm
from matching.models import Plan, PlannedPair
from matching.queries.plans import places_left_by_host
from matching.services.plans import pairs
from matching.services.plans.partners import partners
from matching.services.plans.requests import require_own
from matching.views.plans import plan_of
from profiles.models import Profile

ACTS = {"remove": pairs.remove_pair, "restore": pairs.restore_pair}


@signed_in
@require_POST
def change(request: PortalRequest, pk: int, pair: int, act: str) -> HttpResponseBase:
    """Remove a pair, or restore it; back to where it stands on the page."""
    plan = plan_of(request.actor, pk)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](plan, pair, by=request.actor)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(refusal.sentences))
    page = whole_number(request.POST.get("page"))
    return redirect(f"{plan.get_absolute_url()}{f'?page={page}' if page else ''}#pair-{pair}")


@signed_in
@require_http_methods(["GET", "POST"])
def choose(request: PortalRequest, pk: int, profile: int) -> HttpResponseBase:
    """Choose a partner for a profile of the plan; the pair `?instead=` is removed for it."""
    plan = plan_of(request.actor, pk)
    require_own(plan, request.actor)
    mine = (
        Profile.objects.published().with_display_relations().filter(pk=profile, generation=plan.generation_id).first()
    )
    if mine is None:
        raise Http404
    instead = _instead(request, plan, mine)
    form = PartnerForm(request.POST or None, choices=_choices(plan, mine))
    if request.method == "POST" and form.is_valid():
        added = _add(request, plan, mine, form, instead)
        if added is not None:
            messages.success(request, _("Planned: %(pair)s.") % {"pair": added})
            return redirect(plan)
    context = {"plan": plan, "profile": mine, "instead": instead, "form": form}
    return render(request, "matching/bench/choose_partner.html", context, status=400 if form.errors else 200)


def _instead(request: PortalRequest, plan: Plan, mine: Profile) -> PlannedPair | None:
    """The pair that the new one stands in for: the one named; a visitor's own in any case, it stands there once."""
    included = plan.pairs.included().with_display_relations()
    if mine.is_visiting:
        return included.filter(visiting=mine).first()
    named = request.POST.get("instead") or request.GET.get("instead", "")
    return included.filter(host=mine, pk=whole_number(named) or 0).first()


def _choices(plan: Plan, mine: Profile) -> list[tuple[int, str]]:
    """Everybody admissible, the best first, with score and, for a host, the places left in this plan."""
    only = [plan.host_id] if mine.is_visiting and plan.host_id is not None else None
    found = [each for each in partners(mine, only=only) if plan.modality in each.modalities]
    partner_profiles = Profile.objects.with_display_relations().in_bulk([each.profile_id for each in found])
    count_free_places = (
        {host.pk: places for host, places in places_left_by_host(plan).items()} if mine.is_visiting else {}
    )
    planned = set(plan.pairs.included().values_list("visiting", flat=True))
    choices = []
    for each in found:
        other = partner_profiles[each.profile_id]
        if other.pk in planned:
            continue
        words = {"score": round(100 * each.score), "who": other.organisation, "where": other.organisation.country}
        label = _("%(score)s of 100 · %(who)s, %(where)s") % words
        if mine.is_visiting and count_free_places.get(other.pk, 0) <= 0:
            label = _("%(label)s (no place left in this plan)") % {"label": label}
        choices.append((other.pk, label))
    return choices


def _add(
    request: PortalRequest, plan: Plan, mine: Profile, form: PartnerForm, instead: PlannedPair | None
) -> PlannedPair | None:
    """None where it was refused: the form says why."""
    other = Profile.objects.with_display_relations().get(pk=form.cleaned_data["partner"])
    visiting, host = (mine, other) if mine.is_visiting else (other, mine)
    try:
        return pairs.add_pair(
            plan, visiting=visiting, host=host, by=request.actor, instead_of=instead.pk if instead else None
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        return None
