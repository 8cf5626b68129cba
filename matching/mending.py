"""The old name of `matching.fixes.place_options`, while exchanges still use it."""

from matching.fixes import place_options as place_ways

__all__ = ["place_ways"]
