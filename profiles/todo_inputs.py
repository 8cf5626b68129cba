"""Which rows the to-do of a profile reads, and of whatever leads to one: kind -> paths to such a row."""

from collections.abc import Mapping

Inputs = Mapping[str, tuple[str, ...]]

# What everything reads.
SCHEME: Inputs = {
    "core.schemesettings": (),
    "core.holidaychange": (),
    "profiles.country": (),
    "profiles.generation": (),
    "profiles.generation_countries": (),
    "profiles.lumpsumceiling": (),
}

_OF_A_PROFILE = {
    "profiles.organisation": ("organisation",),
    "profiles.membership": ("organisation__memberships",),
    "profiles.eligibilityexception": ("organisation__exceptions",),
    "profiles.clusterorganisation": ("organisation__cluster",),
    "profiles.clusterrequest": ("organisation__cluster_requests",),
    "profiles.partnership": ("partnership",),
    "profiles.partnershipmembership": ("partnership__memberships",),
    "profiles.coordinatingorganisation": ("partnership__coordinating_organisation",),
    "profiles.participation": ("partnership__participations",),
    # Who may sign has to be able to sign in.
    "profiles.user": ("organisation__memberships__user", "partnership__memberships__user"),
}


def of_profiles(*paths: str) -> Inputs:
    """The profiles at the end of these paths, and what these read; "" for the profile itself."""
    found = {
        kind: tuple(f"{path}__{rest}" if path else rest for path in paths for rest in ways)
        for kind, ways in _OF_A_PROFILE.items()
    }
    return found | ({"profiles.profile": paths} if all(paths) else {})


def together(*inputs: Inputs) -> Inputs:
    """Several of them as one: the paths of a kind stand side by side."""
    kinds = dict.fromkeys(kind for one in inputs for kind in one)
    return {kind: tuple(dict.fromkeys(path for one in inputs for path in one.get(kind, ()))) for kind in kinds}
