"""What is looked up, in the query that fetches the rows, of who could come to an open visit.

`exchanges.rules.visit_eligibility` says what follows from it.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Q, Subquery

from matching.enums import MatchState
from matching.models import Match
from matching.queries.used_up import used_up_profile
from profiles.enums import Modality
from profiles.models import Generation, Participation, Profile

# From the path of a column (of a visiting profile, or of a visit) to what a query compares with.
ColumnLookup = Callable[[str], Any]


def eligibility_annotations(visitor: ColumnLookup, visit: ColumnLookup) -> dict[str, Any]:
    """What is looked up of a visiting profile and a visit: annotations for a query of either."""
    profile, generation, modality = visitor("pk"), visitor("generation_id"), visit("modality")
    matches = Match.objects.filter(modality=modality)
    mine = Q(modality=Modality.PHYSICAL, visiting_profile=profile) | Q(
        modality=Modality.VIRTUAL, visiting_organisation=visitor("organisation_id"), generation=generation
    )
    return {
        "pair_has_open_match": Exists(
            matches.open().filter(visiting_profile=profile, host_profile=visit("host_profile_id"))
        ),
        "is_matched_elsewhere": Exists(matches.filter(mine, state=MatchState.CONFIRMED)),
        "is_used_up": Exists(Profile.objects.filter(used_up_profile(), pk=profile)),
        "visitor_participates_until": _participates_until(visitor("partnership_id"), generation),
        "host_participates_until": host_participates_until(visit),
        "visitor_country_takes_part": _country_in(visitor("organisation__country_id"), generation),
        "host_country_takes_part": _country_in(visit("host_profile__organisation__country_id"), generation),
    }


def host_participates_until(visit: ColumnLookup) -> Subquery:
    """The last day of the participation under which the visit's host is published."""
    return _participates_until(visit("host_profile__partnership_id"), visit("host_profile__generation_id"))


def _participates_until(partnership: Any, generation: Any) -> Subquery:
    """The last day of its participation in the generation; empty where it has none."""
    rows = Participation.objects.filter(partnership=partnership, generation=generation).order_by()
    return Subquery(rows.values("last_day")[:1])


def _country_in(country: Any, generation: Any) -> Exists:
    return Exists(Generation.countries.through.objects.filter(country=country, generation=generation))
