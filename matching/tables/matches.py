"""The columns of the list of matches; the file tells no more of a row than the match's page does."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor
from cxc.core.links import address_of
from cxc.core.moments import local_day
from cxc.web.listing import Column
from cxc.web.listing.cells import link, state_badge
from matching.models import Match
from matching.presenters.matches import waits_for
from profiles.models import Profile


def match_columns(actor: Actor) -> Sequence[Column]:
    """Days are local to the reader."""
    return (
        Column(
            _("Visitor"),
            lambda row: row.visiting_profile.organisation,
            name="visitor",
            sort=("visiting_profile__organisation__legal_name",),
            cell=lambda row, visitor: _with_partnership(visitor, row.visiting_profile),
        ),
        Column(_("Visitor's country"), lambda row: row.visiting_profile.organisation.country),
        Column(_("Visitor's Partnership"), lambda row: row.visiting_profile.partnership),
        Column(
            _("Host"),
            lambda row: row.host_profile.organisation,
            name="host",
            sort=("host_profile__organisation__legal_name",),
            cell=lambda row, host: _with_partnership(host, row.host_profile),
        ),
        Column(_("Host country"), lambda row: row.host_profile.organisation.country),
        Column(_("Host's Partnership"), lambda row: row.host_profile.partnership),
        Column(
            _("Modality"), lambda row: row.get_modality_display(), name="modality", sort=("modality", "proposed_at")
        ),
        Column(
            _("State"), lambda row: row.get_state_display(), name="state", sort=("state", "proposed_at"), cell=_state
        ),
        Column(
            _("Initiated by"),
            lambda row: row.get_initiated_by_display(),
            name="initiated",
            sort=("initiated_by", "proposed_at"),
        ),
        Column(_("Waits for"), lambda row: waits_for(row) or None, name="waits_for"),
        Column(_("Visitor matched elsewhere"), lambda row: row.matched_elsewhere),
        Column(
            _("Proposed"), lambda row: local_day(row.proposed_at, actor.zone), name="proposed", sort=("proposed_at",)
        ),
        Column(_("Confirmed"), lambda row: row.confirmed_at and local_day(row.confirmed_at, actor.zone)),
        Column(_("Generation"), lambda row: row.generation),
        Column(_("Address"), address_of),
        Column(_("Open"), name="open", cell=_open, hide_heading=True),
    )


def _with_partnership(organisation: str, profile: Profile) -> str:
    return format_html('{}<br><span class="text-secondary">{}</span>', organisation, profile.partnership)


def _state(row: Any, label: str) -> str:
    badge = state_badge(row, label)
    if not row.matched_elsewhere:
        return badge
    return format_html('{} <span class="badge text-bg-warning">{}</span>', badge, gettext("matched elsewhere"))


def _open(row: Match, _text: str) -> str:
    text = format_html('{}<span class="visually-hidden"> {}</span>', gettext("Open"), row)
    return link(row, text)
