"""What browsers are told: content security policy, permissions, cookies and HTTPS."""

import os
from wsgiref.headers import Headers

from csp.constants import NONE, SELF

from cxc.settings.deployment import PRODUCTION, SITE_ADDRESS
from cxc.settings.environment import origins

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
