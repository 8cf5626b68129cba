"""The demo sign-ins on the sign-in page."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cxc.demo.people import PASSWORD

register = template.Library()

SIGN_INS = {
    "visitor@demo.example": _("a visiting organisation"),
    "host@demo.example": _("a host organisation"),
    "coordinator@demo.example": _("a Partnership's coordinator"),
    "support@demo.example": _("the Support Office"),
    "observer@demo.example": _("the agency, reading only"),
}


@register.inclusion_tag("demo/sign_ins.html")
def demo_sign_ins() -> dict[str, Any]:
    """Nothing unless the demo world is on, which a public server refuses."""
    return {"sign_ins": SIGN_INS if settings.DEMO_WORLD else {}, "password": PASSWORD}
