"""Tests of the screens of who takes part."""
