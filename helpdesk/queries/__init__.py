"""Reads that services, pages and other apps share."""
