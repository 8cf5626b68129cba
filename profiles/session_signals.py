"""What happens to sessions when somebody signs in, or changes how they do."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import email_changed, password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save

from profiles.services import interest, sign_ins


def _record(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if not get_authentication_records(request, user):
        # Who has just registered has chosen the password in this browser, which counts as having given it.
        record_authentication(request, user, "password")
    if not request.session.get("_session_expiry"):
        # Only who asks for it is remembered on a computer: EU Login and passkeys don't ask.
        request.session.set_expiry(0)
    sign_ins.record(request, user)
    interest.renew_by_sign_in(user)


def _end_others(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    authenticator: Authenticator | None = kwargs.get("authenticator")
    if authenticator is None or authenticator.type != Authenticator.Type.RECOVERY_CODES:
        sign_ins.end_other_sessions(request, user)


def _end_others_than(sender: Any, request: Any, **kwargs: Any) -> None:
    """EU Login was connected or disconnected by who sends the request."""
    sign_ins.end_other_sessions(request, request.user)


def _shorten(sender: Any, instance: UserSession, **kwargs: Any) -> None:
    instance.ip = sign_ins.shortened(instance.ip) or "0.0.0.0"


def connect() -> None:
    """Called when the app is ready."""
    user_logged_in.connect(_record, dispatch_uid="record-sign-in")
    pre_save.connect(_shorten, sender=UserSession, dispatch_uid="shorten-address")
    for signal in (social_account_added, social_account_removed):
        signal.connect(_end_others_than, dispatch_uid="end-other-sessions")
    changes = (email_changed, password_changed, password_reset, password_set)
    for number, signal in enumerate((*changes, authenticator_added, authenticator_removed, authenticator_reset)):
        signal.connect(_end_others, dispatch_uid=f"end-other-sessions-{number}")
