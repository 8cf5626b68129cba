"""Stored files: which types are taken, and how they are written."""
