"""Second factors that somebody has lost: one person of the Support Office asks, another one takes them away.

The person is told of each step by mail at the address they have. Rule: docs/accounts.md, Lost second factors.
"""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.outbox import queue_mail
from cxc.core.links import absolute
from cxc.workflow import NotAllowed, Refused
from cxc.workflow.unit_of_work import unit_of_work
from profiles.models import SecondFactorReset, User
from profiles.queries.recipients import support_office
from profiles.queries.second_factors import has_second_factor
from profiles.services import sign_ins
from profiles.services.permissions import require_support_office

DAYS_OPEN = 7
_ASKED = gettext_lazy(
    "Somebody has told the Support Office that you have lost your second factors, and that they are to be removed. A "
    "second person there has to agree. If you did not ask for this, tell the Support Office at once."
)
_DONE = gettext_lazy(
    "Your second factors were removed and all your sessions ended. Sign in with your password and set up a new one. If "
    "you did not ask for this, tell the Support Office at once."
)
_REFUSED = gettext_lazy("Your second factors stay as they are: the request to remove them was refused.")


@unit_of_work()
def ask_for_reset(person: User, *, reason: str, by: Actor) -> SecondFactorReset:
    """Ask that the second factors of a person be taken away; refused for oneself, and where there are none."""
    require_support_office(by)
    _refuse_oneself(person, by)
    if not has_second_factor(person):
        raise Refused(_("%(person)s has no second factor.") % {"person": person})
    if SecondFactorReset.objects.filter(person=person, answered_at=None).exists():
        raise Refused(_("This reset was asked for already: another person has to answer it."))
    assert by.user is not None  # the Support Office is people
    reset = SecondFactorReset.objects.create(person=person, reason=reason, asked_by=by.user)
    _notify_person(reset, _ASKED)
    _notify_support_office(reset)
    return reset


@unit_of_work()
def carry_out(reset: SecondFactorReset, *, by: Actor) -> None:
    """Take the second factors away and end all sessions of the person; by somebody else than who asked.

    Refused when the request is older than a week, or when the person has used or set up a factor since.
    """
    locked = _answer(reset, by, is_refused=False)
    _refuse_outdated(locked)
    Authenticator.objects.filter(user=locked.person).delete()
    sign_ins.end_all_sessions(locked.person)
    _notify_person(locked, _DONE)


@unit_of_work()
def refuse(reset: SecondFactorReset, *, by: Actor) -> None:
    """Leave the second factors as they are; by somebody else than who asked."""
    _notify_person(_answer(reset, by, is_refused=True), _REFUSED)


def _answer(reset: SecondFactorReset, by: Actor, *, is_refused: bool) -> SecondFactorReset:
    require_support_office(by)
    locked = SecondFactorReset.objects.select_for_update(of=("self",)).select_related("person").get(pk=reset.pk)
    if locked.answered_at is not None:
        raise Refused(_("This request has been answered already."))
    _refuse_oneself(locked.person, by)
    if by.user is not None and by.user.pk == locked.asked_by_id:
        raise NotAllowed(_("Another person of the Support Office has to answer what you asked for."))
    locked.answered_by, locked.answered_at, locked.is_refused = by.user, clock.real_now(), is_refused
    locked.save(update_fields=["answered_by", "answered_at", "is_refused"])
    return locked


def _refuse_outdated(reset: SecondFactorReset) -> None:
    """Days and moments in real time, like those of the factors."""
    if clock.real_now() - reset.asked_at > timedelta(days=DAYS_OPEN):
        raise Refused(
            _("This was asked for more than %(days)s days ago: refuse it, and ask anew.") % {"days": DAYS_OPEN}
        )
    since = Q(created_at__gt=reset.asked_at) | Q(last_used_at__gt=reset.asked_at)
    if Authenticator.objects.filter(since, user=reset.person).exists():
        raise Refused(
            _("%(person)s has used or set up a second factor since this was asked for: refuse it.")
            % {"person": reset.person}
        )


def _refuse_oneself(person: User, by: Actor) -> None:
    if by.user is not None and by.user.pk == person.pk:
        raise NotAllowed(_("Nobody resets their own second factors."))


def _notify_person(reset: SecondFactorReset, text: Any) -> None:
    """To the person, who reads there what happens to their account."""
    queue_mail(
        template="profiles/mail/second_factors_reset",
        to=[reset.person],
        context={"text": text},
        link=absolute(reverse("help")),
    )


def _notify_support_office(reset: SecondFactorReset) -> None:
    """To everybody there who may answer."""
    queue_mail(
        template="profiles/mail/second_factors_reset_asked",
        to=[user for user in support_office() if user.pk not in (reset.asked_by_id, reset.person_id)],
        context={"person": str(reset.person), "by": str(reset.asked_by), "reason": reset.reason},
        link=absolute(reverse("admin:profiles_secondfactorreset_changelist")),
    )
