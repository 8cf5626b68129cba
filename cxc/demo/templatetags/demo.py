"""What the demo world adds to public pages: its sign-ins, and its quotes."""

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

QUOTES = (
    (
        _("We came for three days to see a dyeing line, and went home with a customer and a joint project."),
        _("The owner of a weaving mill, a visitor of the demo world"),
    ),
    (
        _("Nine firms at our table asked better questions than any audit. We changed our shift plan that week."),
        _("The manager of a food cluster, a host of the demo world"),
    ),
    (
        _("I had never filled in a European form. Our Partnership did it with me on the telephone."),
        _("The founder of a firm of six, a visitor of the demo world"),
    ),
)


@register.inclusion_tag("demo/sign_ins.html")
def demo_sign_ins() -> dict[str, Any]:
    """Nothing unless the demo world is on, which a public server refuses."""
    return {"sign_ins": SIGN_INS if settings.DEMO_WORLD else {}, "password": PASSWORD}


@register.inclusion_tag("demo/quotes.html")
def demo_quotes() -> dict[str, Any]:
    """What made-up people say, marked as such; nothing unless the demo world is on."""
    return {"quotes": QUOTES if settings.DEMO_WORLD else ()}
