"""Messages about a grouped visit and about one exchange, as coordinators and a host write them."""

from typing import Any

from django.db.models import Count

from cxc.access.scoped import Actor
from cxc.bulk.actions import BulkInput
from cxc.demo.scenarios.context import ScenarioContext
from cxc.demo.scenarios.days import DAY, on
from cxc.messaging.send import send_message
from cxc.messaging.subjects import subject_of
from exchanges.models import Visit


def run(context: ScenarioContext) -> None:
    visit = _grouped_visit(context)
    host = context.loom_host.participant
    with on(context.participants.today - 5 * DAY):
        _write(
            visit,
            host.team.coordinator,
            ["vo", "ho"],
            "How to find us: {visit}",
            "Dear all,\n\nplease be at the main entrance at 9:00 on the first day. We meet on {dates}.",
        )
    with on(context.participants.today - 4 * DAY):
        exchange = visit.exchanges.order_by("pk")[0]
        _write(
            exchange,
            host.owner,
            ["vo"],
            "Food and allergies ({reference})",
            "Is there anything that you do not eat? {host} books the lunches this week.",
        )


def _grouped_visit(context: ScenarioContext) -> Visit:
    """The grouped visit at the demo host."""
    visits = Visit.objects.filter(host_profile=context.loom_host.profile).annotate(number=Count("exchanges"))
    found: Visit = visits.order_by("-number", "pk")[0]
    return found


def _write(thing: Any, by: Actor, to: list[str], title: str, text: str) -> None:
    subject = subject_of(thing._meta.label_lower)
    assert subject is not None
    entered = BulkInput({"to": to, "subject": title, "text": text}, reason="", run_id=0, is_single=True)
    send_message(subject, subject.queryset().get(pk=thing.pk), by, entered)
