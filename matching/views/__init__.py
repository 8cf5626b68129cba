"""Screens of matching."""
