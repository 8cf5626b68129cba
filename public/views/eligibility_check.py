"""The eligibility check: one question a page, the answers in the address, no script needed."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cxc.access.guards import public
from cxc.access.scoped import NOBODY
from profiles.enums import OrganisationKind, ProfileKind
from profiles.models import Country, Generation
from profiles.queries.generations import present_generation
from profiles.views.organisations import ELIGIBILITY_ANSWERS
from public import eligibility
from public.eligibility import NO, NO_CLUSTER, STEPS, YES, Answers, Step

# The answers to the first question, in the words of somebody who doesn't know those of the scheme.
WISHES = {
    ProfileKind.VISITING: gettext_lazy("We want to visit an organisation in another country"),
    ProfileKind.HOST: gettext_lazy("We want to host visitors"),
}


@public
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The first question that is open, or the answer."""
    generation = present_generation()
    answers = Answers.read(request.GET)
    step = answers.next_step()
    context: dict[str, Any] = {
        "generation": generation,
        "answers_with_links": _answers_with_links(answers),
        "query": answers.as_query(),
        # The page before asked this very question and got no answer.
        "problem": step is not None and request.GET.get("asked") == step.name,
    }
    if generation is None:
        return render(request, "public/eligibility/closed.html", context)
    if step is None:
        context |= {"verdict": eligibility.check_eligibility(answers, generation), "answers": answers}
        return render(request, "public/eligibility/answer.html", context)
    context |= _question(request, step, answers, generation)
    return render(request, "public/eligibility/question.html", context)


def _question(request: HttpRequest, step: Step, answers: Answers, generation: Generation) -> dict[str, Any]:
    search = request.GET.get("search", "")[:80].strip()
    clusters = eligibility.search_clusters(search, answers.country) if step.name == "cluster" and search else []
    return {
        "step": step,
        "number": STEPS.index(step) + 1,
        "count": len(STEPS),
        "choices": _choices(step),
        "countries": Country.objects.all() if step.name == "country" else [],
        "search": search,
        "clusters": clusters,
        "none": NO_CLUSTER,
    }


def _choices(step: Step) -> list[tuple[str, Any]]:
    choices: dict[str, list[tuple[str, Any]]] = {
        "as": list(WISHES.items()),
        "kind": list(OrganisationKind.choices),
        "before": [(NO, _("No")), (YES, _("Yes"))],
    }
    return choices.get(step.name, [])


def _answers_with_links(answers: Answers) -> list[tuple[Any, str, str]]:
    """Each answer given: question, words, and the address at which it is changed."""
    query = answers.as_query()
    labels = {
        "as": WISHES[ProfileKind(answers.role)] if answers.role else "",
        "kind": OrganisationKind(answers.kind).label if answers.kind else "",
        "country": answers.country,
        "cluster": answers.cluster or _("No"),
        "before": _("Yes") if answers.before == YES else _("No"),
    }
    return [(step.question, str(labels[step.name]), _without(query, step.name)) for step in STEPS if step.name in query]


def _without(query: dict[str, str], name: str) -> str:
    rest = urlencode({key: value for key, value in query.items() if key != name})
    return f"{reverse('eligibility')}?{rest}"


@public
@require_POST
def register(request: HttpRequest) -> HttpResponseBase:
    """Go on to register with what was answered: kept in the session for the forms that ask it again."""
    answers = Answers.read(request.POST)
    request.session[ELIGIBILITY_ANSWERS] = {
        "first_profile_kind": answers.role,
        "kind": answers.kind,
        "country": answers.country.pk if answers.country else "",
        "cluster": answers.cluster.pk if answers.cluster else None,
    }
    actor = getattr(request, "actor", NOBODY)
    if not actor.is_signed_in:
        return redirect("account_signup")
    return redirect("profile-new" if actor.principal_id else "organisation-new")
