"""Screens of what visitors and hosts do together."""
