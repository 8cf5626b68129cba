"""Addresses of ground."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
