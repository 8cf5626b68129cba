"""Mails that could not be sent wait for the Support Office."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Principal
from cxc.comms.delivery import MOST_ATTEMPTS
from cxc.comms.models import Mail
from cxc.todo import TodoRow, source
from cxc.workflow.deadlines import Deadlines


def _failed(actor: Actor) -> "QuerySet[Mail] | None":
    if actor.principal is not Principal.SUPPORT_OFFICE:
        return None
    return Mail.objects.filter(status=Mail.Status.FAILED, attempts__gte=MOST_ATTEMPTS)


@source(_failed)
def failed_mails(actor: Actor, _deadlines: Deadlines, is_any: bool) -> Iterable[TodoRow]:
    """One item for all mails that the portal has given up."""
    found = _failed(actor) if is_any else None
    if found is not None:
        yield TodoRow(
            title=_("Check the mails that could not be sent"),
            thing=_("%(count)s in the outbox") % {"count": found.count()},
            url=reverse("admin:comms_mail_changelist") + "?status__exact=failed",
            group=_("The portal"),
            name="failed_mails",
        )
