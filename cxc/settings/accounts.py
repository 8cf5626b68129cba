"""Sessions, signing in, second factors and EU Login (docs/accounts.md)."""

import os

from cxc.settings.deployment import PRODUCTION
from cxc.settings.environment import flag, openid_connect_apps
from cxc.settings.limits import RATES as SIGN_IN_RATES
from cxc.settings.limits import SECOND_FACTOR_RATES

# Not in the cache as well: who signs out while Redis is halted must not be signed in again when it goes on.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# When a session ends, on real time: so many seconds after the last request, and after signing in. Whoever asked to be
# remembered on a computer stays signed in longer there (docs/accounts.md).
SESSION_ENDS = {"idle": 2 * 3600, "absolute": 12 * 3600}
SESSION_ENDS_REMEMBERED = {"idle": 7 * 24 * 3600, "absolute": 30 * 24 * 3600}
SESSION_COOKIE_AGE = SESSION_ENDS_REMEMBERED["absolute"]
SIGN_IN_LOG_DAYS = 90

AUTH_USER_MODEL = "profiles.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "profiles.password_rules.GuessablePasswordValidator"},
]
LOGIN_REDIRECT_URL = "todo"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "profiles.adapters.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "profiles.forms.accounts.SignupForm"
ACCOUNT_FORMS = {
    "login": "profiles.forms.auth_forms.LoginForm",
    "signup": "profiles.forms.auth_forms.SignupForm",
    "add_email": "profiles.forms.auth_forms.AddEmailForm",
    "reset_password": "profiles.forms.auth_forms.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whoever sits down at a screen left open changes neither address nor password, and a change is told to the old address.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# So long somebody who has confirmed who they are is not asked again (`cxc.access.confirmed_identity`), on real time.
IDENTITY_CONFIRMED_SECONDS = 60 * int(os.environ.get("CXC_IDENTITY_CONFIRMED_MINUTES", "5"))
ACCOUNT_REAUTHENTICATION_TIMEOUT = IDENTITY_CONFIRMED_SECONDS
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True

ACCOUNT_RATE_LIMITS = SIGN_IN_RATES

# Whether coordinators, the Support Office and observers set up a second factor before they see anything else.
SECOND_FACTOR_REQUIRED = flag("CXC_SECOND_FACTOR_REQUIRED", default=PRODUCTION)
MFA_ADAPTER = "profiles.second_factor_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "ClusterXchange"
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute off
MFA_RATE_LIMITS = SECOND_FACTOR_RATES
MFA_FORMS = {
    "authenticate": "profiles.forms.second_factor_forms.CodeForm",
    "reauthenticate": "profiles.forms.second_factor_forms.CodeAgainForm",
    "activate_totp": "profiles.forms.second_factor_forms.ActivateAppForm",
    "add_webauthn": "profiles.forms.second_factor_forms.AddKeyForm",
    "edit_webauthn": "profiles.forms.second_factor_forms.RenameKeyForm",
    "authenticate_webauthn": "profiles.forms.second_factor_forms.KeyForm",
    "reauthenticate_webauthn": "profiles.forms.second_factor_forms.KeyAgainForm",
    "login_webauthn": "profiles.forms.second_factor_forms.PasskeyForm",
}

# EU Login, or another OpenID Connect provider (docs/accounts.md). What it says of addresses connects nobody.
EU_LOGIN_ID = "eu-login"
SOCIALACCOUNT_ADAPTER = "profiles.eu_login.EuLoginAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_connect_apps(EU_LOGIN_ID, "EU Login")}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
