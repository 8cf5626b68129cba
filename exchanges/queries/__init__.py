"""Reads that pages and services share."""
