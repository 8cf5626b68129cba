"""How well given profiles fit one, whether or not a proposal between the two is possible now: `fits_of`.

The list of partners leaves out whom one has met already; who asked for a visit, or waits for one, is such a partner.
"""

from collections.abc import Collection

from django.db import connection

from matching.enums import Criterion
from matching.fit.criteria import WEIGHTS
from matching.fit.ranking import Fit, _fit, question
from matching.fit.rows import statement
from profiles.models import Profile

# The formula is for two that could meet some day.
_FREE_TOGETHER = "greatest(m.first, o.first) <= least(m.last, o.last)"


def fits_of(mine: Profile | int, others: Collection[int]) -> list[Fit]:
    """The best first. Left out are those not published, of another generation, or never free with this one."""
    facts = question(mine) | {
        "weights": [WEIGHTS[criterion] for criterion in Criterion],
        "only": list(others),
        "limit": None,
        "offset": 0,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("pairs") + statement("ranking").replace("{conditions}", _FREE_TOGETHER), facts)
        return [_fit(row) for row in cursor.fetchall()]
