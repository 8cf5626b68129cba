"""The help page: answers that are there already, and a question."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import public
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import NOBODY, Actor, Scoped
from cxc.core.links import own_path
from cxc.core.refusals import FilesUnavailable
from helpdesk import rate_limits
from helpdesk.faq import entries_for_page
from helpdesk.forms import HelpForm, VisitorHelpForm
from helpdesk.models import HelpRequest
from helpdesk.queries import records
from helpdesk.services import questions
from helpdesk.views.rate_limits import is_within_limit, writer_of

MAX_OWN_QUESTIONS = 10


@public
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def help_page(request: HttpRequest) -> HttpResponseBase:
    """For everybody: signed in with the record of the page, else with name and address."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return _signed_in(request, actor) if actor.is_signed_in else _visitor(request)


def _signed_in(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    form = HelpForm(request.POST or None, request.FILES or None, initial=_initial(request))
    about = records.visible_record(str(form["about"].value() or ""), actor)
    if request.method == "POST" and form.is_valid() and is_within_limit(form, writer_of(actor)):
        try:
            return _ask_and_redirect(request, actor, form.cleaned_data, about)
        except FilesUnavailable as refusal:
            form.add_error(None, list(refusal.sentences))
    own = HelpRequest.objects.visible_to(actor).filter(asked_by=actor.user)[:MAX_OWN_QUESTIONS]
    return _page(request, form, about, {"own": own, "may_answer": may_answer(actor)})


def _ask_and_redirect(
    request: HttpRequest, actor: Actor, given: dict[str, Any], about: Scoped | None
) -> HttpResponseBase:
    made = questions.ask_question(
        by=actor,
        subject=given["subject"],
        text=given["text"],
        file=given["file"],
        about=about,
        from_path=_own_path(request, given["came_from"]),
    )
    messages.success(
        request, _("Your question %(number)s is sent. The answer comes by mail too.") % {"number": made.number}
    )
    return redirect(made.get_absolute_url())


def may_answer(actor: Actor) -> bool:
    """Whether the list of questions has more than one's own."""
    return actor.principal.value in {"partnership", "support office"}


def _visitor(request: HttpRequest) -> HttpResponseBase:
    form = VisitorHelpForm(request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        if form.is_filled_by_machine:
            return render(request, "helpdesk/confirmation_sent.html", {"email": form.cleaned_data["email"]})
        given = form.cleaned_data
        if rate_limits.may_ask(network=get_adapter().get_client_ip(request), email=given["email"]):
            questions.ask_question_as_visitor(
                name=given["name"],
                email=given["email"],
                subject=given["subject"],
                text=given["text"],
                from_path=_own_path(request, given["came_from"]),
            )
            return render(request, "helpdesk/confirmation_sent.html", {"email": given["email"]})
        form.add_error(None, _("Too many questions came from here. Please try again in an hour, or sign in."))
        return _page(request, form, None, {}, status=429)
    return _page(request, form, None, {})


def _page(
    request: HttpRequest,
    form: HelpForm | VisitorHelpForm,
    about: Scoped | None,
    more: dict[str, object],
    status: int = 0,
) -> HttpResponse:
    came_from = str(form["came_from"].value() or "")
    context = {"form": form, "about": about, "faq_entries": entries_for_page(came_from, about), **more}
    status = status or (400 if form.is_bound else 200)
    return render(request, "helpdesk/help.html", context, status=status)


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"about": request.GET.get("about", "")[:60], "came_from": _own_path(request, request.GET.get("from", ""))}


def _own_path(request: HttpRequest, path: str) -> str:
    """A path of this portal, or nothing; without what follows the question mark, which may hold anything."""
    return own_path(request, path.partition("?")[0].partition("#")[0][:500])
