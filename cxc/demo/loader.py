"""Loads the demo world: once, in one transaction, the same for the same day."""

from datetime import date

from django.db import connection

from cxc import clock
from cxc.comms.outbox import stored_not_delivered
from cxc.demo import scheme
from cxc.demo.names import unused_names
from cxc.demo.people import load_offices
from cxc.demo.pilot import load_pilot
from cxc.demo.scenarios import ScenarioRunner, pdf_renderer
from cxc.demo.scenarios.days import now_of
from cxc.demo.scenarios.pdf_renderer import PdfRenderer
from cxc.demo.success_stories import load_success_stories
from cxc.todo import reconcile
from cxc.workflow.unit_of_work import unit_of_work
from matching.fit import vocabulary
from profiles.models import Generation
from reports.dashboard.funnel_counts import count_funnel


def is_loaded() -> bool:
    return Generation.objects.filter(code=scheme.DEMO).exists()


def load(today: date) -> bool:
    """Load both worlds as they stand on the morning of `today`; False when they were there already.

    No mail leaves: those written on the way are kept in the outbox as sent. Rule: docs/rules.md, The demo world.
    """
    if is_loaded():
        return False
    with unit_of_work(), clock.at(now_of(today)), stored_not_delivered(), pdf_renderer() as renderer:
        _load(today, renderer)
        with connection.cursor() as cursor:
            # The first pages would wait for plans made without knowing how much there is.
            cursor.execute("ANALYZE")
    with clock.at(now_of(today)):
        reconcile.work_off()
        count_funnel()
    return True


def _load(today: date, renderer: PdfRenderer) -> None:
    offices = load_offices()
    generations = scheme.load_generations(today)
    clusters = scheme.load_clusters(offices.support)
    pilots = scheme.load_pilot_partnerships(generations[scheme.PILOT], clusters)
    scheme.load_second_partnerships(generations[scheme.SECOND], clusters)
    runner = ScenarioRunner(today, offices, generations[scheme.DEMO], clusters, renderer)
    runner.run_first_parts()
    # The pilot is entered while the documents of the first parts are rendered.
    load_pilot(offices.support, generations[scheme.PILOT], pilots, clusters, unused_names())
    runner.run_remaining_parts()
    load_success_stories(offices.support)
    vocabulary.refit()
