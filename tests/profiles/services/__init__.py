"""Tests of the services of who takes part."""
