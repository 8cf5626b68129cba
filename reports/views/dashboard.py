"""The dashboard of a Partnership, and the overview of all."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor, Principal
from cxc.core.sanitise import storable
from cxc.web.exports import KINDS, download
from cxc.web.listing import show
from cxc.workflow import NotAllowed
from profiles.models import Generation, Partnership
from profiles.queries.generations import default_generation
from reports.charts import ChartLabels, bars
from reports.dashboard.dashboard import build_dashboard
from reports.dashboard.funnel import FunnelScope, FunnelSide, build_funnel, counted_at
from reports.dashboard.late_list import LATE, late_rows
from reports.dashboard.overview import overview
from reports.dashboard.scope import Scope, late_list_address
from reports.forms import FunnelForm

ALL = "all"
OFFICES = frozenset({Principal.SUPPORT_OFFICE, Principal.OBSERVER})


@signed_in
@require_safe
def dashboard(request: PortalRequest) -> HttpResponseBase:
    """A Partnership's own; for the offices the overview, or with `partnership` in the address anybody's."""
    partnership = _partnership(request.actor, request.GET.get("partnership", ""))
    generations = list(_generations(partnership))
    generation = _generation(request.GET.get("generation", ""), generations)
    context: dict[str, Any] = {"generations": generations, "generation": generation, "partnership": partnership}
    if partnership is None:
        context |= {"rows": overview(generation, request.actor), "late_link": late_list_address(generation)}
        return render(request, "reports/dashboard/overview.html", context)
    context |= {"dashboard": build_dashboard(Scope(partnership, generation)), "may_review": _may_review(request.actor)}
    return render(request, "reports/dashboard/dashboard.html", context)


@signed_in
@rate_limited("search")
@require_http_methods(["GET", "POST"])
def late(request: PortalRequest) -> HttpResponseBase:
    """Every late task by itself: since when, who owes it, and the button that reminds them."""
    _partnership(request.actor, request.GET.get("partnership", ""))  # who may not ask for it gets no list
    return show(request, LATE, late_rows(request.actor))


@signed_in
@rate_limited("search")
@require_safe
def funnel(request: PortalRequest) -> HttpResponseBase:
    """How far profiles get: of a Partnership its own; for the offices of all, or of the one in the address."""
    partnership = _partnership(request.actor, request.GET.get("partnership", ""))
    generations = list(_generations(partnership))
    generation = _generation(request.GET.get("generation", ""), generations)
    counted = counted_at()
    sides = build_funnel(FunnelScope(partnership, generation)) if counted else ()
    kind = request.GET.get("format", "")
    if kind in KINDS:
        return _funnel_file(sides, kind)
    chosen = {"partnership": partnership and partnership.acronym, "generation": generation.code if generation else ALL}
    context = {
        "generations": generations,
        "generation": generation,
        "partnership": partnership,
        "counted_at": counted,
        "sides": [(side, _funnel_picture(side)) for side in sides],
        "form": FunnelForm(initial=chosen) if request.actor.principal in OFFICES else None,
        "files": KINDS,
    }
    return render(request, "reports/dashboard/funnel.html", context)


def _funnel_picture(side: FunnelSide) -> str:
    """The levels as bars."""
    levels = side.parts[0]
    rows = [(str(line.label), [line.figure.number]) for line in levels.lines]
    message = _("Of %(registered)s registered profiles, %(closed)s have a closed exchange.") % {
        "registered": levels.lines[0].figure.number,
        "closed": levels.lines[-1].figure.number,
    }
    return bars(ChartLabels(f"chart-{side.key}", f"{side.title}: {levels.title}", message), [_("Profiles")], rows)


def _funnel_file(sides: Iterable[FunnelSide], kind: str) -> HttpResponseBase:
    """All lines of the page, one a row."""
    headings = (_("Side"), _("Part"), _("What is counted"), _("Number"), _("Share (%)"), _("Organisations"))
    rows = (
        (side.title, part.title, line.label, line.figure.number, line.share, line.organisations)
        for side in sides
        for part in side.parts
        for line in part.lines
    )
    return download(headings, rows, name="funnel", kind=kind)


def _partnership(actor: Actor, acronym: str) -> Partnership | None:
    """Whose dashboard is asked for; None for the overview. Http404 for somebody else's."""
    if actor.principal in OFFICES:
        return get_object_or_404(Partnership, acronym=storable(acronym)) if acronym else None
    if actor.principal is not Principal.PARTNERSHIP:
        raise NotAllowed(_("The dashboard is for Partnerships and the Support Office."))
    own = get_object_or_404(Partnership, pk=actor.principal_id)
    if acronym and acronym != own.acronym:
        raise Http404
    return own


def _generations(partnership: Partnership | None) -> list[Generation]:
    """Those in which it takes part, the newest first."""
    found = Generation.objects.order_by("-first_day", "-pk")
    return list(found.filter(participations__partnership=partnership) if partnership else found)


def _generation(code: str, known: list[Generation]) -> Generation | None:
    """The one that the address names; the default one where it names none. None: all of them. Http404: no such one."""
    if code == ALL or not known:
        return None
    if not code:
        return default_generation(known)
    found = next((one for one in known if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _may_review(actor: Actor) -> bool:
    return actor.may_write and actor.principal in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE}
