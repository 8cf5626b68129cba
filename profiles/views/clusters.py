"""The register of clusters, taken from a file by the Support Office."""

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.ground.moves import NotAllowed, Refused
from cxc.ground.views import PortalRequest, signed_in
from profiles.forms.organisations import ClusterFileForm
from profiles.services.allowed import require_support_office
from profiles.services.cluster_register import Imported, import_clusters


@signed_in
@require_http_methods(["GET", "POST"])
def import_register(request: PortalRequest) -> HttpResponseBase:
    """Upload a CSV file; bad rows are told by line and reason."""
    require_support_office(request.actor)
    form = ClusterFileForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        result = _take(request, form)
    failed = request.method == "POST" and (result is None or not result.is_done)
    return render(request, "profiles/clusters.html", {"form": form, "result": result}, status=400 if failed else 200)


def _take(request: PortalRequest, form: ClusterFileForm) -> Imported | None:
    upload = form.cleaned_data["file"]
    if upload.size > settings.UPLOAD_MAX_BYTES:
        form.add_error("file", _("The file is too large."))
        return None
    try:
        return import_clusters(upload.read(), by=request.actor, good_ones_alone=form.cleaned_data["good_ones_alone"])
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("file", " ".join(refusal.sentences))
        return None
