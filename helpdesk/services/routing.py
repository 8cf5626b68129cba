"""Who answers a question: the Partnership that looks after the asker, or the Support Office. Rule: docs/help.md."""

from cxc.access.scoped import PARTNERSHIP_SIDE_OF, Actor, Principal, Scoped, principals_on, sides_of
from profiles.enums import LIVE_STATES
from profiles.models import Partnership, Profile
from profiles.queries.recipients import coordinators


def partnership_for(by: Actor, about: Scoped | None) -> Partnership | None:
    """The one Partnership that looks after the asker's organisation here; None: the Support Office answers.

    On a record it is that of the asker's own side; else the one of all the organisation's profiles. Where
    that leaves several, or one that nobody coordinates, the Support Office answers.
    """
    if by.principal is not Principal.ORGANISATION or by.principal_id is None:
        return None
    found = _on_record(about, by) if about is not None else set()
    if len(found) != 1:
        found = _of_profiles(by.principal_id)
    if len(found) != 1:
        return None
    (pk,) = found
    return Partnership.objects.get(pk=pk) if coordinators(pk) else None


def _on_record(about: Scoped, by: Actor) -> set[int]:
    mine = sides_of(by, about)
    partnership_sides = [PARTNERSHIP_SIDE_OF[side] for side in mine if side in PARTNERSHIP_SIDE_OF]
    return {pk for side in partnership_sides if side in about.side_paths for pk in principals_on(about, side)}


def _of_profiles(organisation_id: int) -> set[int]:
    rows = Profile.objects.filter(organisation_id=organisation_id, state__in=LIVE_STATES, partnership__isnull=False)
    return set(rows.order_by().values_list("partnership_id", flat=True).distinct())
