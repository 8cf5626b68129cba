"""The choice of a language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from cxc.access.guards import public
from profiles.models import User


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep the language for this browser, and with the person where one is signed in; back to the page."""
    code = request.POST.get("language", "")
    if isinstance(request.user, User) and code in dict(settings.LANGUAGES):
        request.user.language = code
        request.user.save(update_fields=["language"])
    return set_language(request)
