"""What can be done with many profiles at once. Whether to publish one is decided with the profile before one's eyes."""

from django.utils.translation import gettext_lazy as _

from cxc.bulk.actions import by_transition, register

PROFILE = "profiles.profile"

register(
    by_transition(PROFILE, "submit"),
    by_transition(PROFILE, "archive_draft", "archive", code="profile-archive", label=_("Archive")),
    by_transition(PROFILE, "restore"),
    by_transition(PROFILE, "unpublish"),
)
