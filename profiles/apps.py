"""Django's entry for profiles."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"
