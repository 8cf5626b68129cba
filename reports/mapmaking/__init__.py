"""How `reports/data/europe.json` is made, once, by `./portal manage make_map`: borders in, outlines for a page out.

Nothing here runs while the portal serves pages.
"""
