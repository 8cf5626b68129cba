"""Every address of the portal."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path

from cxc.monitoring.health import health, live, ready
from cxc.monitoring.metrics import metrics
from cxc.web.views.old_addresses import redirect_to
from cxc.web.views.transition import confirm_transition

# The Support Office signs in like everybody: one door, with its limits on guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# The index has the same links; at the side they move the page while it loads.
admin.site.enable_nav_sidebar = False
# Who may do what is in the code, not in groups of Django's permissions.
admin.site.unregister(Group)
# Nobody reads or changes another person's second factors; a lost one is reset by two (docs/accounts.md).
admin.site.unregister(Authenticator)
admin.site.unregister(UserSession)
# EU Login is set by the environment, and its accounts belong to their people.
admin.site.unregister([SocialAccount, SocialApp, SocialToken])

# Django-allauth asks here for the page of too many requests.
handler429 = "cxc.web.views.errors.too_many"
handler500 = "cxc.web.views.errors.server_error"

urlpatterns = [
    path("", include("public.urls")),
    path("", include("profiles.urls")),
    path("", include("helpdesk.urls")),
    path("", include("matching.urls")),
    path("", include("exchanges.urls")),
    path("", include("reports.urls")),
    path("", include("cxc.web.urls")),
    path("transitions/<str:kind>/<int:pk>/<slug:name>/", confirm_transition, name="transition"),
    path("moves/<str:kind>/<int:pk>/<slug:name>/", redirect_to("transition", "kind", "pk", "name")),
    path("visits/<int:pk>/frame/", redirect_to("visit_dates", "pk")),
    path("visits/<int:pk>/askers/", redirect_to("visit_join_requests", "pk")),
    path("visits/<int:pk>/fill/", redirect_to("visit_plan", "pk")),
    path("profiles/<int:pk>/put-right/<slug:place>/", redirect_to("profile", "pk")),
    path("health/", health, name="health"),
    # With and without the slash: what probes follows no redirect.
    path("health/live", live),
    path("health/live/", live, name="health_live"),
    path("health/ready", ready),
    path("health/ready/", ready, name="health_ready"),
    path("health/pages/", ready),  # the name of `ready` in older configurations
    path("metrics", metrics),
    path("metrics/", metrics, name="metrics"),
    path("account/sessions/", redirect_to("my-sessions")),
    path("account/", include("allauth.urls")),
    path("support-office/", admin.site.urls),
]
