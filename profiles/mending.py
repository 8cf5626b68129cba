"""The ways of `profiles.fixes` under their former names, until the apps above use the new ones."""

from profiles.fixes import EDITS as EDITS
from profiles.fixes import (
    address_options,
    contract_options,
    identity_options,
    participation_options,
    period_options,
    publishing_options,
)

address_ways = address_options
contract_ways = contract_options
identity_ways = identity_options
participation_ways = participation_options
period_ways = period_options
publishing_ways = publishing_options
