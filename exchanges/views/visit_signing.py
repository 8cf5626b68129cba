"""All documents of a visit that wait for one signatory, read and signed in one sitting. Rule: docs/signing.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cxc.access.confirmed_identity import ConfirmedRequest, confirmed_identity
from cxc.access.guards import signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.sanitise import whole_number
from cxc.workflow import NotAllowed
from cxc.workflow.returned import Change
from exchanges.forms.signing import SignVisitForm
from exchanges.models import DocumentVersion, Visit
from exchanges.presenters.version_changes import changes_between
from exchanges.queries.visits import VISITING_PROFILES
from exchanges.services.document_readings import read_by
from exchanges.services.visit_signing import (
    VersionToSign,
    may_sign_for_visit,
    sign_each,
    signed_later,
    versions_to_sign,
)
from exchanges.views.form_page import SaveResult, form_page, post_data


@dataclass(frozen=True)
class Row:
    """A document to sign, what changed since the version that the party signed last, and whether one has opened it."""

    document: VersionToSign
    changes: list[Change]
    is_opened: bool


@signed_in
@rate_limited("mail")
@confirmed_identity
@require_http_methods(["GET", "POST"])
def sign_visit(request: ConfirmedRequest, pk: int) -> HttpResponse:
    """Every document of the visit that waits for the actor's party; each is signed by itself."""
    visits = Visit.objects.select_related("lead", "host_profile__organisation__country", "host_profile__partnership")
    visit: Visit = visits.prefetch_related(VISITING_PROFILES).get_for(request.actor, pk=pk)
    if not may_sign_for_visit(visit, request.actor):
        raise NotAllowed(_("Only those who may sign for one of the parties can sign the documents of this visit."))
    found = versions_to_sign(visit, request.actor)
    waiting = [one for one in found if one.is_open]
    form = SignVisitForm(post_data(request), body=request.actor.label, versions=_offered(request, found, waiting))

    def save(_data: dict[str, Any]) -> SaveResult:
        return _sign(request, form.chosen(), reverse("visit_sign_all", args=[pk]))

    context: dict[str, Any] = {
        "rows": _rows(waiting, request),
        "signed": [one for one in found if one.is_signed],
        "blocked": [one for one in found if one.problem and not one.is_signed],
        "later": signed_later(visit, request.actor),
        "thing": visit,
        "template": "exchanges/sign_visit_on_screen.html",
    }
    back = f"{visit.get_absolute_url()}#exchanges"
    return form_page(request, form, save, title=_("Sign the documents of the visit"), back=back, **context)


def _rows(waiting: Sequence[VersionToSign], request: ConfirmedRequest) -> list[Row]:
    opened = read_by((one.version for one in waiting), request.actor)
    return [
        Row(one, changes_between(one.before, one.version) if one.before else [], one.version.pk in opened)
        for one in waiting
    ]


def _offered(
    request: ConfirmedRequest, found: Sequence[VersionToSign], waiting: Sequence[VersionToSign]
) -> list[DocumentVersion]:
    """Those that wait; of a form that was sent, those that it listed: what was signed since is refused by itself."""
    if request.method == "GET":
        return [one.version for one in waiting]
    listed = {whole_number(value) for value in request.POST.getlist("listed")}
    return [one.version for one in found if one.version.pk in listed]


def _sign(request: ConfirmedRequest, versions: Sequence[DocumentVersion], next_url: str) -> SaveResult:
    assert request.confirmation is not None  # `confirmed_identity` asks for it
    refused = sign_each(versions, confirmation=request.confirmation, by=request.actor)
    for version, why in refused:
        messages.warning(request, _("Skipped %(what)s: %(why)s") % {"what": version, "why": why})
    count = len(versions) - len(refused)
    if not count:
        return SaveResult(next_url=next_url)
    done = ngettext("%(count)s document signed.", "%(count)s documents signed.", count) % {"count": count}
    return SaveResult(done, next_url)
