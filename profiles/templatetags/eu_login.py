"""Whether pages offer EU Login, and where it begins."""

from django import template

from profiles import eu_login

register = template.Library()

register.simple_tag(eu_login.is_offered, name="eu_login_is_offered")
register.simple_tag(eu_login.address, name="eu_login_address")


@register.simple_tag(takes_context=True)
def eu_login_connect_address(context: template.Context) -> str:
    return eu_login.connect_address(context["request"])
