"""Plain numbers and words go in, a small SVG comes out: nothing of Django, no script, no style, no colour.

How it looks is said by classes: in static/css/charts.css for the page, light and dark, and in
templates/documents/charts.css for a PDF. Series are told apart by solid and hatched, so black and white is enough, and
each bar has its number written on it. A picture is 360 units wide, which is a phone's width: its words are as large as
the page's there.
"""

from reports.charts.bars import bars
from reports.charts.bullets import Goal, bullets
from reports.charts.europe import LEVELS, europe
from reports.charts.months import months
from reports.charts.shares import shares
from reports.charts.svg import ChartLabels, with_style

__all__ = ["LEVELS", "ChartLabels", "Goal", "bars", "bullets", "europe", "months", "shares", "with_style"]
