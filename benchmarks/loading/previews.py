"""Which documents people of the demo world may have rendered while they wait. Runs inside the portal."""

import json
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from benchmarks.loading.people import actors_of, session_of
from cxc.access.scoped import Actor
from exchanges.documents.kinds import declared
from exchanges.models import DocumentVersion, Exchange
from profiles.models import User

EACH = 20


def write_people(file: str) -> None:
    """Those who may read versions of documents: each with a session, and with the addresses of their reading copies."""
    actors = [actor for user in User.objects.filter(is_active=True).order_by("pk") for actor in actors_of(user)]
    found = [(actor, addresses) for actor in actors if (addresses := _addresses(actor))]
    people = [{"session": session_of(actor), "addresses": addresses} for actor, addresses in found]
    Path(file).write_text(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "people": people}))


def _addresses(actor: Actor) -> list[str]:
    return [
        reverse("document_reading", args=[pk])
        for document in declared().values()
        for pk in DocumentVersion.objects.filter(
            kind=document.kind, exchange__in=Exchange.objects.visible_to(actor, document.permission)
        )
        .order_by("-pk")
        .values_list("pk", flat=True)[:EACH]
    ]
