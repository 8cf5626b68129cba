"""What several tests of screens begin with."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.workflow import create, perform
from exchanges.models import Exchange, PaperScan, Visit
from matching.models import Match
from profiles.enums import Modality, ProfileKind
from tests.factories.cache import cached
from tests.factories.clients import client_for
from tests.factories.parties import Parties
from tests.files import PDF, pdf_of
from tests.scenarios import lifecycle


@cached
def roomy(parties: Parties, modality: str = Modality.PHYSICAL, places: int = 60) -> Exchange:
    """An exchange in preparation at a host with many places, on a visit that the VOP leads."""
    match = matched(parties, modality, places)
    made = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    return perform(made, "prepare", by=parties.vop_coordinator)


@cached
def matched(parties: Parties, modality: str = Modality.PHYSICAL, places: int = 60) -> Match:
    """A confirmed match at a host with many places."""
    visiting = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    host = lifecycle.published(
        parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind=ProfileKind.HOST, places=places
    )
    match = create(Match(visiting_profile=visiting, host_profile=host, modality=modality), "propose", by=parties.vo)
    return perform(match, "host_yes", by=parties.ho)


@cached
def matched_too(parties: Parties, first: Match) -> Match:
    """Another visitor's confirmed match with the same host profile."""
    visiting = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    match = Match(visiting_profile=visiting, host_profile=first.host_profile, modality=first.modality)
    return perform(create(match, "propose", by=parties.vo), "host_yes", by=parties.ho)


def send(actor: Actor | Client, name: str, pk: int | None, data: Mapping[str, Any] | None = None, **more: Any) -> Any:
    """Fill in the form of that name and send it."""
    client = actor if isinstance(actor, Client) else client_for(actor)
    return client.post(reverse(name, args=[] if pk is None else [pk]), {**(data or {}), **more})


def send_transition(actor: Actor, kind: str, pk: int, name: str, **typed: Any) -> Any:
    """Confirm a transition on the page that all transitions share."""
    return client_for(actor).post(reverse("transition", args=[kind, pk, name]), typed)


def page(actor: Actor, name: str, pk: int) -> str:
    """The text of a page, as this actor sees it."""
    response = client_for(actor).get(reverse(name, args=[pk]))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def errors(response: Any) -> dict[str, list[str]]:
    """What stands above and beside the fields of a form that came back (status 400)."""
    assert response.status_code == 400, response.status_code
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def upload(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.pdf", content, content_type="application/pdf")


def upload_scan(actor: Actor, visit: Visit, *lines: str, parties: Sequence[str] = ("ho",)) -> PaperScan:
    """Upload a scan with a page for each line, with signatures of these parties."""
    response = send(actor, "visit_sign", visit.pk, {"parties": parties, "scan": upload(pdf_of(*lines))})
    assert response.status_code == 302, response.content.decode()
    return PaperScan.objects.latest("pk")


def as_offered(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What the form of that page would send as it is shown, but for the changes."""
    form = client.get(address).context["form"]
    shown = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else value for name, value in shown.items()} | changes


def fresh(exchange: Exchange) -> Exchange:
    """The exchange as the database has it now."""
    return Exchange.objects.get(pk=exchange.pk)
