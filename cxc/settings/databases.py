"""PostgreSQL, and Redis as cache."""

import os

from cxc.settings.deployment import PRODUCTION
from cxc.settings.environment import database_from_url, required

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
