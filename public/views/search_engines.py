"""What search engines ask for: which pages there are, and which are not for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cxc.access.guards import public
from cxc.core.links import absolute
from cxc.web.sitemap import page_names
from profiles.models import Partnership

# Found by name, but nothing to look for.
_NOT_LISTED = {"account_login", "partnership"}


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be looked at; what is private asks in, and says noindex."""
    lines = ["User-agent: *", "Disallow: /support-office/", "", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages, and one of each Partnership."""
    paths = [reverse(name) for name in page_names() if name not in _NOT_LISTED]
    paths += [partnership.get_absolute_url() for partnership in Partnership.objects.all()]
    context = {"addresses": [absolute(path) for path in paths]}
    return render(request, "public/sitemap.xml", context, content_type="application/xml")
