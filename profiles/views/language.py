"""The choice of a language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from cxc.access.guards import public
from profiles.models import User


@public
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep the language for this browser, and with the person where one is signed in; back to the page.

    A GET shows the languages, for browsers without scripts; `next` is the address to come back to.
    """
    if request.method == "GET":
        return render(request, "profiles/language.html", {"next": request.GET.get("next") or reverse("home")})
    code = request.POST.get("language", "")
    if isinstance(request.user, User) and code in dict(settings.LANGUAGES):
        request.user.language = code
        request.user.save(update_fields=["language"])
    return set_language(request)
