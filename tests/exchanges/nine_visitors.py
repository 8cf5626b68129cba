"""Nine visitors and what they send, for the tests of a grouped visit."""

from datetime import UTC, datetime
from typing import Any

from cxc.access.scoped import Actor
from cxc.workflow import StatefulModel, create, perform
from exchanges.models import Evidence, Exchange, Visit
from matching.models import Match
from profiles.enums import Modality, ProfileKind
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle

OWN_TEXTS = lifecycle.OWN_TEXTS | {"follow_up_months": "6"}
REPORT = {
    "activities": "All as in the agenda.",
    "outcomes": "A letter of intent.",
    "follow_up": "A call in March.",
    "satisfaction": "5",
}
DATES_AND_PLACES = {
    "title": "Nine smart farms",
    "city": "Gent",
    "first_day": "2026-09-28",
    "last_day": "2026-09-30",
    "time_zone": "Europe/Brussels",
}
STAY = {"start": "2026-09-28", "end": "2026-09-30"}


class Calendar:
    """The portal's clock in every thread of the test."""

    def __init__(self) -> None:
        self.shift = lifecycle.NOW - datetime.now(UTC)

    def turn_to(self, moment: datetime) -> None:
        self.shift = moment - datetime.now(UTC)


class Visitor:
    """One of the nine, with its match and, later, its exchange."""

    def __init__(self, number: int, visitor_parties: Parties, match: Match) -> None:
        self.number, self.visitor_parties, self.match = number, visitor_parties, match

    @property
    def exchange(self) -> Exchange:
        return Exchange.objects.get(match=self.match)

    def fills_in(self, form: str, data: dict[str, Any], **more: Any) -> None:
        fills_in(self.visitor_parties.vo, form, self.exchange.pk, data, **more)

    def has_filled_in_for_it(self, form: str, data: dict[str, Any], **more: Any) -> None:
        """By its Partnership's coordinator."""
        fills_in(self.visitor_parties.vop_coordinator, form, self.exchange.pk, data, **more)


def fills_in(actor: Actor, form: str, pk: int | None, data: dict[str, Any], **more: Any) -> None:
    response = builders.send(actor, form, pk, data, **more)
    assert response.status_code == 302, response.content.decode()


def confirms(actor: Actor, thing: StatefulModel, name: str) -> None:
    """On the page that all transitions share."""
    response = client_for(actor).post(f"/transitions/{thing._meta.label_lower}/{thing.pk}/{name}/")
    assert response.status_code == 302, response.content.decode()


def nine(*, of_another_partnership: int = 3) -> list[Visitor]:
    """Nine visitors, the last ones of another Partnership, each with a confirmed match at a host with nine places."""
    first = usual_parties()
    french = people.partnership("FR")
    own = 9 - of_another_partnership
    parties_of_visitors = [
        first,
        *(with_another_visitor(first, vop=french if n > own else None) for n in range(2, 10)),
    ]
    host = lifecycle.published(first.host, first.hop, first.ho, first.hop_coordinator, kind=ProfileKind.HOST, places=9)
    found = []
    for number, visitor_parties in enumerate(parties_of_visitors, start=1):
        visiting = lifecycle.published(
            visitor_parties.visitor, visitor_parties.vop, visitor_parties.vo, visitor_parties.vop_coordinator
        )
        match = Match(visiting_profile=visiting, host_profile=host, modality=Modality.PHYSICAL)
        found.append(
            Visitor(
                number,
                visitor_parties,
                perform(create(match, "propose", by=visitor_parties.vo), "host_yes", by=visitor_parties.ho),
            )
        )
    return found


def agenda() -> dict[str, str]:
    """A morning for each of the three days, as the editor's rows."""
    rows = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"}
    for n in range(3):
        row = {"day": f"2026-09-{28 + n}", "starts": "09:00", "ends": "12:00", "title": f"Farm {n + 1}", "leader": "Us"}
        rows |= {f"form-{n}-{name}": value for name, value in row.items()}
    return rows


def signature(party: str, actor: Actor) -> dict[str, Any]:
    assert actor.user is not None
    return {"signer": f"{party}:{actor.user.pk}", "signed_on": "2026-09-07", "scan": builders.upload()}


def signs_for_all(actor: Actor, party: str, visit: Visit, visitors: list[Visitor]) -> None:
    """One scan with a page of each CTQ."""
    pages = [f"CTQ-{visitor.exchange.reference} - version 1" for visitor in visitors]
    scan, client = builders.upload_scan(actor, visit, *pages, parties=[party]), client_for(actor)
    typed = builders.as_offered(client, scan.get_absolute_url(), signed_on="2026-09-07")
    assert client.post(scan.get_absolute_url(), typed).status_code == 302


def accepts_the_evidence(coordinator: Actor, evidence: Evidence) -> None:
    """At the reading desk, where the page of the file is shown."""
    client = client_for(coordinator)
    assert client.get(f"/documents/evidence/{evidence.pk}/pages/1/").status_code == 200
    response = client.post(f"/exchanges/decisions/evidence/{evidence.pk}/", {"decision": "accept"})
    assert response.status_code == 302, response.content.decode()
