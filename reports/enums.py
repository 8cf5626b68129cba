"""Which counts are stored."""

from enum import StrEnum


class StoredFigure(StrEnum):
    """What is counted. The partnership of a `HOSTED_…` is the host's, of all others the visitor's or the profile's."""

    EXCHANGE_STATES = "exchange_states"
    WORKING_DAYS = "working_days"
    TYPES = "types"
    HOST_COUNTRIES = "host_countries"
    MONTHS = "months"
    GROUPED = "grouped"
    VISITS = "visits"  # of no Partnership: a visit may have visitors of several
    VISITS_OF_VOP = "visits_of_vop"
    PAID = "paid"
    HOSTED_STATES = "hosted_states"
    HOSTED_GROUPED = "hosted_grouped"
    MATCH_STATES = "match_states"
    MATCH_INITIATORS = "match_initiators"
    HOSTED_MATCH_STATES = "hosted_matches"
    PROFILES = "profiles"


class CountedThing(StrEnum):
    """What counts are made of: a visit with its exchanges and payments, a match, a profile."""

    VISIT = "visit"
    MATCH = "match"
    PROFILE = "profile"
