"""How the scheme is called, who funds it and which emblem it has: settings, for pages, mails and documents."""

from django import template
from django.conf import settings

from cxc.core.emblem import emblem_version

register = template.Library()


@register.simple_tag
def scheme_name() -> str:
    """The scheme's name."""
    return str(settings.SCHEME_NAME)


@register.simple_tag
def funding_line() -> str:
    """Who funds it, in the words of CXC_FUNDING_LINE; "" where it is unset."""
    return str(settings.FUNDING_LINE)


@register.simple_tag
def programme_line() -> str:
    """What stands beneath the name in a document's letterhead. English, as documents are."""
    return settings.FUNDING_LINE or "An initiative of the European Union"


@register.simple_tag
def disclaimer(own: str = "") -> str:
    """What stands at the foot of each page of a document: its own words, else who funds the scheme. English."""
    return own or settings.FUNDING_LINE or f"{settings.SCHEME_NAME} is an initiative of the European Union."


register.simple_tag(emblem_version)
