"""What a page says of second factors."""

from typing import Any

from django import template
from django.conf import settings

from profiles.models import User
from profiles.queries.second_factors import has_second_factor, needs_second_factor

register = template.Library()


@register.inclusion_tag("mfa/notice.html", takes_context=True)
def second_factor_notice(context: dict[str, Any]) -> dict[str, Any]:
    """Says to whom it is missing that a second factor is needed; in the demo, that it would be."""
    user = context["user"]
    missing = isinstance(user, User) and not has_second_factor(user) and needs_second_factor(user)
    return {"is_missing": missing, "is_required": settings.SECOND_FACTOR_REQUIRED}
