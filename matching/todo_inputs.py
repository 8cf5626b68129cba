"""Which rows the to-do of a match reads: kind -> paths to such a row."""

from profiles.todo_inputs import SCHEME, of_profiles, together

OF_VISITOR = "visiting_profile__organisation__profiles"
MATCH = together(
    # A visitor who is matched elsewhere, in whichever of its profiles, can't accept another proposal.
    {"profiles.profile": (OF_VISITOR,), "matching.match": (f"{OF_VISITOR}__matches_as_visitor",)},
    of_profiles("visiting_profile", "host_profile"),
    SCHEME,
)
