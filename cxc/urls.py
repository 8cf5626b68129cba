"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from cxc.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("account/", include("allauth.urls")),
    path("support-office/", admin.site.urls),
]
