"""Addresses of who takes part."""

from django.urls import path

from profiles.views import acting, home, invitations

urlpatterns = [
    path("", home.home, name="home"),
    path("acting/", acting.acting, name="acting"),
    path("invitations/<str:secret>/", invitations.invitation, name="invitation"),
]
