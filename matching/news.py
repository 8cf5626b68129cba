"""The mails of this app that follow a move: after what, to whom, saying what."""

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.comms.news import tell
from cxc.core.models import SchemeSettings
from cxc.workflow import TransitionContext
from profiles.queries.signatories import without_signatory

VO, HO, VOP, HOP = Side.VO, Side.HO, Side.VOP, Side.HOP
ALL = (VO, HO, VOP, HOP)
MATCH = "matching.match"


def register() -> None:
    """Called when the app is ready."""
    tell(MATCH, "propose", to=(VO, HO), subject=_("A proposal"), words=_proposal)
    tell(MATCH, "visitor_yes_outside", to=(VO,), subject=_("Your yes was entered for you"), words=_given_outside)
    tell(MATCH, "host_yes_outside", to=(HO,), subject=_("Your yes was entered for you"), words=_given_outside)
    tell(
        MATCH,
        "confirm",
        to=ALL,
        subject=_("The match is confirmed"),
        words=_confirmed,
    )
    tell(MATCH, "visitor_no", "host_no", "take_back_yes", to=ALL, subject=_("The answer is no"))
    tell(MATCH, "withdraw", "withdraw_as_system", to=ALL, subject=_("The proposal is withdrawn"))
    tell(
        MATCH,
        "expire",
        to=ALL,
        subject=_("The proposal has expired"),
        words=_("It was not answered in time, or a participation has ended. A Partnership can reopen it."),
    )
    tell(MATCH, "cancel", "take_back_yes_confirmed", to=ALL, subject=_("The match is cancelled"))
    tell(
        MATCH,
        "take_back_yes_by_request",
        to=(VOP, HOP),
        subject=_("A yes is taken back"),
        words=_("Its exchange is being prepared: the request to cancel it waits for your answer."),
    )
    tell(MATCH, "undo", "reopen", to=ALL, subject=_("The match is open again"), words=_how_it_stands)


def _proposal(context: TransitionContext) -> str:
    match = context.thing
    days = SchemeSettings.current().proposal_expiry_days
    sentence = _now("%(visitor)s would visit %(host)s (%(modality)s). Please say yes or no within %(days)s days.") % {
        "visitor": match.visiting_profile.organisation,
        "host": match.host_profile.organisation,
        "modality": match.get_modality_display().lower(),
        "days": days,
    }
    return f"{sentence}\n\n{match.message}".strip()


def _confirmed(context: TransitionContext) -> str:
    """What comes next, and who still has to name somebody who may sign."""
    said = gettext(
        "Both sides said yes. You see each other's contacts now, and the Partnerships can build the exchange."
    )
    profiles = (context.thing.visiting_profile, context.thing.host_profile)
    bodies = [body for profile in profiles for body in (profile.organisation, profile.partnership) if body]
    if missing := without_signatory(bodies):
        said += "\n\n" + gettext(
            "Before documents can be validated, these have to name at least one person who may sign, on the page of"
            " their members: %(who)s."
        ) % {"who": ", ".join(map(str, missing))}
    return said


def _given_outside(context: TransitionContext) -> str:
    return _now(
        "It was entered that you said yes on %(on)s (%(how)s). If that is not so, you can take it back within"
        " %(days)s days on the page of the match."
    ) % {
        "on": date_format(context.facts["on"]),
        "how": context.facts["how"],
        "days": SchemeSettings.current().undo_days,
    }


def _how_it_stands(context: TransitionContext) -> str:
    return _now("It is “%(state)s” now.") % {"state": context.thing.get_state_display()}
