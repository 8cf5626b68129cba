"""Reads of matching that several callers share."""
