"""People: anonymised on request, never deleted from under their history."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from cxc import clock
from cxc.ground import kept
from cxc.ground.access import Actor
from cxc.ground.models import Mail
from cxc.ground.moves import NotAllowed, Refused
from profiles.models import Invitation, User
from profiles.services.allowed import is_support_office
from profiles.services.members import Place, is_last, team_of

_forgetters: list[Callable[[User], None]] = []


def when_forgotten(function: Callable[[User], None]) -> None:
    """Called by apps above when they are ready: what else of a person is removed, in the same transaction."""
    if function not in _forgetters:
        _forgetters.append(function)


@transaction.atomic
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
    for forget in _forgetters:
        forget(row)
    _forget_address(row)
    kept.erase_all(row)
    row.memberships.all().delete()
    row.partnership_memberships.all().delete()
    row.full_name, row.job_title, row.phone = str(_("Former user")), "", ""
    row.email = f"anonymous-{row.pk}@anonymous.invalid"
    row.is_active = row.is_support_office = row.is_observer = False
    row.anonymised_at = clock.now()
    row.set_unusable_password()
    row.save()
    return row


def _refuse_last_owner(user: User) -> None:
    places: list[Place] = [*user.memberships.select_related("organisation")]
    places += user.partnership_memberships.select_related("partnership")
    if alone := [str(team_of(place)) for place in places if is_last(place)]:
        raise Refused(
            _("Nobody else leads %(teams)s: hand it over first, or ask the Support Office.")
            % {"teams": ", ".join(alone)}
        )


def _forget_address(user: User) -> None:
    """What else holds the person's address: sign-in, open invitations, mails."""
    nowhere = f"anonymous-{user.pk}@anonymous.invalid"
    EmailAddress.objects.filter(user=user).delete()
    Invitation.objects.filter(email__iexact=user.email, accepted_at=None).delete()
    Invitation.objects.filter(email__iexact=user.email).update(email=nowhere)
    Mail.objects.filter(to_address__iexact=user.email).exclude(status=Mail.Status.SENT).delete()
    Mail.objects.filter(to_address__iexact=user.email).update(to_address=nowhere)
