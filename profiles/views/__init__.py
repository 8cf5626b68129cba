"""Screens of who takes part."""
