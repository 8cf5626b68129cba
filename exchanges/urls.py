"""Addresses of exchanges."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
