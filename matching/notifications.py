"""The mails that follow the transitions of a match: to whom, and what they say."""

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side
from cxc.core.languages import in_sentence
from cxc.core.models import SchemeSettings
from cxc.workflow.context import TransitionContext
from cxc.workflow.notify import Notify
from profiles.queries.signatories import without_signatory

VO, HO, VOP, HOP = Side.VO, Side.HO, Side.VOP, Side.HOP
ALL_PARTIES = (VO, HO, VOP, HOP)


def _proposal(context: TransitionContext) -> str:
    match = context.thing
    days = SchemeSettings.current().proposal_expiry_days
    sentence = gettext(
        "%(visitor)s would visit %(host)s (%(modality)s). Please say yes or no within %(days)s days."
    ) % {
        "visitor": match.visiting_profile.organisation,
        "host": match.host_profile.organisation,
        "modality": in_sentence(match.get_modality_display()),
        "days": days,
    }
    return f"{sentence}\n\n{match.message}".strip()


def _confirmed(context: TransitionContext) -> str:
    """What comes next, and who still has to name somebody who may sign."""
    text = gettext(
        "Both sides said yes. You see each other's contacts now, and the Partnerships can build the exchange."
    )
    profiles = (context.thing.visiting_profile, context.thing.host_profile)
    bodies = [body for profile in profiles for body in (profile.organisation, profile.partnership) if body]
    if missing := without_signatory(bodies):
        text += "\n\n" + gettext(
            "Before documents can be validated, these have to name at least one person who may sign, on the page of"
            " their members: %(who)s."
        ) % {"who": ", ".join(map(str, missing))}
    return text


def _given_outside(context: TransitionContext) -> str:
    return gettext(
        "It was entered that you said yes on %(on)s (%(how)s). If that is not so, you can take it back within"
        " %(days)s days on the page of the match."
    ) % {
        "on": date_format(context.facts["on"]),
        "how": context.facts["how"],
        "days": SchemeSettings.current().undo_days,
    }


def _new_state(context: TransitionContext) -> str:
    return gettext("The match is now “%(state)s”.") % {"state": context.thing.get_state_display()}


PROPOSED = Notify((VO, HO), _("A proposal"), _proposal)
VISITOR_YES_ENTERED = Notify((VO,), _("Your yes was entered for you"), _given_outside)
HOST_YES_ENTERED = Notify((HO,), _("Your yes was entered for you"), _given_outside)
CONFIRMED = Notify(ALL_PARTIES, _("The match is confirmed"), _confirmed)
DECLINED = Notify(ALL_PARTIES, _("The answer is no"))
WITHDRAWN = Notify(ALL_PARTIES, _("The proposal is withdrawn"))
EXPIRED = Notify(
    ALL_PARTIES,
    _("The proposal has expired"),
    _("It was not answered in time, or a participation has ended. A Partnership can reopen it."),
)
CANCELLED = Notify(ALL_PARTIES, _("The match is cancelled"))
YES_TAKEN_BACK = Notify(
    (VOP, HOP),
    _("A yes is taken back"),
    _("Its exchange is being prepared: the request to cancel it waits for your answer."),
)
OPEN_AGAIN = Notify(ALL_PARTIES, _("The match is open again"), _new_state)
