"""The columns of the list of profiles: no more than the profile's page shows, and no contacts."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor
from cxc.core.links import address_of
from cxc.core.moments import local_day
from cxc.todo.returned_rows import returned_texts
from cxc.web.listing import Column
from cxc.web.listing.cells import link, or_dash, state_with_returns
from profiles.presenters.profile_status import next_step

_ORGANISATION = "organisation__legal_name"


def profile_columns(actor: Actor) -> Sequence[Column]:
    """Days of the holder are local to it, that of a return to the Partnership's seat, all others to the reader."""
    return (
        Column(_("Organisation"), lambda row: row.organisation, name="organisation", sort=(_ORGANISATION,), cell=link),
        Column(_("Kind of organisation"), lambda row: row.organisation.get_kind_display()),
        Column(
            _("Country"),
            lambda row: row.organisation.country,
            name="country",
            sort=("organisation__country__name", _ORGANISATION),
        ),
        Column(_("Cluster"), lambda row: row.organisation.cluster),
        Column(_("Title"), lambda row: row.title, name="title", sort=("title",)),
        Column(_("Kind"), lambda row: row.get_kind_display(), name="kind", sort=("kind", _ORGANISATION)),
        Column(_("Physical"), lambda row: row.physical),
        Column(_("Virtual"), lambda row: row.virtual),
        Column(_("First possible day"), lambda row: row.available_from),
        Column(_("Last possible day"), lambda row: row.available_to),
        Column(_("Working days"), lambda row: row.working_days),
        Column(_("Places"), lambda row: None if row.is_visiting else row.places),
        Column(
            _("State"),
            lambda row: row.get_state_display(),
            name="state",
            sort=("state", "touched_at"),
            cell=state_with_returns,
        ),
        Column(_("Returned with comments"), returned_texts),
        Column(_("Next step"), lambda row: next_step(row, actor), name="next_step"),
        Column(
            _("Partnership"),
            lambda row: row.partnership,
            name="partnership",
            sort=("partnership__acronym", _ORGANISATION),
            cell=or_dash,
        ),
        Column(
            _("Generation"),
            lambda row: row.generation,
            name="generation",
            sort=("generation__first_day", _ORGANISATION),
        ),
        Column(_("Submitted"), lambda row: row.submitted_at and local_day(row.submitted_at, actor.zone)),
        Column(
            _("Last touched"), lambda row: local_day(row.touched_at, actor.zone), name="touched", sort=("touched_at",)
        ),
        Column(_("Address"), address_of),
    )
