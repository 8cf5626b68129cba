"""Exceptions for host SMEs without a cluster, recorded by the Support Office.

Rule: docs/rules.md, Eligibility.
"""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor
from cxc.core.models import StoredFile
from cxc.core.moments import OFFICE_ZONE
from cxc.workflow import Refused
from cxc.workflow.unit_of_work import unit_of_work
from profiles.enums import OrganisationKind
from profiles.models import EligibilityException, Generation, Organisation
from profiles.services.permissions import require_support_office


@unit_of_work()
def record_exception(
    organisation: Organisation,
    *,
    by: Actor,
    generation: Generation,
    approved_by: str,
    approved_on: date,
    file: UploadedFile,
) -> EligibilityException:
    """This SME may host in this generation without a cluster. Refused when there is one already."""
    require_support_office(by)
    if organisation.kind != OrganisationKind.SME:
        raise Refused(_("Only a small or medium-sized enterprise needs an exception."))
    if approved_on > clock.today(OFFICE_ZONE):
        raise Refused(_("The day of the approval is still to come."))
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if organisation.exceptions.filter(generation=generation).exists():
        raise Refused(_("There is an exception for %(generation)s already.") % {"generation": generation})
    return EligibilityException.objects.create(
        organisation=organisation,
        generation=generation,
        approved_by=approved_by,
        approved_on=approved_on,
        file=StoredFile.store_upload(file, by=by.user),
    )
