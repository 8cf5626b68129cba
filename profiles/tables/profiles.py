"""The columns of the file of the list of profiles: no more than the profile's page shows, and no contacts."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor
from cxc.core.links import address_of
from cxc.core.moments import local_day
from cxc.todo.returns import returned_texts
from cxc.web.exports import Column
from profiles.presenters.profile_status import next_step


def profile_columns(actor: Actor) -> Sequence[Column]:
    """Days of the holder are local to it, that of a return to the Partnership's seat, all others to the reader."""
    return (
        Column(_("Organisation"), lambda row: row.organisation),
        Column(_("Kind of organisation"), lambda row: row.organisation.get_kind_display()),
        Column(_("Country"), lambda row: row.organisation.country),
        Column(_("Cluster"), lambda row: row.organisation.cluster),
        Column(_("Title"), lambda row: row.title),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Physical"), lambda row: row.physical),
        Column(_("Virtual"), lambda row: row.virtual),
        Column(_("First possible day"), lambda row: row.available_from),
        Column(_("Last possible day"), lambda row: row.available_to),
        Column(_("Working days"), lambda row: row.working_days),
        Column(_("Places"), lambda row: None if row.is_visiting else row.places),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Returned with comments"), returned_texts),
        Column(_("Next step"), lambda row: next_step(row, actor)),
        Column(_("Partnership"), lambda row: row.partnership),
        Column(_("Generation"), lambda row: row.generation),
        Column(_("Submitted"), lambda row: row.submitted_at and local_day(row.submitted_at, actor.zone)),
        Column(_("Last touched"), lambda row: local_day(row.touched_at, actor.zone)),
        Column(_("Address"), address_of),
    )
