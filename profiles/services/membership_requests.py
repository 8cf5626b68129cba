"""Asking to join an organisation that is registered: who asks learns nothing but what its owners answer."""

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor
from cxc.core.folding import folded
from cxc.workflow import Refused
from cxc.workflow.unit_of_work import unit_of_work
from profiles.models import Country, MembershipRequest, Organisation, User
from profiles.services import mails, members
from profiles.services.permissions import require_manage, require_participant

# Attempts of one person in a day, whether there is such an organisation or not.
MAX_REQUESTS_PER_DAY = 5
_DAY = 24 * 3600


def open_requests(organisation: Organisation) -> "QuerySet[MembershipRequest]":
    """The requests that wait for an answer, oldest first."""
    return organisation.membership_requests.filter(answered_at=None).select_related("user")


def ask_to_join(*, by: Actor, legal_name: str, country: Country, message: str = "") -> None:
    """Ask the owners of the organisation of this name, if there is one. Nothing tells whether there is.

    Refused after `MAX_REQUESTS_PER_DAY` attempts. Who belongs to it, or has asked already, changes nothing.
    """
    require_participant(by)
    assert by.user is not None
    if _attempts(by.user) > MAX_REQUESTS_PER_DAY:
        raise Refused(
            _("You have asked %(number)s times today. Try again tomorrow.") % {"number": MAX_REQUESTS_PER_DAY}
        )
    for organisation in Organisation.objects.filter(country=country, legal_name__folded=folded(legal_name))[:3]:
        _ask_owners(organisation, by.user, message)


def _attempts(user: User) -> int:
    key = f"ask-to-join-{user.pk}"
    cache.add(key, 0, timeout=_DAY)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out in between
        return 1


@unit_of_work()
def _ask_owners(organisation: Organisation, user: User, message: str) -> None:
    if organisation.memberships.filter(user=user).exists():
        return
    made, is_new = MembershipRequest.objects.get_or_create(
        organisation=organisation, user=user, answered_at=None, defaults={"message": message}
    )
    if is_new:
        mails.asks_to_join(made)


@unit_of_work()
def accept(request: MembershipRequest, *, by: Actor, role: str) -> None:
    """Make the person who asked a member with this role, without the right to sign."""
    row = _record_answer(request, by, is_accepted=True, answer="")
    members.add(row.organisation, row.user, role=role, is_signatory=False)


@unit_of_work()
def refuse(request: MembershipRequest, *, by: Actor, answer: str) -> None:
    """Refuse, with a sentence that is sent to the person who asked."""
    if not answer.strip():
        raise Refused(_("Say in a sentence why not: it is sent to the person who asked."))
    _record_answer(request, by, is_accepted=False, answer=answer.strip())


def _record_answer(request: MembershipRequest, by: Actor, *, is_accepted: bool, answer: str) -> MembershipRequest:
    rows = MembershipRequest.objects.select_for_update(of=["self"]).select_related("organisation", "user")
    row = rows.get(pk=request.pk)
    require_manage(by, row.organisation)
    if row.answered_at is not None:
        raise Refused(_("This request was answered already."))
    row.is_accepted, row.answer, row.answered_by, row.answered_at = is_accepted, answer, by.user, clock.now()
    row.save(update_fields=["is_accepted", "answer", "answered_by", "answered_at"])
    mails.request_to_join_answered(row)
    return row
