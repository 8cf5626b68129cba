"""Columns of lists and their files."""
