"""People: anonymised on request, never deleted from under their history."""

from collections.abc import Callable
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.core.erasure import erase
from cxc.web.form_drafts import store as form_drafts
from cxc.web.saved_views import store as saved_views
from cxc.workflow import NotAllowed, Refused
from cxc.workflow.unit_of_work import unit_of_work
from profiles.models import Invitation, MembershipRequest, Preferences, SecondFactorReset, User
from profiles.services import mails, sign_ins
from profiles.services.members import TeamMembership, is_last_leader, team_of
from profiles.services.permissions import is_support_office

_anonymise_handlers: list[Callable[[User], None]] = []


def on_anonymise(function: Callable[[User], None]) -> None:
    """Register what else of a person is erased, in the same transaction. Called by other apps when they are ready."""
    if function not in _anonymise_handlers:
        _anonymise_handlers.append(function)


@unit_of_work()
def anonymise(user: User, *, by: Actor) -> User:
    """Remove name, address, telephone and memberships; the row stays for the history's sake.

    By the Support Office, or by the person. Who alone owns an organisation hands it over first; the
    Support Office may do it all the same. Doing it twice changes nothing.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    if not (is_support_office(by) or (by.user is not None and by.user.pk == row.pk)):
        raise NotAllowed(_("Only the person, or the Support Office, may do this."))
    if row.anonymised_at:
        return row
    if not is_support_office(by):
        _refuse_last_owner(row)
    for handler in _anonymise_handlers:
        handler(row)
    addresses = _addresses_of(row)
    _erase_addresses(row, addresses)
    form_drafts.erase_all(row)
    saved_views.erase_all(row)
    Preferences.objects.filter(person=row).delete()
    MembershipRequest.objects.filter(user=row).delete()
    Authenticator.objects.filter(user=row).delete()
    SocialAccount.objects.filter(user=row).delete()
    SecondFactorReset.objects.filter(person=row).delete()
    sign_ins.forget(row)
    row.memberships.all().delete()
    row.partnership_memberships.all().delete()
    name = row.full_name
    row.full_name, row.job_title, row.phone, row.language = str(_("Former user")), "", "", ""
    row.email = _anonymous_address(row)
    row.is_active = row.is_support_office = row.is_observer = False
    row.anonymised_at = clock.now()
    row.set_unusable_password()
    row.save()
    _erase_from_texts(row, name, addresses)
    return row


@unit_of_work()
def change_sign_in_address(user: User, *, old: str) -> None:
    """Makes the address that the Support Office gave a person the one to sign in with; the old one gets a mail."""
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    mails.address_changed(user, old=old)


def _refuse_last_owner(user: User) -> None:
    memberships: list[TeamMembership] = [*user.memberships.select_related("organisation")]
    memberships += user.partnership_memberships.select_related("partnership")
    if led_alone := [str(team_of(membership)) for membership in memberships if is_last_leader(membership)]:
        raise Refused(
            _("Nobody else leads %(teams)s: hand it over first, or ask the Support Office.")
            % {"teams": ", ".join(led_alone)}
        )


def _anonymous_address(user: User) -> str:
    return f"anonymous-{user.pk}@anonymous.invalid"


def _addresses_of(user: User) -> set[str]:
    """Every address that the portal knows of the person, former ones included."""
    known = set(EmailAddress.objects.filter(user=user).values_list("email", flat=True))
    return known | {user.email, *Mail.objects.filter(to_user=user).values_list("to_address", flat=True)}


def _erase_addresses(user: User, addresses: set[str]) -> None:
    """What is kept under the person's addresses: sign-in, open invitations, mails."""
    EmailAddress.objects.filter(user=user).delete()
    theirs = reduce(or_, (Q(email=address) for address in addresses))
    Invitation.objects.filter(theirs, accepted_at=None).delete()
    Invitation.objects.filter(theirs).update(email=_anonymous_address(user))
    mails = Mail.objects.filter(reduce(or_, (Q(to_address=address) for address in addresses)))
    mails.exclude(status=Mail.Status.SENT).delete()
    mails.update(key=None, to_address=_anonymous_address(user))


def _erase_from_texts(user: User, name: str, addresses: set[str]) -> None:
    """Name and addresses in what others wrote or were written. A name of one word may be anybody's: it stays there."""
    replacements = dict.fromkeys(addresses, _anonymous_address(user))
    if len(name.split()) > 1:
        replacements[name] = user.full_name
    erase(replacements)
