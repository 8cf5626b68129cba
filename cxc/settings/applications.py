"""Apps, middleware and templates, in the order in which Django asks them."""

from django.utils.translation import gettext_lazy as _

from cxc.settings.deployment import BASE_DIR

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
