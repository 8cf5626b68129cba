"""What the scheme is and how it works: pages that only read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxc.access.guards import public
from cxc.todo import STAGES
from profiles.queries import scheme_values
from profiles.queries.generations import default_generation, last_open_day, open_generations, present_generation
from public.queries.figures import figures


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for everybody."""
    generation = default_generation(open_generations())
    context = {
        "generation": generation,
        "last_day": last_open_day(generation) if generation else None,
        "figures": figures(),
        "scheme_values": scheme_values.values_by_name(present_generation()),
        "stages": list(STAGES.values()),
    }
    return render(request, "public/home.html", context)


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
