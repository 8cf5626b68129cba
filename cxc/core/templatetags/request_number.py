"""The number of the request, on pages about errors."""

from django import template

from cxc.core import request_number as numbers

register = template.Library()


@register.simple_tag
def request_number() -> str:
    """The number by which the log names this request; asks neither the database nor the request."""
    return numbers.current()
