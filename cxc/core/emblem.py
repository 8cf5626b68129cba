"""The scheme's own emblem, where the settings have one."""

from functools import cache
from hashlib import sha256

from django.conf import settings


def emblem_version() -> str:
    """What changes with the emblem, for its address; empty where there is none."""
    return _version_of(settings.EMBLEM) if settings.EMBLEM else ""


@cache
def _version_of(emblem: bytes) -> str:
    return sha256(emblem).hexdigest()[:12]
