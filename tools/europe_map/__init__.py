"""How `reports/data/europe.json` is made, once, by `python -m tools.europe_map`: borders in, outlines for a page out.

Nothing here runs while the portal serves pages, and the image does not contain it.
"""
