"""The mails of this app that follow a move: after what, to whom, saying what."""

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.comms.news import tell

PROFILE = "profiles.profile"
HOLDER, PARTNERSHIP, SO = Side.HOLDER, Side.PARTNERSHIP, Side.SO


def register() -> None:
    """Called when the app is ready."""
    _to_the_partnership()
    _to_the_holder()


def _to_the_partnership() -> None:
    tell(
        PROFILE,
        "submit",
        "submit_again",
        to=(PARTNERSHIP,),
        subject=_("A profile to review"),
        words=_("It waits for you to publish it, send it back or refuse it."),
    )
    tell(PROFILE, "take_back", to=(PARTNERSHIP,), subject=_("A profile was taken back"))
    tell(
        PROFILE,
        "change_identity",
        to=(PARTNERSHIP,),
        subject=_("Kind, country or cluster changed"),
        words=_("Please confirm the eligibility of what is published anew."),
    )
    tell(
        PROFILE,
        "reassign",
        to=(PARTNERSHIP, HOLDER),
        subject=_("A profile was moved to another Partnership"),
    )


def _to_the_holder() -> None:
    tell(
        PROFILE,
        "publish",
        to=(HOLDER,),
        subject=_("Your profile is published"),
        words=_("The next step: look at your best matches, and propose one to a partner."),
        to_next_step=True,
    )
    tell(
        PROFILE,
        "send_back",
        to=(HOLDER,),
        subject=_("Your profile was sent back"),
        words=_("Please put it right and submit it again."),
    )
    tell(
        PROFILE,
        "refuse",
        to=(HOLDER,),
        subject=_("Your profile was refused"),
        words=_("You can answer and submit it again, with a reason."),
    )
    tell(PROFILE, "unpublish", to=(HOLDER, PARTNERSHIP), subject=_("A profile is no longer published"))
    tell(
        PROFILE,
        "archive_draft",
        "archive",
        "archive_after_participation",
        to=(HOLDER,),
        subject=_("Your profile was archived"),
        words=_("Nothing is lost: you can bring it back while the participation is open, or copy it later."),
    )
