"""What contracts print of the bodies that sign them, and what of it is not entered yet."""

from django.utils.translation import gettext as _

from profiles.models import Generation, Organisation, Partnership
from profiles.postal import missing_address_fields


def missing_details(body: Organisation | Partnership, generation: Generation) -> list[str]:
    """What is missing before a contract in this generation can name the body, in words."""
    if isinstance(body, Organisation):
        return list(missing_address_fields(body).values())
    found = []
    if body.coordinating_organisation_or_none is None:
        found.append(_("the coordinating organisation"))
    participation = body.participation_in(generation)
    if participation is None or not participation.grant_agreement_number:
        found.append(_("the grant agreement number"))
    return found
