"""Where and as what the portal runs: folders, production or not, keys, addresses; what production refuses."""

import os
from pathlib import Path

from cxc.settings.environment import allowed_hosts, flag, secret_key, site_address

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("CXC_VAR_DIR", BASE_DIR / ".portal"))
PRODUCTION = os.environ.get("CXC_ENV") == "production"
DEBUG = flag("CXC_DEBUG", default=False)

SECRET_KEY = secret_key() if PRODUCTION else os.environ.get("CXC_SECRET_KEY", "only-for-a-desk")
# Former keys, separated by commas: what they signed and encrypted can still be read.
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("CXC_FORMER_SECRET_KEYS", "").split(",") if key]
ALLOWED_HOSTS = allowed_hosts() if PRODUCTION else ["*"]
SITE_ADDRESS = site_address() if PRODUCTION else os.environ.get("CXC_SITE_ADDRESS", "http://127.0.0.1:8000")

# The clock can be moved for rehearsals and demos, never on a public server.
MOVABLE_CLOCK = flag("CXC_MOVABLE_CLOCK", default=False)
DEMO_WORLD = flag("CXC_DEMO_WORLD", default=False)
if PRODUCTION and DEBUG:
    raise RuntimeError("CXC_DEBUG is not for production: error pages would show source and settings. Unset it.")
if PRODUCTION and MOVABLE_CLOCK:
    raise RuntimeError("CXC_MOVABLE_CLOCK is not for production: unset it.")
if PRODUCTION and DEMO_WORLD:
    raise RuntimeError("CXC_DEMO_WORLD is not for production: its passwords are public.")
