"""Moving a visit: asking with a preview, and the page of a move with its answers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import sides_of
from cxc.todo.owed_by_others import owed_by_others
from exchanges.enums import VISIT_MOVE, VISIT_MOVE_CONSENT
from exchanges.forms.visit_move import VisitMoveForm
from exchanges.models import Exchange, Visit, VisitMove
from exchanges.presenters import visit_move as presenter
from exchanges.queries.visits import VISITING_PROFILES
from exchanges.services.visit_moves import ask_to_move, new_move
from exchanges.views.form_page import SaveResult, form_page, post_data, require_may_create

ASK = "exchanges/visit_move_ask.html"
OF_MOVE = {VISIT_MOVE: "pk", VISIT_MOVE_CONSENT: "move"}


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def ask(request: PortalRequest, pk: int) -> HttpResponse:
    """New days, then what becomes of each exchange, then everybody is asked: nobody is before that was shown."""
    visit = Visit.objects.with_host().prefetch_related(VISITING_PROFILES).get_for(request.actor, pk=pk)
    require_may_create(VisitMove(visit=visit), request.actor, "ask")
    named = Exchange.objects.visible_to(request.actor, "name")
    form = VisitMoveForm(post_data(request), visit=visit, may_name=named)

    def save(data: dict[str, Any]) -> SaveResult:
        days, given = form.days(), form.given()
        made = ask_to_move(visit, by=request.actor, reason=data["reason"], given=given, **days)
        return SaveResult(_("Everybody who has to agree is asked, and answers here."), made.get_absolute_url())

    context: dict[str, Any] = {"title": _("Move the visit"), "back": visit.get_absolute_url(), "thing": visit}
    if form.is_bound and form.is_valid():
        context |= _preview(form, visit, request)
        if "ask" not in request.POST or request.POST.get("previewed") != form.previewed():
            return render(request, ASK, context | {"form": form, "back_page": context["back"]})
    return form_page(request, form, save, template=ASK, **context)


def _preview(form: VisitMoveForm, visit: Visit, request: PortalRequest) -> dict[str, Any]:
    """Computed when the page shows it; who asks for what was shown is led on to the move."""
    move = new_move(visit, given=form.given(), **form.days())
    return {
        "preview": SimpleLazyObject(lambda: presenter.preview_of(move, request.actor)),
        "problems": SimpleLazyObject(lambda: presenter.problems_of(move, request.actor)),
        "previewed": form.previewed(),
    }


@signed_in
@rate_limited("mail")
@require_GET
def visit_move(request: PortalRequest, pk: int) -> HttpResponse:
    """New days and why, who has agreed and who is still to answer, and what becomes of the exchanges."""
    rows = VisitMove.objects.select_related("new_visit", "visit__lead", "visit__host_profile__organisation__country")
    move = rows.select_related("visit__host_profile__partnership").get_for(request.actor, pk=pk)
    actor, consents = request.actor, presenter.consents_seen(move, request.actor)
    context = {
        "move": move,
        "visit": move.visit,
        "may_open_visit": bool(sides_of(actor, move.visit)),
        "consents": consents,
        "mine": [one for one in consents if move.is_open and sides_of(actor, one) & {one.side}],
        "owed_by_others": owed_by_others(move, actor, OF_MOVE, label=lambda consent: str(consent.party)),
        "preview": presenter.preview_of(move, actor) if move.is_open else None,
        "outcomes": presenter.outcomes_seen(move, actor),
    }
    return render(request, "exchanges/visit_move.html", context)
