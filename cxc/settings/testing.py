"""Settings of the tests: the desk's, but quicker, and each test process by itself."""

import os

from cxc.settings import *  # noqa: F403
from cxc.settings import CELERY_BROKER_URL, DATABASES, RATE_LIMITS, STATIC_ROOT, STORAGES
from cxc.settings.environment import redis_database
from cxc.settings.limits import Rate

# Test processes run side by side; each has a database of the broker to itself (0 is `gw0`'s or nobody's).
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = CELERY_BROKER_URL = redis_database(CELERY_BROKER_URL, _worker % 15)
CACHES = {"default": {"BACKEND": "cxc.core.cache.OptionalRedisCache", "LOCATION": REDIS_URL}}
REDIS_ANSWER_SECONDS = 10.0  # a busy machine is no fault of Redis

# A real hash takes a third of a second for each sign-in; the demo world has some of those.
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("MD5", "PBKDF2")]
# No manifest: nothing is collected for a test run.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns when it is missing
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["CONN_MAX_AGE"] = None
# `./portal test` has migrated the database it names; each test process copies it.
if "CXC_TEST_CLUSTER" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": DATABASES["default"]["NAME"]}
# Hundreds of sign-ins a minute from one address are no attack here.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # type: ignore[assignment]
RATE_LIMITS = RATE_LIMITS | {
    name: Rate(10**9, 600, posts_only=name == "mail") for name in ("mail", "render", "picture", "search")
}
LOGGING = {"version": 1, "disable_existing_loggers": False}
