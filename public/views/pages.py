"""What the scheme is and how it works: pages that only read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxc.access.guards import public
from cxc.todo import STAGES
from profiles.models import Generation
from profiles.queries import scheme_values
from profiles.queries.generations import default_generation, last_open_day, open_generations, present_generation
from public.forms import ExampleForm
from public.queries.example_exchange import example_exchange, usual_pair
from public.queries.figures import figures
from public.queries.open_visits import open_visits_ahead
from public.queries.stories import approved_stories

_STORIES = 3


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, who may take part, what they get, what to do first; an exchange as it could be."""
    generation = default_generation(open_generations())
    present = present_generation()
    ceilings = scheme_values.ceilings(present)
    context = {
        "generation": generation,
        "last_day": last_open_day(generation) if generation else None,
        "figures": figures(),
        "scheme_values": scheme_values.values_by_name(present),
        "countries": scheme_values.countries(present),
        "least_ceiling": min((one.amount for one in ceilings), default=None),
        "most_ceiling": max((one.amount for one in ceilings), default=None),
        "open_visits": open_visits_ahead(),
        "stories": approved_stories()[:_STORIES],
    }
    if generation is not None:
        context |= _example(request, generation)
    return render(request, "public/home.html", context)


def _example(request: HttpRequest, generation: Generation) -> dict[str, Any]:
    """The form of two countries and the exchange between them; nothing where fewer than two participate."""
    countries = scheme_values.countries(generation)
    usual = usual_pair(countries)
    if usual is None:
        return {}
    chosen = request.GET if request.GET.get("from") and request.GET.get("to") else None
    initial = {"from": usual[0].pk, "to": usual[1].pk}
    form = ExampleForm(chosen, countries=countries, initial=initial)
    pair = form.pair() if chosen is not None else usual
    return {"form": form, "example": example_exchange(generation, *pair) if pair else None}


@public
@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """For visitors, hosts and Partnerships: what happens, who does what, what is paid."""
    generation = present_generation()
    context = {
        "generation": generation,
        "scheme_values": scheme_values.values_by_name(generation),
        "ceilings": scheme_values.ceilings(generation),
        "countries": scheme_values.countries(generation),
        "payout_rules": scheme_values.payout_rules(generation),
        "stages": list(STAGES.values()),
    }
    return render(request, "public/how_it_works.html", context)


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far these pages can be used by everybody, and whom to tell where they can't."""
    return render(request, "public/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, and for how long."""
    context = {
        "scheme_values": scheme_values.values_by_name(present_generation()),
        "session_days": settings.SESSION_COOKIE_AGE // 86_400,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "language_cookie": settings.LANGUAGE_COOKIE_NAME,
    }
    return render(request, "public/privacy.html", context)
