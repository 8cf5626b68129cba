"""Addresses of who takes part."""

from django.urls import path

from profiles.views import acting, home

urlpatterns = [
    path("", home.home, name="home"),
    path("acting/", acting.acting, name="acting"),
]
