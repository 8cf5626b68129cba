"""Feedback of visitor and host on each other."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from exchanges.forms.feedback import FeedbackForm
from exchanges.models import Exchange, Feedback
from exchanges.services.feedback import give_feedback, giving_side, refusal_of
from exchanges.views.form_page import form_page, post_data


@signed_in
@require_http_methods(["GET", "POST"])
def give(request: PortalRequest, pk: int) -> HttpResponse:
    """Give feedback, or change what was given before the other side reads it."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    side = giving_side(exchange, request.actor)
    if request.method == "GET" and (refusal := refusal_of(exchange, side)):
        raise refusal
    given = Feedback.objects.filter(exchange=exchange, side=side).first()
    initial = {"rating": given.rating, "text": given.text, "private_note": given.private_note} if given else {}
    form = FeedbackForm(post_data(request), initial=initial)

    def save(data: dict[str, Any]) -> str:
        give_feedback(exchange, by=request.actor, **data)
        return _("Thank you for your feedback.")

    back = f"{exchange.get_absolute_url()}#feedback"
    return form_page(request, form, save, title=_("Feedback"), button=_("Give feedback"), back=back, thing=exchange)
