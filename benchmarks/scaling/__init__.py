"""How pages are measured while the portal holds ever more exchanges: `benchmarks/scale.py`."""
