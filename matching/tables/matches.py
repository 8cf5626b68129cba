"""What the file of the list of matches tells of each row: no more than its page does."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor
from cxc.core.links import address_of
from cxc.core.moments import local_day
from cxc.web.exports import Column
from matching.presenters.matches import waits_for


def match_columns(actor: Actor) -> Sequence[Column]:
    """Days are local to the reader."""
    return (
        Column(_("Visitor"), lambda row: row.visiting_profile.organisation),
        Column(_("Visitor's country"), lambda row: row.visiting_profile.organisation.country),
        Column(_("Visitor's Partnership"), lambda row: row.visiting_profile.partnership),
        Column(_("Host"), lambda row: row.host_profile.organisation),
        Column(_("Host country"), lambda row: row.host_profile.organisation.country),
        Column(_("Host's Partnership"), lambda row: row.host_profile.partnership),
        Column(_("Modality"), lambda row: row.get_modality_display()),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Initiated by"), lambda row: row.get_initiated_by_display()),
        Column(_("Waits for"), lambda row: waits_for(row) or None),
        Column(_("Visitor matched elsewhere"), lambda row: row.matched_elsewhere),
        Column(_("Proposed"), lambda row: local_day(row.proposed_at, actor.zone)),
        Column(_("Confirmed"), lambda row: row.confirmed_at and local_day(row.confirmed_at, actor.zone)),
        Column(_("Generation"), lambda row: row.generation),
        Column(_("Address"), address_of),
    )
