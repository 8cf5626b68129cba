"""Changes of what the to-do reads, each by name; in a world of `tests.todo.things_in_each_state`.

Each is given the parties of an exchange in preparation of which nothing is validated yet.
"""

from collections.abc import Mapping

from cxc import clock
from profiles.enums import ProfileState
from profiles.models import (
    ClusterOrganisation,
    Organisation,
    User,
)
from tests.factories import people
from tests.todo.changes.exchanges import EXCHANGES
from tests.todo.changes.members import PEOPLE
from tests.todo.changes.partnerships_and_organisations import PARTNERSHIPS_AND_ORGANISATIONS
from tests.todo.changes.profiles import PROFILES
from tests.todo.changes.reference_data import REFERENCE_DATA
from tests.todo.changes.steps import After, Change, profile_in

CHANGES: Mapping[str, Change] = {**REFERENCE_DATA, **PARTNERSHIPS_AND_ORGANISATIONS, **PEOPLE, **PROFILES, **EXCHANGES}

# What the to-do reads but nobody owes anything else for: names are looked up on reading.
WITHOUT_EFFECT: Mapping[str, Change] = {
    "cluster renamed": lambda _: ClusterOrganisation.objects.update(name="Renamed"),
    "organisations renamed": lambda _: Organisation.objects.update(legal_name="Renamed"),
    "conflict of interest begins": lambda parties: people.add_member(parties.visitor, parties.vop_coordinator),
    "conflict of interest ends": After(
        lambda parties: people.add_member(parties.visitor, parties.vop_coordinator),
        lambda parties: people.user_of(parties.vop_coordinator).memberships.all().delete(),
    ),
    "one more signatory": lambda parties: people.coordinator(parties.vop, signs=True),
    "refused profile loses its types": lambda _: profile_in(ProfileState.REFUSED).types.clear(),
    "a person signs in": lambda _: User.objects.update(last_login=clock.now()),
}
