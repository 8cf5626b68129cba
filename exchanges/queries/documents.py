"""Which versions of documents, which evidence and which signed files a reader may open."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from cxc.access.scoped import Actor, may_see
from exchanges.documents.kinds import document_of
from exchanges.models import DocumentVersion, Evidence, Exchange, Signature

# From an exchange to the rows that name its parties.
LEADS_TO_SIDES = ("match__visiting_profile", "match__host_profile", "visit")


def version_open_to(actor: Actor, pk: int) -> DocumentVersion:
    """The version with its exchange, files and seal. Http404 and PermissionDenied by the rule of its document."""
    versions = DocumentVersion.objects.select_related("pdf", "seal__file", "seal__certificate")
    version: DocumentVersion = get_object_or_404(versions, pk=pk)
    exchanges, permission = Exchange.objects.with_display_relations(), document_of(version.kind).permission
    version.exchange = exchanges.get_for(actor, permission, pk=version.exchange_id)
    return version


def evidence_seen_by(actor: Actor, exchange: Exchange) -> QuerySet[Evidence]:
    """The pieces of this exchange that the actor may open: all, or as host the letters it handed in."""
    if may_see(actor, exchange, "evidence"):
        return Evidence.objects.filter(exchange=exchange).select_related("file")
    return Evidence.visible_host_letters(actor, exchange).select_related("file")


def signed_file_open_to(actor: Actor, signature: Signature) -> bool:
    """Whether there is a scan or a file signed elsewhere, and the actor may open it.

    One scan may hold several documents, of several visitors: every one of them must be the reader's to see.
    """
    if signature.file_id is None:
        return False
    others = Signature.objects.filter(file_id=signature.file_id)
    rows = others.select_related(*(f"version__exchange__{path}" for path in LEADS_TO_SIDES)).defer("version__content")
    versions = [other.version for other in rows]
    return all(may_see(actor, version.exchange, document_of(version.kind).permission) for version in versions)
