"""What contracts print of the bodies that sign them, and what of it is not entered yet."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from profiles.models import Generation, Organisation, Participation, Partnership
from profiles.postal import missing_address_fields


def in_no_order(path: str) -> Prefetch:
    """The participations at the end of this path: their usual order would join Partnership and generation."""
    return Prefetch(path, Participation.objects.order_by())


def read_details(bodies: Iterable[Organisation | Partnership]) -> None:
    """Read what `missing_details` asks of these bodies, for all of them together."""
    partnerships = [body for body in bodies if isinstance(body, Partnership)]
    prefetch_related_objects(partnerships, "coordinating_organisation", in_no_order("participations"))


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
