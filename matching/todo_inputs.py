"""Which rows the to-do of a match reads: kind -> paths to such a row."""

from profiles.todo_inputs import SCHEME, of_profiles, together

MATCH = together(
    # A visitor who is matched elsewhere can't accept another proposal.
    {"matching.match": ("visiting_profile__matches_as_visitor",)},
    of_profiles("visiting_profile", "host_profile"),
    SCHEME,
)
