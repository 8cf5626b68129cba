"""Languages (docs/languages.md) and the time zone."""

from cxc.settings.deployment import BASE_DIR, PRODUCTION

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
