"""Who needs a second factor to sign in, and who has one."""

from allauth.mfa.models import Authenticator

from profiles.enums import PartnershipRole
from profiles.models import User

# Recovery codes replace a factor that was lost and are none by themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_factor(user: User) -> bool:
    """Coordinators, the Support Office and observers see what belongs to many."""
    if user.is_support_office or user.is_observer:
        return True
    return user.partnership_memberships.filter(role=PartnershipRole.COORDINATOR).exists()


def has_second_factor(user: User) -> bool:
    """Whether an app or a key is set up."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def lacks_second_factor(user: User) -> bool:
    """Whether one is needed and none is set up."""
    return needs_second_factor(user) and not has_second_factor(user)
