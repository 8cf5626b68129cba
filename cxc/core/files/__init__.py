"""Stored files: which types are taken, how they are written, whether they can be opened."""
