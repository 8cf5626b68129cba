"""An organisation names its cluster, or asks for one that is not in the register; the Support Office answers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.outbox import queue_mail
from cxc.core.links import absolute
from cxc.workflow import ReasonMissing, Refused
from cxc.workflow.unit_of_work import unit_of_work
from profiles.models import ClusterOrganisation, ClusterRequest, Country, Organisation
from profiles.queries.recipients import members
from profiles.services import organisations
from profiles.services.permissions import require_support_office


@unit_of_work()
def name_cluster(organisation: Organisation, cluster: ClusterOrganisation | None, unlisted: str, *, by: Actor) -> None:
    """The organisation's own cluster, or the name of one that the Support Office is asked to add."""
    reason = _("Cluster named: %(cluster)s") % {"cluster": cluster or unlisted}
    organisations.change_identity(
        organisation,
        by=by,
        reason=reason,
        version_read=organisation.row_version,
        cluster=cluster,
        unlisted_cluster=unlisted,
    )


@unit_of_work()
def add_to_register(
    request: ClusterRequest, *, by: Actor, name: str, country: Country, city: str = "", website: str = ""
) -> ClusterOrganisation:
    """The cluster asked for is in the register (an entry that is there already is taken) and is the organisation's."""
    require_support_office(by)
    locked = _lock_open(request)
    cluster = ClusterOrganisation.objects.named(name, country.pk)
    if cluster is None:
        cluster = ClusterOrganisation.objects.create(name=name, country=country, city=city, website=website)
    elif not cluster.is_registered:
        cluster.is_registered = True
        cluster.save(update_fields=["is_registered"])
    locked.cluster, locked.answered_at = cluster, clock.now()
    locked.save(update_fields=["cluster", "answered_at"])
    organisation = locked.organisation
    reason = _("Added to the register: %(cluster)s") % {"cluster": cluster}
    organisations.change_identity(
        organisation, by=by, reason=reason, version_read=organisation.row_version, cluster=cluster
    )
    _mail_answer(locked, gettext_lazy("Your cluster is in the register: go on with your profile"), "profiles")
    return cluster


@unit_of_work()
def refuse(request: ClusterRequest, *, by: Actor, reason: str) -> None:
    """The cluster is not taken into the register, and why."""
    require_support_office(by)
    if not reason.strip():
        raise ReasonMissing
    locked = _lock_open(request)
    locked.refusal, locked.answered_at = reason.strip(), clock.now()
    locked.save(update_fields=["refusal", "answered_at"])
    _mail_answer(
        locked,
        gettext_lazy("Your cluster was not added to the register"),
        "organisation-cluster",
        reason=locked.refusal,
    )


def _lock_open(request: ClusterRequest) -> ClusterRequest:
    locked = ClusterRequest.objects.select_for_update().select_related("organisation").get(pk=request.pk)
    if locked.answered_at is not None:
        raise Refused(_("This request has been answered already."))
    return locked


def _mail_answer(request: ClusterRequest, title: Any, leads_to: str, reason: str = "") -> None:
    args = [request.organisation_id] if leads_to == "organisation-cluster" else []
    queue_mail(
        template="mail/notification",
        to=members(request.organisation_id),
        context={"title": title, "label": request.name, "reason": reason},
        about=request,
        key=f"cluster-request-{request.pk}-answered",
        link=absolute(reverse(leads_to, args=args)),
    )
