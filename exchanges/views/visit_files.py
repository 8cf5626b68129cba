"""All documents of a visit that one may open, as one ZIP; the PDFs among them as one file."""

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.refusals import Refused
from cxc.documents.pages import PDF
from cxc.web.middleware.headers import PRIVATE
from exchanges.enums import ReadingKind
from exchanges.models import Visit
from exchanges.queries.visit_documents import VisitDocument, documents_of
from exchanges.queries.visits import VISITING_PROFILES
from exchanges.services.document_readings import versions_were_read
from exchanges.services.visit_files import combined_pdf, zip_of


@signed_in
@rate_limited("render")
@require_GET
def archive(request: PortalRequest, pk: int) -> HttpResponseBase:
    """A ZIP with a folder for each visitor."""
    visit, documents = _documents(request, pk)
    answer = FileResponse(
        zip_of(documents), as_attachment=True, filename=_name(visit, "zip"), content_type="application/zip"
    )
    answer["Cache-Control"] = PRIVATE
    return answer


@signed_in
@rate_limited("render")
@require_GET
def combined(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The PDFs among them in one file."""
    visit, documents = _documents(request, pk)
    content = combined_pdf(documents)
    if not content:
        raise Refused(_("Download the ZIP instead: none of these documents can be put into one PDF."))
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = content_disposition_header(True, _name(visit, "pdf"))
    answer["Cache-Control"] = PRIVATE
    return answer


def _documents(request: PortalRequest, pk: int) -> tuple[Visit, list[VisitDocument]]:
    visits = Visit.objects.select_related("lead", "host_profile__organisation").prefetch_related(VISITING_PROFILES)
    visit: Visit = visits.get_for(request.actor, "documents", pk=pk)
    documents = documents_of(visit, request.actor)
    if not documents:
        raise Refused(_("Come back later: this visit has no documents yet that you may open."))
    versions = {one.version for one in documents if one.version is not None}
    versions_were_read(versions, ReadingKind.DOWNLOADED, request.actor)
    return visit, documents


def _name(visit: Visit, ending: str) -> str:
    return f"{get_valid_filename(str(visit))}.{ending}"
