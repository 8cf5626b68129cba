"""The portal's electronic seal (docs/seals.md): PEM files of the private key and of the certificate with its chain.

Without them a key is made for trial use, and its name says so.
"""

import os

from cxc.settings.deployment import PRODUCTION
from cxc.settings.environment import required

SEAL_KEY_FILE, SEAL_CERTIFICATE_FILE = (
    required(name) if PRODUCTION else os.environ.get(name, "")
    for name in ("CXC_SEAL_KEY_FILE", "CXC_SEAL_CERTIFICATE_FILE")
)
SEAL_KEY_PASSWORD = os.environ.get("CXC_SEAL_KEY_PASSWORD", "")
# A time-stamp server (RFC 3161) raises the seals from level B-B to B-T.
TIMESTAMP_URL = os.environ.get("CXC_TIMESTAMP_URL", "")
