"""The mails that the portal itself sent about a record: what of them somebody may know, without addresses."""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import PARTNERSHIP_SIDE_OF, Actor, Principal, may_see, sides_of
from cxc.comms.models import Mail
from cxc.messaging.subjects import MessageSubject

# What is said of a mail; its text is long.
_LISTED = ("subject", "created_at", "to_side", "status")
STATUS_LABELS: dict[str, Any] = {
    Mail.Status.DRAFT: _("Waiting to be sent"),
    Mail.Status.SENDING: _("Being sent"),
    Mail.Status.SENT: _("Sent"),
    Mail.Status.FAILED: _("Not delivered"),
}


def automatic_mails(subject: MessageSubject, thing: Any, actor: Actor) -> "QuerySet[Mail]":
    """Those that the actor may know of, newest first: the Support Office all, everybody else those to the
    organisation or Partnership for which they act.

    A Partnership also knows of those to the organisation that it looks after, where the subject says so.
    """
    about = Q(about_kind=subject.kind, about_id=thing.pk)
    for kind, name in subject.mails_of.items():
        model = apps.get_model(kind)
        # Its sides are those of the record, so one that is not saved is seen by the same people as those that are.
        if may_see(actor, model(**{name: thing})):
            parts = model._base_manager.filter(**{name: thing.pk})
            about |= Q(about_kind=kind, about_id__in=parts.order_by().values("pk"))
    found = Mail.objects.filter(about, is_message=False, is_private=False).only(*_LISTED).order_by("-pk")
    return found if actor.principal is Principal.SUPPORT_OFFICE else found.filter(_to_own(subject, thing, actor))


def _to_own(subject: MessageSubject, thing: Any, actor: Actor) -> Q:
    if actor.principal is Principal.ORGANISATION:
        return Q(to_organisation_id=actor.principal_id)
    if actor.principal is not Principal.PARTNERSHIP:
        return Q(pk__in=())
    own = Q(to_partnership_id=actor.principal_id)
    sides = sides_of(actor, thing) if subject.partnership_sees_mails else frozenset()
    looked_after = [side for side, partnership_side in PARTNERSHIP_SIDE_OF.items() if partnership_side in sides]
    return own | Q(to_side__in=looked_after) if looked_after else own
