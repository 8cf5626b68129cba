"""Ways to put right what requires something of a profile or its organisation; the apps above use them as well."""

from typing import Any

from cxc.access.scoped import Side
from cxc.workflow.fix import FixOption
from cxc.workflow.fix_options import options_on
from profiles import links

HOLDER, PARTNERSHIP, SO = Side.HOLDER, Side.PARTNERSHIP, Side.SO
EDITS = ("edit", "edit_published")
TO_PUBLICATION = ("submit", "publish", "submit_again", "restore", "confirm_eligibility")


def participation_options(profile: Any) -> list[FixOption]:
    """The Support Office extends the participation of a profile's Partnership."""
    return [FixOption(profile, (SO,), links.participation(profile.participation))]


def period_options(profile: Any) -> list[FixOption]:
    """Another period."""
    return options_on(profile, EDITS, links.period(profile))


def address_options(organisation: Any) -> list[FixOption]:
    """Street, postal code, city and registration number: the first that is missing."""
    return [FixOption(organisation, (HOLDER, SO), links.address(organisation))]


def contract_options(partnership: Any) -> list[FixOption]:
    """The coordinating organisation and grant agreement number of a Partnership."""
    return [FixOption(partnership, (PARTNERSHIP, SO), links.contract_details(partnership))]


def identity_options(profile: Any) -> list[FixOption]:
    """Kind, country or cluster of a profile's organisation."""
    return options_on(profile, ["change_identity"], links.identity(profile.organisation))


def publishing_options(profile: Any) -> list[FixOption]:
    """The next step on a profile that is not published, or not confirmed, and who can take it."""
    return options_on(profile, TO_PUBLICATION, links.available_transitions(profile))
