"""What sign-in does the portal's way (django-allauth). Its mails go out directly, on real time."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from profiles.acting import hats_of
from profiles.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Who belongs nowhere yet comes to the page where that begins."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right. Please try again."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        if isinstance(user, User) and not hats_of(user):
            return reverse("welcome")
        return super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)
