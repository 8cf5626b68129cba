"""Searching the published profiles by words: any form of them, their beginnings, without accents, with slips."""
