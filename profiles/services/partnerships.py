"""What a Partnership's contracts print of it, entered by its coordinators or the Support Office."""

from collections.abc import Mapping
from typing import Any

from cxc.access.scoped import Actor
from cxc.workflow.unit_of_work import unit_of_work
from profiles.models import CoordinatingOrganisation, Partnership
from profiles.services.permissions import require_edit


@unit_of_work()
def enter_contract_details(
    partnership: Partnership,
    *,
    by: Actor,
    organisation: Mapping[str, Any],
    grants: Mapping[int, str],
    email: str | None = None,
) -> CoordinatingOrganisation:
    """Save the coordinating organisation and the grant agreement numbers by participation. Versions keep theirs.

    `email`: the contact address of the Partnership; None leaves it as it is.
    """
    require_edit(by, partnership)
    made, _is_new = CoordinatingOrganisation.objects.update_or_create(partnership=partnership, defaults=organisation)
    if email is not None:
        partnership.email = email
        partnership.save(update_fields=["email"])
    for row in partnership.participations.select_for_update(no_key=True).filter(pk__in=grants):
        row.grant_agreement_number = grants[row.pk].strip()
        row.save(update_fields=["grant_agreement_number"])
    return made
