"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from cxc.ground.views import make_move
from cxc.health import health

urlpatterns = [
    path("", include("profiles.urls")),
    path("", include("matching.urls")),
    path("", include("exchanges.urls")),
    path("", include("reports.urls")),
    path("", include("cxc.ground.urls")),
    path("moves/<str:kind>/<int:pk>/<slug:name>/", make_move, name="move"),
    path("health/", health, name="health"),
    path("account/", include("allauth.urls")),
    path("support-office/", admin.site.urls),
]
