"""The bulk actions on profiles. Publishing is not one of them: it is decided profile by profile."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor
from cxc.bulk.actions import BulkInput, by_transition, register
from profiles.services import profiles

PROFILE = "profiles.profile"


def _submit(profile: Any, actor: Actor, _entered: BulkInput) -> object:
    """As on the profile's own page: where nobody chose a Partnership, the portal assigns one first."""
    return profiles.submit(profile, by=actor)


register(
    replace(by_transition(PROFILE, "submit", accepts_comment=False), carry_out=_submit),
    by_transition(PROFILE, "archive_draft", "archive", code="profile-archive", label=_("Archive")),
    by_transition(PROFILE, "restore"),
    by_transition(PROFILE, "unpublish"),
)
