"""An organisation's cluster: named or asked for on one page; the Support Office's answer."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.sanitise import one_full_stop
from cxc.web.back_links import back_address
from cxc.workflow import NotAllowed, Refused
from profiles.forms.clusters import ClusterRequestAnswerForm, NameClusterForm
from profiles.models import ClusterRequest, Organisation
from profiles.services import cluster_requests
from profiles.services.permissions import require_support_office


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def name_cluster(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Name the organisation's cluster, or ask for it; then on from where one came."""
    found: Organisation = Organisation.objects.select_related("cluster").get_for(request.actor, "identity", pk=pk)
    if not request.actor.may_write:
        raise NotAllowed(_("Only owners and editors may change the organisation."))
    back = back_address(request, found.get_absolute_url())
    form = NameClusterForm(request.POST or None, initial={"cluster": found.cluster_id})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            cluster_requests.name_cluster(found, values["cluster"], values["unlisted_cluster"], by=request.actor)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, " ".join(refusal.sentences))
        else:
            messages.success(request, _saved_message(values["unlisted_cluster"]))
            return redirect(back)
    context = {"organisation": found, "form": form, "back": back}
    return render(request, "profiles/cluster.html", context, status=400 if form.errors else 200)


def _saved_message(unlisted: str) -> str:
    if not unlisted:
        return _("Your cluster is saved.")
    return _("The Support Office is asked to add “%(name)s”. You can go on with your profile meanwhile.") % {
        "name": unlisted
    }


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def answer_request(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Add the cluster asked for to the register, or say why not."""
    require_support_office(request.actor)
    cluster_request = get_object_or_404(ClusterRequest.objects.select_related("organisation__country"), pk=pk)
    initial = {"name": cluster_request.name, "country": cluster_request.organisation.country_id}
    form = ClusterRequestAnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        reason, adds = values.pop("reason"), values.pop("decision") == ClusterRequestAnswerForm.ADD
        try:
            if adds:
                cluster_requests.add_to_register(cluster_request, by=request.actor, **values)
            else:
                cluster_requests.refuse(cluster_request, by=request.actor, reason=reason)
        except Refused as refusal:
            form.add_error(None, " ".join(refusal.sentences))
        else:
            sent = _("Answer sent to %(organisation)s.") % {"organisation": cluster_request.organisation}
            messages.success(request, one_full_stop(sent))
            return redirect("todo")
    context = {
        "thing": cluster_request.organisation,
        "form": form,
        "title": _("Request to add a cluster"),
        "button": _("Answer"),
    }
    return render(request, "profiles/support_office_form.html", context, status=400 if form.errors else 200)
