"""Closing, deleting and erasing questions after the periods of the settings; each can run twice, or late."""

from datetime import timedelta

from cxc import clock
from cxc.core.models import SchemeSettings
from cxc.workflow import perform_as_system
from cxc.workflow.batches import process_each
from cxc.workflow.unit_of_work import unit_of_work
from helpdesk.enums import HelpState
from helpdesk.models import HelpRequest
from helpdesk.services.erasure import remove_texts


def close_answered() -> int:
    """Close what was answered long ago; returns how many."""
    limit = clock.now() - timedelta(days=SchemeSettings.current().help_close_days)
    rows = HelpRequest.objects.filter(state=HelpState.ANSWERED, answered_at__lte=limit).order_by("pk")
    return process_each(rows, lambda request: perform_as_system(request, "close_as_system"))


def drop_unconfirmed() -> int:
    """Delete visitors' questions whose address nobody confirmed; returns how many."""
    limit = clock.now() - timedelta(days=SchemeSettings.current().help_confirm_days)
    rows = HelpRequest.objects.filter(state=HelpState.UNCONFIRMED, asked_at__lte=limit).order_by("pk")
    return process_each(rows, _drop)


def _drop(request: HelpRequest) -> None:
    with unit_of_work():
        remove_texts(HelpRequest.objects.filter(pk=request.pk))
        perform_as_system(request, "delete_unconfirmed")


def erase_visitors() -> int:
    """Remove name, address and texts of visitors' questions long closed; returns how many."""
    limit = clock.now() - timedelta(days=SchemeSettings.current().help_forget_days)
    old = HelpRequest.objects.filter(state=HelpState.CLOSED, asked_by=None, closed_at__lte=limit, texts_removed_at=None)
    with unit_of_work():
        return remove_texts(old.select_for_update())
