"""A visitor's question, reached by the secret link of the mail."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cxc.access.guards import public
from cxc.access.rate_limits import rate_limited
from helpdesk.enums import HelpState
from helpdesk.forms import VisitorMessageForm
from helpdesk.models import HelpRequest
from helpdesk.services.messages import close_question_as_visitor, write_message_as_visitor
from helpdesk.services.questions import confirm_question
from helpdesk.views.rate_limits import is_within_limit


@public
@rate_limited("mail")
@never_cache
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Confirm, read, write again, close. Whoever holds the link is taken for who asked."""
    found = get_object_or_404(HelpRequest, secret=secret, asked_by=None, texts_removed_at=None)
    form = VisitorMessageForm(request.POST if "text" in request.POST else None)
    if request.method == "POST" and _carry_out(request, found, form):
        return redirect(found.visitor_path)
    context = {"question": found, "thread": found.messages.select_related("author"), "form": form, "is_asker": True}
    return render(request, "helpdesk/visitor_question.html", context, status=400 if request.method == "POST" else 200)


def _carry_out(request: HttpRequest, found: HelpRequest, form: VisitorMessageForm) -> bool:
    """Carry out what was pressed; False where something is missing."""
    if found.state == HelpState.UNCONFIRMED:
        confirm_question(found)
    elif "close" in request.POST:
        close_question_as_visitor(found)
    elif form.is_valid() and is_within_limit(form, f"question-{found.pk}"):
        write_message_as_visitor(found, text=form.cleaned_data["text"])
    else:
        return False
    return True
