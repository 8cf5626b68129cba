"""Settings of the portal, read from the environment (docs/production.md lists every variable).

The defaults serve `./portal up` on one's own machine; `CXC_ENV=production` demands what a
public server needs and refuses what belongs on a desk.
"""

import os
from pathlib import Path
from wsgiref.headers import Headers

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from cxc.settings.environment import (
    allowed_hosts,
    backup_destination,
    bucket_options,
    clamav_socket,
    database_from_url,
    emblem,
    files_store,
    flag,
    metrics_token,
    openid_connect_apps,
    origins,
    required,
    secret_key,
    site_address,
    text,
)
from cxc.settings.limits import RATE_LIMITS as PORTAL_RATES
from cxc.settings.limits import RATES as SIGN_IN_RATES
from cxc.settings.limits import SECOND_FACTOR_RATES
from cxc.settings.schedule import ON_REAL_TIME, beat_schedule

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("CXC_VAR_DIR", BASE_DIR / ".portal"))
PRODUCTION = os.environ.get("CXC_ENV") == "production"
DEBUG = flag("CXC_DEBUG", default=False)

SECRET_KEY = secret_key() if PRODUCTION else os.environ.get("CXC_SECRET_KEY", "only-for-a-desk")
# Former keys, separated by commas: what they signed and encrypted can still be read.
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("CXC_FORMER_SECRET_KEYS", "").split(",") if key]
ALLOWED_HOSTS = allowed_hosts() if PRODUCTION else ["*"]
SITE_ADDRESS = site_address() if PRODUCTION else os.environ.get("CXC_SITE_ADDRESS", "http://127.0.0.1:8000")

# How the scheme is called and who funds it (docs/production.md). Unset, pages and documents are as they always were.
SCHEME_NAME = text("CXC_SCHEME_NAME", "ClusterXchange")
FUNDING_LINE = text("CXC_FUNDING_LINE")
EMBLEM = emblem("CXC_EMBLEM")

# The clock can be moved for rehearsals and demos, never on a public server.
MOVABLE_CLOCK = flag("CXC_MOVABLE_CLOCK", default=False)
DEMO_WORLD = flag("CXC_DEMO_WORLD", default=False)
if PRODUCTION and DEBUG:
    raise RuntimeError("CXC_DEBUG is not for production: error pages would show source and settings. Unset it.")
if PRODUCTION and MOVABLE_CLOCK:
    raise RuntimeError("CXC_MOVABLE_CLOCK is not for production: unset it.")
if PRODUCTION and DEMO_WORLD:
    raise RuntimeError("CXC_DEMO_WORLD is not for production: its passwords are public.")

INSTALLED_APPS = [
    "cxc.core",
    "cxc.workflow",
    "cxc.comms",
    "cxc.seals",
    "cxc.backups",
    "cxc.todo",
    "cxc.bulk",
    "cxc.messaging",
    "cxc.web",
    "cxc.monitoring",
    "profiles",
    "helpdesk",
    "matching",
    "exchanges",
    "reports",
    "public",
    "cxc.demo",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "js_lib_bootstrap5",
]

MIDDLEWARE = [
    "cxc.web.middleware.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cxc.monitoring.probes.ProbeMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # The token against forgery is another one in each page, so a page's length tells nothing of it.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cxc.web.middleware.headers.HeadersMiddleware",
    "profiles.middleware.LanguageMiddleware",
    "cxc.web.middleware.english_texts.EnglishTextsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "profiles.middleware.SessionEndMiddleware",
    "profiles.middleware.ActorMiddleware",
    "profiles.middleware.SecondFactorMiddleware",
    "cxc.web.middleware.admin_zone.AdminZoneMiddleware",
    "cxc.web.middleware.refusals.RefusalMiddleware",
    "cxc.web.middleware.uploads.UploadMiddleware",
    "cxc.web.middleware.form_drafts.FormDraftMiddleware",
]

ROOT_URLCONF = "cxc.urls"
WSGI_APPLICATION = "cxc.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cxc.web.context.page_context",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = _("Any")

DATABASE_URL = (
    required("DATABASE_URL") if PRODUCTION else os.environ.get("DATABASE_URL", "postgresql://cxc@127.0.0.1/cxc")
)
DATABASES = {"default": database_from_url(DATABASE_URL)}
# What PostgreSQL's tools connect to, past a pooler; empty: the same as the portal.
_DIRECT_DATABASE_URL = os.environ.get("CXC_DIRECT_DATABASE_URL", "")
DIRECT_DATABASE = database_from_url(_DIRECT_DATABASE_URL) if _DIRECT_DATABASE_URL else {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL") if PRODUCTION else os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
# Seconds that Redis may take to answer before the portal goes on without it.
REDIS_ANSWER_SECONDS = 1.0
CACHES = {"default": {"BACKEND": "cxc.core.cache.OptionalRedisCache", "LOCATION": REDIS_URL}}
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

ACCOUNT_RATE_LIMITS = SIGN_IN_RATES  # cxc.settings.limits
RATE_LIMITS = PORTAL_RATES  # cxc.settings.limits

# Whether coordinators, the Support Office and observers set up a second factor before they see anything else.
SECOND_FACTOR_REQUIRED = flag("CXC_SECOND_FACTOR_REQUIRED", default=PRODUCTION)
MFA_ADAPTER = "profiles.second_factor_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "ClusterXchange"
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute off
MFA_RATE_LIMITS = SECOND_FACTOR_RATES  # cxc.settings.limits
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

LANGUAGE_CODE = "en-gb"
# Each says its own name. A further one: docs/add-a-language.md.
LANGUAGES = [("en-gb", "English"), ("fr", "Français"), ("de", "Deutsch")]
# Codes of those that may have gaps, filled with English; the others have to be complete (docs/languages.md).
PARTLY_TRANSLATED_LANGUAGES: set[str] = set()
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "cxc.formats"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("CXC_STATIC_DIR", VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("CXC_FILES_DIR", VAR_DIR / "files"))
# Where several machines share the files: s3://bucket/prefix; empty: they are below MEDIA_ROOT.
FILES_S3 = files_store()
STORAGES = {
    "default": {"BACKEND": "cxc.core.files.bucket.BucketStorage", "OPTIONS": bucket_options(FILES_S3)}
    if FILES_S3
    else {"BACKEND": "cxc.core.files.storage.DurableStorage"},
    # Compressing everything takes nine seconds, which only a public server earns back.
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "cxc.web.static_files.DeskStaticFiles"
    },
}
# Source maps are two thirds of all bytes and nobody's browser asks for them: a minute of compressing for nothing.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "jpeg", "gif", "webp", "woff", "woff2", "gz", "br")
# Signed papers and evidence: at most 10 MB each, so that a phone's photo of a page fits.
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
# Uploads that can be taken stay in memory: a full disk for temporary files refuses none of them.
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_MAX_BYTES + 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# ClamAV's daemon, /run/clamav/clamd.ctl or host:port; empty: files are not checked for viruses.
CLAMAV_SOCKET = clamav_socket()

EMAIL_HOST = os.environ.get("CXC_EMAIL_HOST", "")
# A folder that collects the mails instead: what `./portal up` does, so that a demo writes to nobody.
EMAIL_FILE_PATH = os.environ.get("CXC_EMAIL_DIR", str(VAR_DIR / "mails"))
EMAIL_BACKEND = f"{'django.core.mail.backends.smtp' if EMAIL_HOST else 'cxc.comms.file_backend'}.EmailBackend"
if PRODUCTION:
    required("CXC_EMAIL_HOST")
EMAIL_PORT = int(os.environ.get("CXC_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CXC_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CXC_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("CXC_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10  # for each answer of the mail server
DEFAULT_FROM_EMAIL = os.environ.get("CXC_EMAIL_FROM", "ClusterXchange portal <portal@cxc.example>")
# Where answers to questions are read (docs/help.md): help@portal.example; '' where no mail server hands them on.
HELP_MAILBOX = os.environ.get("CXC_HELP_MAILBOX", "")

CELERY_BROKER_URL = REDIS_URL
# Mails have a queue and a worker of their own: a mail server that hangs holds nothing else up.
# A worker without --queues takes both.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("mail")]
CELERY_TASK_ROUTES = {
    "cxc.comms.tasks.deliver_mails": {"queue": "mail"},
    "cxc.comms.tasks.send_outbox": {"queue": "mail"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # workers and beat wait for Redis however long it is away
# A connection that died without a word is noticed.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_keepalive": True, "socket_timeout": 30, "socket_connect_timeout": 5}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# A moved clock shows its effect at once: whoever moves it lets the jobs look (`manage clock`). These rounds are for the
# time that runs on from there; the real one needs a look a minute.
TICK_SECONDS = 3 if MOVABLE_CLOCK else 60
WATCH_SECONDS = 30 if MOVABLE_CLOCK else 900
JOBS_ON_REAL_TIME = ON_REAL_TIME
CELERY_BEAT_SCHEDULE = beat_schedule(tick_seconds=TICK_SECONDS, watch_seconds=WATCH_SECONDS)

# Nothing inline and nothing from elsewhere: what somebody types into a form can't become a script.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's icons are in its style sheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *origins([os.environ.get("CXC_OIDC_SERVER", "")])],  # browsers hold redirects to it too
        "frame-ancestors": [NONE],
    }
}
# The portal asks a browser for nothing but pages and keys to sign in with: no camera, microphone, place or payment, in
# no page and no frame.
PERMISSIONS_POLICY = "publickey-credentials-create=(self), publickey-credentials-get=(self), " + ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# No other site shows the portal's pages, pictures and scripts as its own.
CROSS_ORIGIN_RESOURCE_POLICY = "same-origin"


def WHITENOISE_ADD_HEADERS_FUNCTION(headers: Headers, path: str, url: str) -> None:
    """The same of static files, which WhiteNoise sends."""
    headers["Cross-Origin-Resource-Policy"] = CROSS_ORIGIN_RESOURCE_POLICY


SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Asked from inside, without the proxy that speaks TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/((live|ready)/?|pages/)?$", r"^metrics/?$"]
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Else all the world would come from the proxy's address, and share its few sign-ins and questions an hour.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

# The portal's seal (docs/seals.md): PEM files of the private key and of the certificate with its chain. Without them a
# key is made for trial use, and its name says so.
SEAL_KEY_FILE, SEAL_CERTIFICATE_FILE = (
    required(name) if PRODUCTION else os.environ.get(name, "")
    for name in ("CXC_SEAL_KEY_FILE", "CXC_SEAL_CERTIFICATE_FILE")
)
SEAL_KEY_PASSWORD = os.environ.get("CXC_SEAL_KEY_PASSWORD", "")
# A time-stamp server (RFC 3161) raises the seals from level B-B to B-T.
TIMESTAMP_URL = os.environ.get("CXC_TIMESTAMP_URL", "")

# By it Prometheus reads `/metrics` over the network (docs/monitoring.md); empty: only this machine does.
METRICS_TOKEN = metrics_token()

# Who is told of errors by mail (docs/monitoring.md); nobody where it is empty.
ERROR_MAIL_ADDRESSES = [each.strip() for each in os.environ.get("CXC_ERROR_MAILS", "").split(",") if each.strip()]

# The daily back-up (docs/backup.md): the folder it goes to, none where empty, and how many stay there. The public key
# of age to which back-ups are encrypted, not where it is empty.
BACKUP_TO = backup_destination()
BACKUPS_KEPT = max(1, int(os.environ.get("CXC_BACKUPS_KEPT", "14")))
BACKUP_ENCRYPT_TO = os.environ.get("CXC_BACKUP_ENCRYPT_TO", "")

# Everything goes to standard error, where a container or `.portal/logs` keeps it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "cxc.core.log_lines.PlainLines"},
        "json": {"()": "cxc.core.log_lines.JsonLines"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "plain"},
        "mail": {"class": "cxc.core.error_mails.ErrorMailHandler"},
    },
    "root": {"handlers": ["console", "mail"], "level": os.environ.get("CXC_LOG_LEVEL", "INFO")},
    # Both makers of PDFs, and the client of the store, tell of each of their steps.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        **{name: {"level": "WARNING"} for name in ("weasyprint", "weasyprint.progress", "fontTools", "botocore")},
    },
}
