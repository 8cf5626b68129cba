"""Pages that no link leads to: behind a secret that was mailed, or of things that the demo world lacks."""

from collections.abc import Iterator
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from cxc.access.confirmed_identity import KEPT_REQUEST
from cxc.bulk import runs
from cxc.bulk.actions import action_of
from cxc.bulk.models import BulkRun
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Exchange, FinalActivityReport, PaperScan, Payment, Visit
from exchanges.services.documents_to_sign import documents_to_sign
from exchanges.services.paper_scans import upload_scan
from exchanges.services.visit_signing import versions_to_sign
from helpdesk.models import HelpRequest
from matching.models import Plan, SavedSearch
from matching.services.plans import pending
from profiles.models import ClusterRequest, Organisation, User
from profiles.queries.principals import actor_of
from profiles.services import preferences
from profiles.services.invitations import invite
from tests.files import pdf_of
from tests.profiles.second_factors.software_key import SoftwareKey
from tests.profiles.second_factors.steps import confirm, set_up_app, sign_in, with_password


def unlinked_pages(clients: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Who opens which address."""
    visitor = User.objects.get(email="visitor@demo.example")
    reset = {"uidb36": user_pk_to_url_str(visitor), "key": default_token_generator.make_token(visitor)}
    yield "nobody", reverse("stories")  # linked once there is one
    yield "nobody", reverse("account_reset_password_from_key", kwargs=reset)
    address = EmailAddress.objects.get(email=visitor.email)
    yield "nobody", reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(address).key])
    yield "nobody", reverse("weekly-mail-unsubscribe", args=[preferences.preferences_of(visitor).unsubscribe_key])
    for search in SavedSearch.objects.order_by("pk")[:1]:
        yield "nobody", reverse("search-stop", args=[search.unsubscribe_key])
    for question in HelpRequest.objects.filter(asked_by=None).order_by("pk"):
        yield "nobody", question.visitor_path
    yield "host", reverse("invitation", args=[_invitation(visitor)])
    for report in FinalActivityReport.objects.filter(state="draft", exchange__state="ongoing").order_by("pk")[:1]:
        yield "support", reverse("report_edit", args=[report.exchange_id])
        yield "support", reverse("report_submit_for", args=[report.exchange_id])
    for exchange in Exchange.objects.filter(state="ongoing").order_by("pk"):
        yield "coordinator", reverse("exchange_actual", args=[exchange.pk])
        yield "support", reverse("exchange_payable", args=[exchange.pk])
    online = Exchange.objects.filter(visit__host_profile__organisation__members__email="host@demo.example")
    for exchange in online.filter(state="closed", feedback=None).order_by("pk")[:1]:
        yield "host", reverse("feedback_give", args=[exchange.pk])
    for payment in Payment.objects.filter(state="due", paid_amount__gt=0):
        yield "support", reverse("payment_take_back", args=[payment.exchange_id])
    for request in ClusterRequest.objects.filter(answered_at=None):
        yield "support", reverse("cluster-request", args=[request.pk])
    for run in _bulk_runs():
        yield "coordinator", run.get_absolute_url()
    for scan in _paper_scans():
        yield "coordinator", scan.get_absolute_url()
        yield "coordinator", reverse("paper_scan_result", args=[scan.pk])
    for version in _versions_to_sign():
        for name in ("document_sign", "document_signed_file", "document_colleague"):
            yield "coordinator", reverse(name, args=[version.pk])
        yield "coordinator", reverse("visit_sign_all", args=[version.exchange.visit_id])
    plan = _plan(clients["coordinator"])
    yield "coordinator", plan.get_absolute_url()
    yield from _second_factors(clients)


def _second_factors(clients: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Pages behind the question who one is: of the host, who has no factor, and of another observer, who has all."""
    confirm(clients["host"], "demo")
    host = User.objects.get(email="host@demo.example")
    session = clients["host"].session
    session[KEPT_REQUEST] = {"path": "/me/", "fields": [("full_name", "A")], "is_lost": False, "user": host.pk}
    session.save()
    yield "host", reverse("confirmed")
    yield "host", reverse("mfa_activate_totp")
    yield "host", reverse("mfa_add_webauthn")
    email = f"{get_random_string(8).lower()}@factors.example"
    observer = with_password(User.objects.create(email=email, full_name="Fay Factor", is_observer=True))
    clients["observer"] = client = Client(SERVER_NAME="127.0.0.1")
    sign_in(client, observer)
    confirm(client)
    set_up_app(client)
    options = {"publicKey": {"user": {"id": "1"}, "rp": {"id": "localhost"}, "challenge": "AAAA"}}
    WebAuthn.add(observer, "Key", SoftwareKey().create(options))
    key = Authenticator.objects.get(user=observer, type="webauthn").pk
    for name in ("index", "deactivate_totp", "view_recovery_codes", "generate_recovery_codes", "list_webauthn"):
        yield "observer", reverse(f"mfa_{name}")
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield "observer", reverse(name, args=[key])
    for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"):
        yield "observer", reverse(name)


def _bulk_runs() -> Iterator[BulkRun]:
    """Actions on many exchanges: to be filled in, tried, and finished with nothing done."""
    actor = actor_of(User.objects.get(email="coordinator@demo.example"))
    exchanges = Exchange.objects.visible_to(actor)
    for code, state in (("exchange-set_agreed", "preparation"), ("exchange-cancel", "preparation")):
        action = action_of(code)
        assert action is not None
        yield runs.create_run(action, exchanges.filter(state=state), by=actor, next_url=reverse("exchanges"))
    ready = action_of("exchange-set_ready")
    assert ready is not None
    ended = runs.create_run(
        ready, exchanges.filter(state="closed", is_recorded=False), by=actor, next_url=reverse("exchanges")
    )
    runs.confirm(ended)
    yield ended


def _paper_scans() -> Iterator[PaperScan]:
    """A scan of two pages for a visit with a document that the coordinator may hand in a signature for."""
    actor = actor_of(User.objects.get(email="coordinator@demo.example"))
    for visit in Visit.objects.filter(exchanges__own_part__state="validated").distinct().order_by("pk"):
        if documents_to_sign(visit, actor):
            upload = SimpleUploadedFile("scan.pdf", pdf_of("Signed", "Signed too"), content_type="application/pdf")
            yield upload_scan(visit, upload, parties=list(Party), by=actor)
            return


def _versions_to_sign() -> Iterator[DocumentVersion]:
    """A document that the coordinator may sign."""
    actor = actor_of(User.objects.get(email="coordinator@demo.example"))
    for visit in Visit.objects.filter(exchanges__own_part__state="validated").distinct().order_by("pk"):
        for found in versions_to_sign(visit, actor):
            if found.is_open:
                yield found.version
                return


def _invitation(visitor: User) -> str:
    """The secret of one that the visitor sent the host; sent once."""
    actor = actor_of(visitor)
    assert actor.principal_id is not None
    team = Organisation.objects.get(pk=actor.principal_id)
    return invite(team, by=actor, email="host@demo.example", role="reader").secret


def _plan(coordinator: Any) -> Plan:
    """A draft, with pairs to keep or remove."""
    page = coordinator.get("/bench/plans/new/")
    form = page.context["form"]
    answers = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    answers["generation"] = answers["generation"].pk
    answers["scope"] = answers["scope"].value
    answer = coordinator.post("/bench/plans/new/", answers)
    assert answer.status_code == 302, page.context["form"].errors
    plan = Plan.objects.get(pk=int(answer["Location"].strip("/").split("/")[-1]))
    pending.process_plan(plan.pk)
    return plan
