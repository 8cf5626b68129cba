"""Tests of the queries of profiles."""
