"""Words about a match."""

from django.utils.translation import gettext as _

from matching.models import Match


def waits_for(match: Match) -> str:
    """Whose answer a proposal waits for; empty when for nobody's."""
    return _(" and ").join(str(side.label) for side in match.sides_still_to_answer)
