"""A profile: started, filled in, given to a Partnership, submitted, copied.

Everything else that happens to a profile is a plain transition (`cxc.workflow.perform`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cxc.access.scoped import Actor, Principal
from cxc.core.models import SchemeSettings, StoredFile
from cxc.workflow import Refused, create, perform
from cxc.workflow.unit_of_work import unit_of_work
from profiles.enums import LIVE_STATES, ProfileState
from profiles.models import Generation, Organisation, Partnership, Profile
from profiles.services.assignment import nearest_partnership, open_participations

# What is not taken along into a new generation: its dates, and what was declared about the old one.
_NOT_COPIED = frozenset({"available_from", "available_to", "eligibility_declared"})


class Duplicate(Refused):
    """There is such a profile already; `others` lists them. Not raised with `start_anyway`."""

    def __init__(self, others: Sequence[Profile]) -> None:
        super().__init__(
            _("There is already a profile of this kind in %(generation)s. Go on with it, or start another one.")
            % {"generation": others[0].generation}
        )
        self.others = list(others)


@dataclass(frozen=True)
class Started:
    """A profile to work on; `is_new` is False where an existing draft is resumed."""

    profile: Profile
    is_new: bool


@unit_of_work()
def start(
    *,
    organisation: Organisation,
    kind: str,
    generation: Generation,
    by: Actor,
    start_anyway: bool = False,
    copied_from: Profile | None = None,
) -> Started:
    """A draft to work on: the one of this kind and generation where there is one, else a new one.

    Duplicate when only submitted, published or refused ones exist and `start_anyway` is not set. By a
    Partnership on behalf: the draft is under it from the start.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    mine = Profile.objects.filter(organisation=organisation, kind=kind, generation=generation)
    others = list(mine.filter(state__in=LIVE_STATES).select_related("generation", "organisation").visible_to(by))
    if draft := next((one for one in others if one.state == ProfileState.DRAFT), None):
        return Started(draft, is_new=False)
    if others and not start_anyway:
        raise Duplicate(others)
    profile = Profile(
        organisation=organisation,
        kind=kind,
        generation=generation,
        partnership=_own(by),
        places=SchemeSettings.current().host_places,
        copied_from=copied_from,
    )
    create(profile, by=by)
    profile.own_sectors.set([organisation.sector] if organisation.sector else [])
    return Started(profile, is_new=True)


def _own(by: Actor) -> Partnership | None:
    return (
        Partnership.objects.filter(pk=by.principal_id or 0).first() if by.principal is Principal.PARTNERSHIP else None
    )


@unit_of_work()
def save(
    profile: Profile,
    *,
    by: Actor,
    version_read: int,
    fields: Mapping[str, Any],
    links: Mapping[str, Sequence[Any]] | None = None,
    upload: UploadedFile | None = None,
) -> Profile:
    """Save an edit, by the transition that fits the state. Stale when somebody saved since `version_read`.

    `upload` becomes the CV or brochure; its form has checked it.
    """
    name = "edit_published" if profile.state == ProfileState.PUBLISHED else "edit"
    if upload is not None:
        fields = {**fields, "brochure": StoredFile.store_upload(upload, by=by.user)}
    return perform(profile, name, by=by, version_read=version_read, fields=fields, links=links or {})


def choose_partnership(profile: Profile, *, by: Actor, partnership: Partnership | None) -> Profile:
    """Give the profile to the Partnership that was picked; None lets the portal assign one and say why."""
    if partnership is None:
        return assign_partnership(profile, by=by)
    if not open_participations(profile.generation).filter(partnership=partnership).exists():
        raise Refused(
            _("%(partnership)s takes no profiles in %(generation)s now.")
            % {"partnership": partnership, "generation": profile.generation}
        )
    why = gettext_noop("Chosen by the holder of the profile.")  # stored as it is, translated for whoever reads it
    return perform(profile, "choose_partnership", by=by, partnership=partnership, why=why)


def assign_partnership(profile: Profile, *, by: Actor) -> Profile:
    """Let the portal assign a Partnership by sector and country."""
    assignment = nearest_partnership(profile)
    if assignment is None:
        raise Refused(_("No Partnership takes profiles in %(generation)s now.") % {"generation": profile.generation})
    why = _("Assigned by the portal: %(why)s") % {"why": assignment.why}
    return perform(profile, "choose_partnership", by=by, partnership=assignment.partnership, why=why)


@unit_of_work()
def submit(profile: Profile, *, by: Actor) -> Profile:
    """Submit; where nobody picked a Partnership the portal assigns one first."""
    if profile.partnership_id is None and profile.state == ProfileState.DRAFT:
        assign_partnership(profile, by=by)
    return perform(profile, "submit", by=by)


@unit_of_work()
def copy(profile: Profile, *, generation: Generation, by: Actor, start_anyway: bool = False) -> Started:
    """Take what a profile says into a draft of another generation. Dates and declarations are made anew.

    A draft that is there already is resumed as it is, nothing in it is overwritten.
    """
    started = start(
        organisation=profile.organisation,
        kind=profile.kind,
        generation=generation,
        by=by,
        start_anyway=start_anyway,
        copied_from=profile,
    )
    if not started.is_new:
        return started
    made = started.profile
    fields = {name: getattr(profile, name) for name in Profile.EDITABLE - _NOT_COPIED}
    links = {name: list(getattr(profile, name).all()) for name in Profile.EDITABLE_LINKS}
    perform(made, "edit", by=by, version_read=made.row_version, fields=fields, links=links)
    _keep_partnership(made, profile, by)
    return Started(made, is_new=True)


def _keep_partnership(made: Profile, old: Profile, by: Actor) -> None:
    """Under the same Partnership where it still takes part."""
    partnership = old.partnership
    if partnership and open_participations(made.generation).filter(partnership=partnership).exists():
        why = _("As in %(generation)s.") % {"generation": old.generation}
        perform(made, "choose_partnership", by=by, partnership=partnership, why=why)
